#include "base/text/strings.hpp"
#include "federation/signature/message.hpp"

namespace kith::signature {
namespace {

Failure unknown(std::string_view name) {
    return fail(Code::unauthorized,
                "the signature covers what is not understood here: " + std::string(name));
}

// `path` and `?query`, the latter empty where there is none.
struct Target {
    std::string_view path, query;
};

Target split_target(std::string_view target) {
    const auto mark = target.find('?');
    return mark == target.npos ? Target{target, {}}
                               : Target{target.substr(0, mark), target.substr(mark)};
}

std::optional<std::string> form_decode(std::string_view text) {
    std::string spaced(text);
    for (auto& c : spaced)
        if (c == '+') c = ' ';
    return text::percent_decode(spaced);
}

// Section 2.2.8: the value of the one query parameter of that name, decoded and encoded again.
Result<std::string> query_parameter(std::string_view query, std::string_view wanted) {
    std::optional<std::string> found;
    if (query.starts_with('?')) query.remove_prefix(1);
    for (const auto pair : text::split(query, '&')) {
        const auto equals = std::min(pair.find('='), pair.size());
        const auto name = form_decode(pair.substr(0, equals));
        if (!name || text::percent_encode(*name) != wanted) continue;
        const auto value = form_decode(pair.substr(std::min(equals + 1, pair.size())));
        if (!value || found) return unknown("@query-param of a name that occurs twice");
        found = text::percent_encode(*value);
    }
    if (!found) return fail(Code::unauthorized, "a signed query parameter is missing");
    return *found;
}

// Section 2.2.
Result<std::string> derived(const RequestView& request, const Origin& origin,
                            const fields::Item& component) {
    const auto& name = component.value.text;
    const auto [path, query] = split_target(request.target);
    if (name == "@query-param") {
        const auto* wanted = fields::find(component.parameters, "name");
        if (!wanted || component.parameters.size() != 1) return unknown(name);
        return query_parameter(query, wanted->text);
    }
    if (!component.parameters.empty()) return unknown(fields::serialize(component));
    if (name == "@method") return std::string(request.method);
    if (name == "@target-uri")
        return std::string(origin.scheme) + "://" + std::string(origin.authority) +
               std::string(request.target);
    if (name == "@authority") return std::string(origin.authority);
    if (name == "@scheme") return std::string(origin.scheme);
    if (name == "@request-target") return std::string(request.target);
    if (name == "@path") return path.empty() ? "/" : std::string(path);
    if (name == "@query") return query.empty() ? "?" : std::string(query);
    return unknown(name);
}

Result<std::string> value_of(const RequestView& request, const Origin& origin,
                             const fields::Item& component) {
    const auto& name = component.value.text;
    if (name.starts_with('@')) return derived(request, origin, component);
    // sf, key, bs, tr, req: nobody in the Fediverse sends them.
    if (!component.parameters.empty()) return unknown(fields::serialize(component));
    auto value = header_value(request, name);
    if (!value) return fail(Code::unauthorized, "the signed header " + name + " is missing");
    return std::move(*value);
}

}  // namespace

Result<std::string> signature_base(const RequestView& request, const Origin& origin,
                                   const MessageSignature& signature) {
    std::string base;
    for (const auto& component : signature.components) {
        base += fields::serialize(component) + ": ";
        base += TRY(value_of(request, origin, component));
        base += '\n';
    }
    base += "\"@signature-params\": " +
            fields::serialize_list(signature.components, signature.parameters);
    return base;
}

}  // namespace kith::signature
