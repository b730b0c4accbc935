#pragma once
#include "base/core/result.hpp"
#include "storage/model/link.hpp"
#include "storage/repo/trends.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

// Pages that posts link to, and the queue of those that are still to be read.
namespace kith::repo {

struct LinkState {
    Id id = 0;
    bool read = false, good = false;  // good: there is something to show
    TimeMs read_at = 0;
};
Result<std::optional<LinkState>> find_link(sql::Tx&, std::string_view url);
// `id` where there was none by this URL; else the one that is there.
Result<Id> add_link(sql::Tx&, Id id, std::string_view url);
Result<> set_post_link(sql::Tx&, Id post, Id link);  // in the place of what it had
Result<> clear_post_link(sql::Tx&, Id post);

Result<> queue_link(sql::Tx&, Id link, TimeMs not_before);  // keeps the earlier time
struct DueLink {
    Id id = 0;
    std::string url;
    int attempts = 0;  // with this one
};
Result<bool> has_due_links(sql::Tx&, TimeMs now);
// Leased until `lease_until`.
Result<std::optional<DueLink>> claim_link(sql::Tx&, TimeMs now, TimeMs lease_until);
Result<> put_link(sql::Tx&, const model::Link&, TimeMs now);  // what was read; done with
Result<> put_empty_link(sql::Tx&, Id link, TimeMs now);       // there is nothing to show; done with
Result<> postpone_link(sql::Tx&, Id link, TimeMs not_before);

struct PostLink {
    Id post_id = 0;
    model::Link link;
};
// Only of pages that were read and say something.
Result<std::vector<PostLink>> links_of(sql::Tx&, std::span<const Id> posts);
Result<std::vector<model::Link>> links_by_ids(sql::Tx&, std::span<const Id>);  // in their order

// As of hashtags (trends.hpp): by how many people linked to them in public posts since then.
Result<std::vector<Id>> links_by_people(sql::Tx&, Id since, int people_min, int limit);
Result<std::vector<TagUse>> uses_of_link(sql::Tx&, Id link, Id since, int limit);

Result<model::ProfileSettings> profile_settings(sql::Tx&, Id actor);
Result<> put_profile_settings(sql::Tx&, Id actor, const model::ProfileSettings&);
Result<> put_attribution_domains(sql::Tx&, Id actor, std::span<const std::string>);

}  // namespace kith::repo
