#include "node/http/params.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/json/view.hpp"
#include "base/text/accept.hpp"
#include "config/limits/http.hpp"
#include "node/http/fields.hpp"
#include "node/http/form.hpp"

namespace kith::http {

namespace {

// "key[first]rest" of which `key` is known; nothing where it is another key or has no brackets.
struct Bracketed {
    std::string_view first, rest;
};

std::optional<Bracketed> below(std::string_view key, std::string_view parent) {
    if (key.size() < parent.size() + 2 || !key.starts_with(parent)) return std::nullopt;
    key.remove_prefix(parent.size());
    const auto close = key.find(']');
    if (key.front() != '[' || close == key.npos) return std::nullopt;
    return Bracketed{key.substr(1, close - 1), key.substr(close + 1)};
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

// "[name][x]" as a key of its own: "name[x]".
std::string unwrap(std::string_view rest) {
    const auto close = rest.find(']');
    if (!rest.starts_with('[') || close == rest.npos) return {};
    return std::string(rest.substr(1, close - 1)) + std::string(rest.substr(close + 1));
}

// Arrays of plain values become key[], arrays of anything else key[0], key[1] …
Result<> flatten(Params& into, const std::string& key, json::View value) {
    switch (value.kind()) {
        case json::Kind::absent: return {};
        case json::Kind::null: into.add_null(key); return {};
        case json::Kind::string: return into.add(key, std::string(value.string_or("")));
        case json::Kind::boolean:
        case json::Kind::number: return into.add(key, value.text());
        case json::Kind::object:
            if (value.member_count() == 0 && !key.empty()) return into.add(key, "");  // given, and empty
            for (std::size_t i = 0; i < value.member_count(); ++i) {
                const std::string name(value.member_name(i));
                TRY(flatten(into, key.empty() ? name : key + "[" + name + "]", value.member(i)));
            }
            return {};
        case json::Kind::array: break;
    }
    if (value.size() == 0) return into.add(key, "");  // given, and empty
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto element = value.at(i);
        const bool plain = !element.is_object() && !element.is_array();
        TRY(flatten(into, key + (plain ? "[]" : "[" + std::to_string(i) + "]"), element));
    }
    return {};
}

}  // namespace

Result<Params> Params::read(std::string_view query, std::string_view content_type,
                            std::string_view body) {
    Params out;
    TRY(out.add_urlencoded(query));
    const auto type = MediaType::parse(content_type);
    if (!type) return out;
    if (type->essence == "application/x-www-form-urlencoded") TRY(out.add_urlencoded(body));
    else if (type->essence == "multipart/form-data") TRY(out.add_multipart(*type, body));
    else if (type->essence == "application/json" || type->essence.ends_with("+json"))
        TRY(out.add_json(body));
    return out;
}

Result<> Params::add(std::string key, std::string value) {
    if (values_.size() >= limits::http_params_max)
        return fail(Code::invalid, "The request has too many parameters");
    if (key.size() > limits::http_param_key_bytes_max || !is_clean_text(key))
        return fail(Code::invalid, "The name of a parameter is invalid");
    if (!is_clean_text(value))
        return fail(Code::invalid, "A parameter is not valid UTF-8 text", key);
    values_.push_back({std::move(key), std::move(value)});
    return {};
}

Result<> Params::add_urlencoded(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto key = decode_form_text(pair.substr(0, equals));
        auto value = decode_form_text(pair.substr(std::min(equals + 1, pair.size())));
        if (!key || !value)
            return fail(Code::invalid, "A parameter has a broken percent-encoding");
        TRY(add(std::move(*key), std::move(*value)));
    }
    return {};
}

Result<> Params::add_multipart(const MediaType& type, std::string_view body) {
    const auto boundary = type.param("boundary");
    if (!boundary || boundary->empty() ||
        boundary->size() > limits::http_form_boundary_bytes_max)
        return fail(Code::invalid, "The form in the request body has no boundary");
    for (auto& part : TRY(parse_multipart(body, *boundary))) {
        if (!part.filename) {
            TRY(add(std::move(part.name), std::string(part.bytes)));
        } else if (!part.filename->empty() || !part.bytes.empty()) {   // else no file was chosen
            if (!is_clean_text(part.name) || !is_clean_text(*part.filename))
                return fail(Code::invalid, "The name of a file is invalid");
            files_.push_back({std::move(part.name), std::move(*part.filename),
                              std::move(part.content_type), part.bytes});
        }
    }
    return {};
}

