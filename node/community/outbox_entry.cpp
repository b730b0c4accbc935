#include "node/community/outbox_entry.hpp"

#include "base/json/writer.hpp"
#include "federation/vocab/reader.hpp"
#include "storage/repo/groups.hpp"
#include "storage/repo/inbox.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

namespace kith::community {

using sql::Tx;

namespace {

// A boost, or a group's entry.
Result<bool> announce_is_known(Tx& tx, const model::Actor& actor, const OutboxEntry& entry) {
    if (TRY(repo::find_boost_by_ap_id(tx, entry.id)) ||
        TRY(repo::find_group_entry_by_ap_id(tx, entry.id)))
        return true;
    if (TRY(repo::find_tombstone(tx, entry.object))) return true;
    const auto post = TRY(repo::find_post_by_ap_id(tx, entry.object));
    if (!post) return false;
    if (post->deleted_at) return true;
    // A group shows comments too; they have no entry of their own.
    if (actor.is_group())
        return post->is_reply() || TRY(repo::find_group_entry_of(tx, actor.id, post->id)).has_value();
    return TRY(repo::find_boost(tx, actor.id, post->id)).has_value();
}

}  // namespace

Result<bool> post_is_known(Tx& tx, const std::string& ap_id) {
    if (TRY(repo::find_post_by_ap_id(tx, ap_id))) return true;
    return TRY(repo::find_tombstone(tx, ap_id)).has_value();
}

OutboxEntry outbox_entry(json::View item) {
    OutboxEntry entry;
    entry.id = vocab::id_of(item);
    if (!item.is_object()) return entry;
    TimeMs published = 0;
    if (parse_iso8601(item["published"].string_or({}), published)) entry.published = published;
    if (vocab::is_post_type(item)) {
        entry.object = entry.id;
        entry.is_create = true;
        return entry;
    }
    const auto object = item["object"].at(0);
    entry.is_create = vocab::has_type(item, "Create");
    entry.is_announce = vocab::has_type(item, "Announce");
    // A group announces activities: what counts is the post inside.
    const bool wraps = entry.is_announce && object.is_object() && vocab::is_activity_type(object);
    entry.object = vocab::id_of(wraps ? object["object"].at(0) : object);
    return entry;
}

Result<bool> is_known(Tx& tx, const model::Actor& actor, const OutboxEntry& entry) {
    if (entry.id.empty() && entry.object.empty()) return true;
    if (entry.is_announce && !entry.object.empty()) return announce_is_known(tx, actor, entry);
    if (entry.is_create && !entry.object.empty()) return post_is_known(tx, entry.object);
    if (!entry.object.empty()) return true;  // neither of the two
    // By its id only: of a post, a boost, or of an activity that was sent to us.
    if (TRY(post_is_known(tx, entry.id)) || TRY(repo::find_boost_by_ap_id(tx, entry.id)) ||
        TRY(repo::find_group_entry_by_ap_id(tx, entry.id)))
        return true;
    return repo::is_journaled(tx, actor.ap_id, entry.id);
}

std::string create_around(const model::Actor& actor, json::View post) {
    json::Writer w;
    w.object().member("id", vocab::id_of(post) + "#create").member("type", "Create");
    w.member("actor", actor.ap_id).member("to", post["to"]).member("cc", post["cc"]);
    w.member("object", post).end();
    return w.take();
}

std::string with_object(json::View create, json::View object) {
    json::Writer w;
    w.object();
    for (std::size_t i = 0; i < create.member_count(); ++i) {
        const auto name = create.member_name(i);
        if (name != "object" && name != "proof" && name != "signature")
            w.member(name, create.member(i));
    }
    w.member("object", object).end();
    return w.take();
}

}  // namespace kith::community
