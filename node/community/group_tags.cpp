#include "node/community/group_tags.hpp"

#include "base/json/writer.hpp"
#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/groups.hpp"
#include "node/community/actor_steps.hpp"
#include "node/community/events.hpp"
#include "node/community/group_moderation.hpp"
#include "node/community/group_settings.hpp"
#include "storage/repo/actors.hpp"
#include "storage/repo/group_tags.hpp"
#include "storage/repo/posts.hpp"

#include <algorithm>

namespace kith::community {

using model::GroupTag;
using sql::Tx;

namespace {

Failure not_found() { return fail(Code::not_found, "Record not found"); }
Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

Result<> fill(GroupTag& tag, const GroupTagChange& change) {
    if (change.display_name) tag.display_name = std::string(text::trim(*change.display_name));
    if (change.summary) tag.summary = *change.summary;
    if (change.color) tag.color = *change.color;
    if (utf8::length(tag.display_name) > limits::group_tag_name_characters_max) return invalid("the tag's name is too long");
    if (utf8::length(tag.summary) > limits::group_tag_text_characters_max) return invalid("the tag's summary is too long");
    if (tag.color < 1 || tag.color > 10) return invalid("the color is one of color01 to color10");
    return {};
}

std::string shown(const GroupTag& tag) { return tag.display_name.empty() ? tag.name : tag.display_name; }

Result<> store(Tx& tx, const Context& context, Id moderator, const GroupTag& tag, std::string_view what) {
    TRY(repo::put_group_tag(tx, tag));
    auto group = TRY(repo::find_actor(tx, tag.group_id));
    if (!group) return not_found();
    group->updated_at = context.clock.now_ms();
    TRY(repo::update_actor(tx, *group));
    TRY(log_group_change(tx, context, tag.group_id, moderator, "tag " + std::string(what) + ": " + shown(tag)));
    return emit(tx, context, {.kind = model::EventKind::actor_updated, .actor_id = tag.group_id});
}

Result<GroupTag> kept_by(Tx& tx, Id moderator, Id id) {
    auto tag = TRY(repo::find_group_tag(tx, id));
    if (!tag) return not_found();
    TRY(group_kept_by(tx, moderator, tag->group_id));
    return std::move(*tag);
}

}  // namespace

Result<GroupTag> add_group_tag(Context& context, Id moderator, Id group_id, const std::string& name, const GroupTagChange& change) {
    TRY(check_new_name(name));
    return context.db.write([&](Tx& tx) -> Result<GroupTag> {
        const auto group = TRY(group_kept_by(tx, moderator, group_id));
        const auto ap_id = group.ap_id + "/tag/" + text::fold(name);
        const auto known = TRY(repo::find_group_tag_by_ap_id(tx, ap_id));
        if (known && !known->deleted_at) return fail(Code::conflict, "The group has a tag of this name");
        if (TRY(repo::group_tags(tx, group_id)).size() >= limits::group_tags_max)
            return invalid("tags are at most " + std::to_string(limits::group_tags_max));
        // One that comes back is the same: its name is its URL.
        auto tag = known.value_or(GroupTag{.id = context.ids.next(), .group_id = group_id, .ap_id = ap_id, .name = text::fold(name),
                                           .created_at = context.clock.now_ms()});
        tag.deleted_at.reset();
        TRY(fill(tag, change));
        TRY(store(tx, context, moderator, tag, "made"));
        return tag;
    });
}

Result<GroupTag> change_group_tag(Context& context, Id moderator, Id id, const GroupTagChange& change) {
    return context.db.write([&](Tx& tx) -> Result<GroupTag> {
        auto tag = TRY(kept_by(tx, moderator, id));
        if (tag.deleted_at) return not_found();
        TRY(fill(tag, change));
        tag.updated_at = context.clock.now_ms();
        TRY(store(tx, context, moderator, tag, "changed"));
        return tag;
    });
}

Result<GroupTag> delete_group_tag(Context& context, Id moderator, Id id, bool deleted) {
    return context.db.write([&](Tx& tx) -> Result<GroupTag> {
        auto tag = TRY(kept_by(tx, moderator, id));
        if (tag.deleted_at.has_value() == deleted) return tag;
        tag.updated_at = context.clock.now_ms();
        tag.deleted_at = deleted ? tag.updated_at : std::nullopt;
        TRY(store(tx, context, moderator, tag, deleted ? "taken out" : "brought back"));
        return tag;
    });
}

Result<GroupTag> group_tag_by_name(Context& context, Id group, std::string_view name) {
    const auto tags = TRY(context.db.read([group](Tx& tx) { return repo::group_tags(tx, group); }));
    const auto found = std::find_if(tags.begin(), tags.end(), [&](const GroupTag& tag) { return tag.name == text::fold(name); });
    return found == tags.end() ? Result<GroupTag>(not_found()) : Result<GroupTag>(*found);
}

Result<> label_post(Tx& tx, const model::Post& post, std::span<const Id> tags) {
    if (tags.empty()) return repo::set_tags_of_post(tx, post.id, tags);
    if (!post.group_id || post.is_reply()) return invalid("only a group's threads have tags");
    if (tags.size() > limits::post_group_tags_max) return invalid("tags are at most " + std::to_string(limits::post_group_tags_max));
    for (const auto id : tags) {
        const auto tag = TRY(repo::find_group_tag(tx, id));
        if (!tag || tag->deleted_at || tag->group_id != *post.group_id) return invalid("the group has no such tag");
    }
    return repo::set_tags_of_post(tx, post.id, tags);
}

namespace {

Result<std::vector<GroupTag>> labels_of(Tx& tx, Id post) {
    std::vector<GroupTag> out;
    for (auto& row : TRY(repo::group_tags_of(tx, std::span(&post, 1)))) out.push_back(std::move(row.tag));
    return out;
}

std::string words_of(const std::vector<GroupTag>& tags) {
    std::vector<std::string> names;
    for (const auto& tag : tags) names.push_back(shown(tag));
    return "tags of a post: " + (names.empty() ? std::string("none") : text::join(names, ", "));
}

// Those of `from` that are not in `without`, as a list of the event.
void write_others(json::Writer& w, std::string_view name, const std::vector<GroupTag>& from, const std::vector<GroupTag>& without) {
    w.key(name).array();
    for (const auto& tag : from)
        if (std::none_of(without.begin(), without.end(), [&](const GroupTag& other) { return other.id == tag.id; })) w.value(tag.id);
    w.end();
}

}  // namespace

Result<> log_labels(Tx& tx, const Context& context, Id moderator, const model::Post& post) {
    const auto group = post.group_id ? TRY(repo::find_actor(tx, *post.group_id)) : std::nullopt;
    if (!group || !group->local) return {};
    return log_group_change(tx, context, group->id, moderator, words_of(TRY(labels_of(tx, post.id))), post.id);
}

Result<> mark_for_author(Context& context, Id moderator, Id post_id, const ThreadMarks& marks) {
    return context.db.write([&](Tx& tx) -> Result<> {
        auto post = TRY(repo::find_post(tx, post_id));
        if (!post || post->deleted_at || !post->group_id || post->is_reply()) return not_found();
        const auto group = TRY(repo::find_actor(tx, *post->group_id));
        if (!group || !TRY(is_group_moderator(tx, *group, moderator)))
            return fail(Code::forbidden, "Only moderators of the group may do that");
        std::string what;
        const auto before = TRY(labels_of(tx, post_id));
        if (marks.tags) {
            TRY(label_post(tx, *post, *marks.tags));
            what = words_of(TRY(labels_of(tx, post_id)));
        }
        if (marks.sensitive && post->sensitive != *marks.sensitive) {
            post->sensitive = *marks.sensitive;
            what += std::string(what.empty() ? "" : "; ") + (post->sensitive ? "a post is sensitive" : "a post is not sensitive");
        }
        if (what.empty()) return {};
        // Newer than what other hosts have, else they pass it over.
        if (post->local) post->edited_at = context.clock.now_ms();
        TRY(repo::update_post(tx, *post));
        if (group->local) TRY(log_group_change(tx, context, group->id, moderator, what, post_id));
        model::Event event{.kind = model::EventKind::post_updated,
                           .actor_id = post->actor_id,
                           .post_id = post->id,
                           .group_id = post->group_id,
                           .object_ap_id = post->ap_id};
        if (!post->local) {
            if (!marks.tags) return {};
            const auto after = TRY(labels_of(tx, post_id));
            json::Writer w;
            w.object();
            write_others(w, "added", after, before);
            write_others(w, "removed", before, after);
            w.end();
            event.kind = model::EventKind::thread_labelled;
            event.actor_id = moderator;
            event.payload = w.take();
        }
        return emit(tx, context, std::move(event));
    });
}

}  // namespace kith::community