Result<> Params::add_json(std::string_view body) {
    if (body.empty()) return {};   // some clients name the type of a body that they do not send
    auto document = json::Document::parse(body);
    if (!document)
        return fail(Code::invalid, "The request body is not valid JSON", document.error().detail);
    if (!document->root().is_object())
        return fail(Code::invalid, "The request body must be a JSON object");
    return flatten(*this, "", document->root());
}

void Params::add_null(std::string key) {
    if (nulls_.size() < limits::http_params_max) nulls_.push_back(std::move(key));
}

bool Params::is_null(std::string_view key) const {
    return !has(key) && std::find(nulls_.begin(), nulls_.end(), key) != nulls_.end();
}

std::optional<std::string_view> Params::get(std::string_view key) const {
    const auto found = std::find_if(values_.rbegin(), values_.rend(),
                                    [&](const Value& v) { return v.key == key; });
    if (found == values_.rend()) return std::nullopt;
    return found->text;
}

std::string_view Params::get_or(std::string_view key, std::string_view otherwise) const {
    return get(key).value_or(otherwise);
}

std::optional<std::string> Params::text(std::string_view key) const {
    const auto value = get(key);
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

std::optional<bool> Params::flag(std::string_view key) const {
    static constexpr std::array<std::string_view, 8> no{"0",     "f",     "F",   "false",
                                                        "False", "FALSE", "off", "OFF"};
    const auto text = get(key);
    if (!text || text->empty()) return std::nullopt;
    return std::find(no.begin(), no.end(), *text) == no.end();
}

bool Params::flag_or(std::string_view key, bool otherwise) const {
    return flag(key).value_or(otherwise);
}

std::optional<std::int64_t> Params::integer(std::string_view key) const {
    const auto text = get(key);
    return text ? parse_integer(*text) : std::nullopt;
}

std::optional<Id> Params::id(std::string_view key) const {
    const auto text = get(key);
    return text ? parse_id(*text) : std::nullopt;
}

std::vector<std::string_view> Params::list(std::string_view key) const {
    std::vector<std::pair<std::int64_t, std::string_view>> found;
    for (const auto& value : values_) {
        if (value.key == key && !value.text.empty()) found.emplace_back(0, value.text);  // "id=" is a list of nothing
        const auto inner = below(value.key, key);
        if (!inner || !inner->rest.empty()) continue;
        const auto index = inner->first.empty() ? 0 : parse_integer(inner->first);
        if (index) found.emplace_back(*index, value.text);
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string_view> out;
    for (const auto& [index, text] : found) out.push_back(text);
    return out;
}

Params Params::nested(std::string_view key) const {
    Params out;
    for (const auto& value : values_) {
        const auto inner = below(value.key, key);
        if (!inner || inner->first.empty()) continue;
        out.values_.push_back({std::string(inner->first) + std::string(inner->rest), value.text});
    }
    return out;
}

std::vector<Params> Params::children(std::string_view key) const {
    struct Child {
        std::string label;
        Params params;
    };
    std::vector<Child> found;
    for (const auto& value : values_) {
        const auto inner = below(value.key, key);
        if (!inner || inner->rest.empty()) continue;
        const auto name = unwrap(inner->rest);
        if (name.empty()) continue;
        auto child = std::find_if(found.begin(), found.end(),
                                  [&](const Child& c) { return c.label == inner->first; });
        // Without an index a name that repeats begins the next element; key[][x] has one array only.
        if (inner->first.empty() && !found.empty() && !name.ends_with("[]"))
            child = found.back().params.has(name) ? found.end() : found.end() - 1;
        if (child == found.end())
            child = found.insert(found.end(), {std::string(inner->first), {}});
        child->params.values_.push_back({name, value.text});
    }
    const auto index = [](const Child& c) { return parse_integer(c.label).value_or(0); };
    std::stable_sort(found.begin(), found.end(),
                     [&](const Child& a, const Child& b) { return index(a) < index(b); });
    std::vector<Params> out;
    for (auto& child : found) out.push_back(std::move(child.params));
    return out;
}

const File* Params::file(std::string_view key) const {
    const auto found = std::find_if(files_.rbegin(), files_.rend(),
                                    [&](const File& f) { return f.name == key; });
    return found == files_.rend() ? nullptr : &*found;
}

}  // namespace kith::http
