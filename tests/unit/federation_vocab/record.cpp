#include "tests/unit/federation_vocab/record.hpp"

#include "federation/vocab/names.hpp"
#include "federation/vocab/reader.hpp"

#include <fmt/format.h>

#include <sstream>

namespace kith::vocab::test {
namespace {

// Line breaks inside a value would look like lines.
std::string one_line(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else
            out += c;
    }
    return out;
}

class Lines {
public:
    explicit Lines(std::string indent) : indent_(std::move(indent)) {}

    void add(std::string_view name, std::string_view value) {
        if (!value.empty()) out_ += indent_ + std::string(name) + ": " + one_line(value) + "\n";
    }
    void add(std::string_view name, const std::vector<std::string>& values) {
        for (const auto& value : values) add(name, value);
    }
    void add_time(std::string_view name, std::optional<TimeMs> at) {
        if (at) add(name, format_iso8601(*at));
    }
    void add_flag(std::string_view name, bool holds) {
        if (holds) add(name, "yes");
    }
    void add_choice(std::string_view name, std::optional<bool> choice) {
        if (choice) add(name, *choice ? "yes" : "no");
    }
    template <class Number>
    void add_number(std::string_view name, std::optional<Number> number) {
        if (!number) return;
        std::ostringstream text;
        text << *number;
        add(name, text.str());
    }
    void raw(const std::string& lines) { out_ += lines; }
    const std::string& indent() const { return indent_; }
    std::string take() { return std::move(out_); }

private:
    std::string indent_, out_;
};

void add_tags(Lines& lines, const Post& post) {
    for (const auto& tag : post.tags) {
        const auto kind = "post.tag." + std::string(name_of(tag.type, tag_names));
        lines.add(kind, tag.name);
        lines.add(kind + ".href", tag.href);
        lines.add(kind + ".icon", tag.icon_url);
        lines.add(kind + ".media_type", tag.media_type);
        lines.add(kind + ".rel", tag.rel);
        lines.add(kind + ".color", tag.color);
    }
}

void add_attachments(Lines& lines, const Post& post) {
    for (const auto& each : post.attachments) {
        lines.add("post.attachment", each.type + " " + each.media_type + " " + each.url);
        lines.add("post.attachment.description", each.description);
        lines.add("post.attachment.preview", each.preview_url);
        lines.add("post.attachment.blurhash", each.blurhash);
        lines.add_number("post.attachment.width", each.width);
        lines.add_number("post.attachment.height", each.height);
        lines.add_number("post.attachment.focus_x", each.focus_x);
        lines.add_number("post.attachment.focus_y", each.focus_y);
        lines.add_number("post.attachment.seconds", each.duration_s);
    }
}

void add_poll(Lines& lines, const Poll& poll) {
    lines.add("post.poll", poll.multiple ? "several choices" : "one choice");
    for (const auto& option : poll.options)
        lines.add("post.poll.option", option.title + " = " + std::to_string(option.votes));
    lines.add_time("post.poll.end", poll.end_time);
    lines.add_time("post.poll.closed", poll.closed);
    lines.add_number("post.poll.voters", poll.voters_count);
}

void add_gathering(Lines& lines, const Gathering& gathering) {
    lines.add_time("post.gathering.start", gathering.start);
    lines.add_time("post.gathering.end", gathering.end);
    if (gathering.utc_offset_minutes)
        lines.add("post.gathering.utc_offset", std::to_string(gathering.utc_offset_minutes));
    if (gathering.shows_end && !*gathering.shows_end) lines.add("post.gathering.end", "not shown");
    lines.add("post.gathering.time_zone", gathering.time_zone);
    lines.add("post.gathering.place", gathering.place);
    lines.add("post.gathering.address", gathering.address);
    if (gathering.latitude) lines.add("post.gathering.coordinates", fmt::format("{} {}", *gathering.latitude, *gathering.longitude));
    lines.add("post.gathering.place_url", gathering.place_url);
    if (gathering.status != GatheringStatus::scheduled)
        lines.add("post.gathering.status", std::string(name_of(gathering.status, gathering_status_names)));
    if (gathering.join_mode) lines.add("post.gathering.join_mode", std::string(name_of(*gathering.join_mode, join_mode_names)));
    lines.add("post.gathering.participation_url", gathering.participation_url);
    if (gathering.capacity) lines.add("post.gathering.capacity", std::to_string(*gathering.capacity));
    if (gathering.attendees) lines.add("post.gathering.attendees", std::to_string(*gathering.attendees));
    lines.add("post.gathering.organizer", gathering.organizer);
}

void add_approval(Lines& lines, const std::string& name, const std::optional<Approval>& approval) {
    if (!approval) return;
    lines.add(name + ".automatic", approval->automatic);
    lines.add(name + ".manual", approval->manual);
    if (approval->automatic.empty() && approval->manual.empty()) lines.add(name, "empty");
}

void add_policy(Lines& lines, const InteractionPolicy& policy) {
    add_approval(lines, "post.can_quote", policy.can_quote);
    add_approval(lines, "post.can_like", policy.can_like);
    add_approval(lines, "post.can_reply", policy.can_reply);
    add_approval(lines, "post.can_announce", policy.can_announce);
}

void add_post(Lines& lines, const Post& post) {
    lines.add("post", std::string(name_of(post.type, post_names)) + " " + post.id);
    lines.add("post.by", post.attributed_to);
    lines.add("post.to", post.to);
    lines.add("post.cc", post.cc);
    lines.add("post.audience", post.audience);
    lines.add("post.in_reply_to", post.in_reply_to);
    lines.add("post.context", post.context);
    lines.add("post.conversation", post.conversation);
    lines.add("post.url", post.url);
    lines.add("post.name", post.name);
    lines.add("post.content", post.content);
    lines.add("post.source", post.content_source);
    lines.add("post.source_type", post.content_source_type);
    lines.add("post.summary", post.summary);
    lines.add("post.language", post.language);
    lines.add_flag("post.sensitive", post.sensitive);
    lines.add_time("post.published", post.published);
    lines.add_time("post.updated", post.updated);
    add_tags(lines, post);
    add_attachments(lines, post);
    if (post.poll) add_poll(lines, *post.poll);
    if (post.gathering) add_gathering(lines, *post.gathering);
    lines.add("post.link", post.link_url);
    lines.add("post.replies", post.replies);
    lines.add("post.likes", post.likes);
    lines.add("post.shares", post.shares);
    lines.add("post.quote", post.quote);
    lines.add("post.quote_authorization", post.quote_authorization);
    add_policy(lines, post.policy);
}

void add_image(Lines& lines, const std::string& name, const std::optional<Image>& image) {
    if (!image) return;
    lines.add(name, image->url);
    lines.add(name + ".media_type", image->media_type);
    lines.add(name + ".description", image->description);
}

void add_actor_choices(Lines& lines, const Actor& actor) {
    lines.add_flag("actor.locked", actor.locked);
    lines.add_flag("actor.bot", actor.bot);
    lines.add_flag("actor.posting_restricted_to_mods", actor.posting_restricted_to_mods.value_or(false));
    lines.add_choice("actor.discoverable", actor.discoverable);
    lines.add_choice("actor.indexable", actor.indexable);
    lines.add_flag("actor.suspended", actor.suspended);
    lines.add_flag("actor.verifies_rfc9421", actor.verifies_rfc9421);
}

void add_actor(Lines& lines, const Actor& actor) {
    lines.add("actor", std::string(name_of(actor.type, actor_names)) + " " + actor.id);
    lines.add("actor.handle", actor.preferred_username);
    lines.add("actor.webfinger", actor.webfinger);
    lines.add("actor.name", actor.name);
    lines.add("actor.summary", actor.summary);
    lines.add("actor.source", actor.summary_source);
    lines.add("actor.url", actor.url);
    add_image(lines, "actor.icon", actor.icon);
    add_image(lines, "actor.image", actor.image);
    for (const auto& field : actor.fields) lines.add("actor.field", field.name + " = " + field.value);
    lines.add("actor.inbox", actor.inbox);
    lines.add("actor.shared_inbox", actor.shared_inbox);
    lines.add("actor.outbox", actor.outbox);
    lines.add("actor.followers", actor.followers);
    lines.add("actor.following", actor.following);
    lines.add("actor.featured", actor.featured);
    lines.add("actor.moderators", actor.moderators);
    lines.add("actor.also_known_as", actor.also_known_as);
    lines.add("actor.moved_to", actor.moved_to);
    lines.add("actor.brief", actor.brief);
    lines.add("actor.language", actor.languages);
    lines.add_choice("actor.sensitive", actor.sensitive);
    for (const auto& tag : actor.group_tags) lines.add("actor.group_tag", tag.word + " " + tag.href);
    lines.add("actor.owner", actor.owner);
    lines.add_time("actor.published", actor.published);
    lines.add_time("actor.updated", actor.updated);
    add_actor_choices(lines, actor);
    for (const auto& key : actor.keys) lines.add("actor.key", key.id);
}

void add_head(Lines& lines, const Activity& activity) {
    lines.add("activity", activity.type_name);
    lines.add("id", activity.id);
    lines.add("actor", activity.actor);
    lines.add("to", activity.to);
    lines.add("cc", activity.cc);
    lines.add("audience", activity.audience);
    lines.add("target", activity.target);
    lines.add("result", activity.result);
    lines.add("instrument", id_of(activity.instrument));
    lines.add("content", activity.content);
    lines.add("summary", activity.summary);
    lines.add_time("published", activity.published);
    lines.add_time("updated", activity.updated);
    lines.add_time("end", activity.end_time);
}

Result<std::string> record(json::View from, const std::string& indent);

Result<> add_object(Lines& lines, json::View object) {
    if (object.is_string()) {
        lines.add("object", id_of(object));
    } else if (is_activity_type(object)) {
        lines.raw(TRY(record(object, lines.indent() + "  ")));
    } else if (is_actor_type(object)) {
        add_actor(lines, TRY(read_actor(object)));
    } else if (is_post_type(object) && !object["attributedTo"].is_nothing()) {
        add_post(lines, TRY(read_post(object)));
    } else {  // a Tombstone, a collection: known by type and id
        std::string_view type;
        for (json::View each : object["type"]) type = type.empty() ? each.string_or({}) : type;
        lines.add("object", std::string(type) + " " + id_of(object));
    }
    return {};
}

Result<std::string> record(json::View from, const std::string& indent) {
    const auto activity = TRY(indent.empty() ? read_activity(from) : read_embedded_activity(from));
    Lines lines(indent);
    add_head(lines, activity);
    for (json::View object : activity.objects) TRY(add_object(lines, object));
    return lines.take();
}

}  // namespace

Result<std::string> record_of(json::View activity) { return record(activity, {}); }

}  // namespace kith::vocab::test
