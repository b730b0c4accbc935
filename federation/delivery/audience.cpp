#include "federation/delivery/audience.hpp"

#include <algorithm>
#include <set>

#include "base/json/writer.hpp"
#include "storage/repo/delivery.hpp"
#include "storage/repo/domain_rules.hpp"
#include "storage/repo/reach.hpp"

namespace kith::delivery {

using repo::InboxRow;
using sql::Tx;

namespace {

void append(std::vector<InboxRow>& out, std::vector<InboxRow> more) {
    std::move(more.begin(), more.end(), std::back_inserter(out));
}

Result<std::vector<InboxRow>> reached(Tx& tx, const Audience& a) {
    std::vector<InboxRow> out;
    for (auto& reach : TRY(repo::reach_of(tx, *a.reach_of)))
        if (!a.sent_only || reach.state != model::ReachState::known)
            out.push_back({reach.host, reach.inbox});
    return out;
}

Result<std::vector<InboxRow>> everybody(Tx& tx, const Audience& a, std::string_view only_host) {
    auto out = a.inboxes;
    for (auto id : a.followers_of)
        append(out, only_host.empty() ? TRY(repo::follower_inboxes(tx, id))
                                      : TRY(repo::follower_inboxes_at(tx, id, only_host)));
    if (a.reach_of) append(out, TRY(reached(tx, a)));
    if (a.every_peer) append(out, TRY(repo::peer_inboxes(tx, only_host)));
    return out;
}

}  // namespace

std::string write_audience(const Audience& a) {
    json::Writer w;
    w.object();
    if (!a.followers_of.empty()) {
        w.key("followers_of").array();
        for (auto id : a.followers_of) w.value(id);
        w.end();
    }
    if (!a.inboxes.empty()) {
        w.key("inboxes").array();
        for (const auto& row : a.inboxes)
            w.object().member("host", row.host).member("inbox", row.inbox).end();
        w.end();
    }
    if (a.reach_of) w.member("reach_of", *a.reach_of);
    if (a.sent_only) w.member("sent_only", true);
    if (a.every_peer) w.member("every_peer", true);
    w.member_unless_empty("except_host", a.except_host);
    w.member("ordering", a.ordering);
    if (a.post_id) w.member("post", *a.post_id);
    if (a.shows != Shows::nothing) w.member("shows", a.shows == Shows::post ? "post" : "pointer");
    w.end();
    return w.take();
}

Result<Audience> read_audience(std::string_view text) {
    auto document = TRY(json::Document::parse(text));
    Audience a;
    for (auto id : document["followers_of"]) a.followers_of.push_back(TRY(id.integer()));
    for (auto row : document["inboxes"])
        a.inboxes.push_back(
            {std::string(row["host"].string_or("")), std::string(row["inbox"].string_or(""))});
    a.reach_of = document["reach_of"].maybe_integer();
    a.sent_only = document["sent_only"].maybe_boolean().value_or(false);
    a.every_peer = document["every_peer"].maybe_boolean().value_or(false);
    a.except_host = document["except_host"].string_or("");
    a.ordering = document["ordering"].string_or("");
    a.post_id = document["post"].maybe_integer();
    const auto shows = document["shows"].string_or("");
    a.shows = shows == "post" ? Shows::post : shows == "pointer" ? Shows::pointer : Shows::nothing;
    return a;
}

Result<std::vector<InboxRow>> recipients_of(Tx& tx, const Context& context, const Audience& a,
                                            std::string_view only_host) {
    auto out = TRY(everybody(tx, a, only_host));
    std::erase_if(out, [&](const InboxRow& row) {
        return row.host.empty() || row.inbox.empty() || row.host == context.urls.host() ||
               row.host == a.except_host || (!only_host.empty() && row.host != only_host);
    });
    const auto key = [](const InboxRow& row) { return std::tie(row.host, row.inbox); };
    std::sort(out.begin(), out.end(),
              [&](const auto& x, const auto& y) { return key(x) < key(y); });
    out.erase(std::unique(out.begin(), out.end(),
                          [&](const auto& x, const auto& y) { return key(x) == key(y); }),
              out.end());
    if (out.empty()) return out;
    std::set<std::string> hosts;
    for (const auto& row : out) hosts.insert(row.host);
    const std::vector<std::string> asked(hosts.begin(), hosts.end());
    const auto rules = TRY(repo::DomainRules::about(tx, asked));
    std::erase_if(out, [&](const InboxRow& row) { return rules.of(row.host).suspended; });
    return out;
}

Result<bool> is_suspended(Tx& tx, std::string_view host) {
    return TRY(repo::domain_policy(tx, std::string(host))).suspended;
}

}  // namespace kith::delivery
