#include "node/http/exchange.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "node/http/byte_range.hpp"
#include "node/http/fields.hpp"

namespace kith::http {

std::string_view Response::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (text::iequals(key, name)) return value;
    return {};
}

std::string_view Exchange::cookie(std::string_view name) const {
    auto rest = header("cookie");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(';'), rest.size());
        const auto pair = text::trim(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto equals = pair.find('=');
        if (equals != pair.npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
    }
    return {};
}

IpAddress Exchange::client_address() const {
    return http::client_address(peer_.address, head_.joined_header("x-forwarded-for"),
                                trusted_proxies_);
}

std::string_view Exchange::param(std::string_view name) const {
    for (const auto& [key, value] : path_values_)
        if (key == name) return value;
    return {};
}

Result<Id> Exchange::id_param(std::string_view name) const {
    if (const auto id = parse_id(param(name))) return *id;
    return fail(Code::not_found, "Record not found");
}

Result<std::string_view> Exchange::raw_body() {
    if (!raw_body_) raw_body_ = TRY(reader_.raw());
    return std::string_view(*raw_body_);
}

Result<std::string_view> Exchange::body() {
    if (!head_.encoded) return raw_body();
    if (!body_) body_ = TRY(reader_.decoded());
    return std::string_view(*body_);
}

Result<const Params*> Exchange::params() {
    if (!params_) {
        const auto bytes = TRY(body());
        params_ = TRY(Params::read(query(), header("content-type"), bytes));
    }
    return &*params_;
}

Result<> Exchange::answer(int status, std::string body, std::string_view content_type) {
    response_.status = status;
    response_.body = std::move(body);
    response_.content_type = content_type;
    response_.producer = nullptr;
    response_.file = {};
    return {};
}

Result<> Exchange::empty(int status) { return answer(status, {}, {}); }

Result<> Exchange::redirect(std::string_view location, int status) {
    if (!set_header("Location", location))
        return fail(Code::invalid, "The address to go to is invalid", std::string(location));
    return empty(status);
}

Result<> Exchange::stream(int status, std::string_view content_type, Producer producer) {
    TRY(answer(status, {}, content_type));
    response_.producer = std::move(producer);
    return {};
}

Result<> Exchange::file(FilePart whole, std::string_view content_type, std::string_view etag) {
    set_header("Accept-Ranges", "bytes");
    set_header("ETag", etag);
    const auto size = whole.size;
    // A part of another version than the client has would not fit to what it has (RFC 9110 13.1.5).
    const auto if_range = header("if-range");
    const auto part = if_range.empty() || if_range == etag ? byte_range(header("range"), size) : ByteRange{};
    if (part.kind == ByteRange::Kind::unsatisfiable) {
        set_header("Content-Range", "bytes */" + std::to_string(size));
        return empty(416);
    }
    TRY(answer(200, {}, content_type));
    response_.file = std::move(whole);
    if (part.kind == ByteRange::Kind::whole) return {};
    response_.status = 206;
    response_.file.offset += part.first;
    response_.file.size = part.last - part.first + 1;
    set_header("Content-Range", "bytes " + std::to_string(part.first) + "-" + std::to_string(part.last) + "/" +
                                    std::to_string(size));
    return {};
}

bool Exchange::set_header(std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_field_value(value)) return false;
    std::erase_if(response_.headers,
                  [&](const auto& h) { return text::iequals(h.first, name); });
    return add_header(name, value);
}

bool Exchange::add_header(std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_field_value(value)) return false;
    response_.headers.emplace_back(name, value);
    return true;
}

void Exchange::vary_by(std::string_view name) {
    const std::string before(response_.header("vary"));
    if (list_contains(before, name)) return;
    set_header("Vary", before.empty() ? std::string(name) : before + ", " + std::string(name));
}

}  // namespace kith::http
