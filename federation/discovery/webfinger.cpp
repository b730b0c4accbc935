#include "federation/discovery/webfinger.hpp"

#include "base/json/view.hpp"
#include "base/text/accept.hpp"
#include "base/text/host.hpp"
#include "base/text/strings.hpp"
#include "config/limits/discovery.hpp"
#include "federation/client/activity_json.hpp"
#include "federation/vocab/reader.hpp"

#include <algorithm>

namespace kith::discovery {

namespace {

constexpr std::string_view accept = "application/jrd+json, application/json;q=0.9";

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= limits::remote_name_bytes_max &&
           std::none_of(name.begin(), name.end(), [](char c) {
               return (unsigned char)c <= ' ' || c == '\x7f' || std::string_view("/?#%\\\"<>").find(c) != std::string_view::npos;
           });
}

bool is_descriptor_type(std::string_view content_type) {
    const auto type = MediaType::parse(content_type);
    return type && (type->essence == "application/jrd+json" || type->essence == "application/json");
}

Failure bad_answer(std::string detail) {
    return fail(Code::upstream, "the host did not answer with an account", std::move(detail));
}

bool names(const Descriptor& descriptor, const std::string& actor_id) {
    return std::find(descriptor.actor_ids.begin(), descriptor.actor_ids.end(), actor_id) != descriptor.actor_ids.end();
}

}  // namespace

bool Handle::is(const Handle& other) const { return host == other.host && text::iequals(name, other.name); }

Result<Handle> parse_handle(std::string_view typed) {
    auto rest = text::trim(typed);
    if (text::starts_with_i(rest, "acct:")) rest.remove_prefix(5);
    if (rest.starts_with('@')) rest.remove_prefix(1);
    const auto at = rest.find('@');
    if (at == rest.npos || !is_name(rest.substr(0, at))) return fail(Code::invalid, "this is not an account's name", std::string(typed));
    return Handle{std::string(rest.substr(0, at)), TRY(normalize_host(rest.substr(at + 1)))};
}

Result<Descriptor> read_descriptor(std::string_view content_type, std::string_view body) {
    if (!is_descriptor_type(content_type)) return bad_answer("its type is " + std::string(content_type));
    const auto document = TRY(json::Document::parse(body));
    const auto subject = document["subject"].string_or({});
    if (!text::starts_with_i(subject, "acct:")) return bad_answer("its subject is " + std::string(subject));
    Descriptor out{TRY(parse_handle(subject)), {}};
    for (const auto link : document["links"]) {
        if (link["rel"].string_or({}) != "self" || !client::is_activity_content_type(link["type"].string_or({}))) continue;
        auto id = vocab::normalize_id(link["href"].string_or({}));
        if (!id.empty() && out.actor_ids.size() < limits::webfinger_actors_max) out.actor_ids.push_back(std::move(id));
    }
    if (out.actor_ids.empty()) return bad_answer("it has no link to an actor");
    return out;
}

Result<TimeMs> Deadline::left(TimeMs most_ms) const {
    const auto left_ms = at_ms - steady_ms();
    if (left_ms <= 0) return fail(Code::timeout, "the other servers took too long");
    return std::min<TimeMs>(left_ms, most_ms);
}

// Where private addresses are allowed (tests, demos), all nodes speak as this one does.
WebFinger::WebFinger(client::Transport& transport, const Config& config)
    : transport_(transport),
      scheme_(config.federation.allow_private_addresses ? to_string(config.server.scheme) : to_string(Scheme::https)) {}

Result<Descriptor> WebFinger::ask(const Handle& handle, std::string_view at_host, Deadline deadline) const {
    client::Request request;
    request.url = TRY(Url::parse(scheme_ + "://" + std::string(at_host) +
                                 "/.well-known/webfinger?resource=" + text::percent_encode("acct:" + handle.text())));
    request.accept = accept;
    request.timeout_ms = TRY(deadline.left(limits::webfinger_timeout_ms));
    request.response_bytes_max = limits::webfinger_bytes_max;
    auto answer = client::fetch(transport_, std::move(request));
    if (!answer) return tl::unexpected(answer.error().to_error());
    if (answer->status == 404 || answer->status == 410) return fail(Code::not_found, "there is no such account", handle.text());
    if (answer->status >= 500 || answer->status == 429) return fail(Code::unavailable, "the host does not answer now", handle.text());
    if (answer->status != 200 || answer->headers.count("content-type") != 1)
        return bad_answer(handle.text() + ": status " + std::to_string(answer->status));
    return read_descriptor(*answer->headers.get("content-type"), answer->body);
}

// The subject of an answer decides, but only its own host may say what it is.
Result<Descriptor> WebFinger::ask_subject(const Handle& handle, Deadline deadline) const {
    auto first = TRY(ask(handle, handle.host, deadline));
    if (first.subject.is(handle)) return first;
    auto second = TRY(ask(first.subject, first.subject.host, deadline));
    if (!second.subject.is(first.subject) || !names(second, first.actor_ids.front()))
        return bad_answer(handle.text() + " says it is " + first.subject.text() + ", which that host does not confirm");
    return second;
}

// An actor on another host than its handle's (a split domain): that host must name the same handle.
Result<> WebFinger::confirm_hosts(Descriptor& found, Deadline deadline) const {
    std::vector<std::string> held;
    for (const auto& id : found.actor_ids) {
        const auto host = TRY(Url::parse(id)).host_port();
        if (host != found.subject.host) {
            const auto there = TRY(ask({found.subject.name, host}, host, deadline));
            if (!there.subject.is(found.subject) || !names(there, id)) continue;
        }
        held.push_back(id);
    }
    if (held.empty()) return bad_answer(found.subject.text() + " names an actor whose host does not confirm it");
    found.actor_ids = std::move(held);
    return {};
}

Result<Descriptor> WebFinger::resolve(const Handle& handle, Deadline deadline) const {
    auto found = TRY(ask_subject(handle, deadline));
    TRY(confirm_hosts(found, deadline));
    return found;
}

Result<std::string> WebFinger::resolve_handle(std::string_view handle) const {
    auto found = TRY(resolve(TRY(parse_handle(handle)), Deadline::in(limits::resolve_timeout_ms)));
    return found.actor_ids.front();
}

}  // namespace kith::discovery
