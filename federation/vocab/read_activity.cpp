#include "config/limits/vocab.hpp"
#include "federation/vocab/names.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/reader.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

Result<> read_objects(json::View property, Activity& activity) {
    if (property.size() > limits::vocab_objects_max)
        return fail(Code::invalid, "the activity has too many objects");
    for (json::View each : property)
        if (each.is_object() || each.is_string()) activity.objects.push_back(each);
    if (activity.objects.empty()) return {};

    activity.object = activity.objects.front();
    if (activity.object.is_string()) {
        activity.object_id = id_of(activity.object);
        return {};
    }
    // An id that is no URL must not pass for a missing one: whose object it is hangs on it.
    activity.object_id = TRY(own_id(activity.object));
    activity.object_type = type_name_of(activity.object);
    return {};
}

// Emoji reactions (FEP-c0e0): `content`, or Misskey's older name for it.
std::string reaction_of(json::View activity) {
    return text_of(activity.first_of({"content", "_misskey_reaction"}),
                   limits::vocab_name_bytes_max);
}

}  // namespace

Result<Activity> read_embedded_activity(json::View from) {
    if (!from.is_object()) return fail(Code::invalid, "the activity is not an object");

    Activity activity;
    activity.id = TRY(own_id(from));
    if (from["type"].size() == 0) return fail(Code::invalid, "the activity has no type");
    activity.type = find_type(from, activity_names).value_or(ActivityType::other);
    activity.type_name = activity.type == ActivityType::other
                             ? type_name_of(from)
                             : std::string(name_of(activity.type, activity_names));
    activity.actor = id_of(from["actor"]);
    if (activity.actor.empty() || is_public(activity.actor))
        return fail(Code::invalid, "the activity does not name one actor", from["actor"].text());

    TRY(read_objects(from["object"], activity));
    TRY(read_recipients(from, activity.to, activity.cc));
    activity.target = first_id(from["target"]);
    activity.target_owner = first_id(from["target"].at(0)["attributedTo"]);
    activity.result = id_of(from["result"]);
    activity.instrument = from["instrument"].at(0);
    activity.audience = first_id(from["audience"]);
    activity.content = reaction_of(from);
    if (!activity.content.empty()) activity.emojis = read_tags_of(from["tag"], TagType::emoji);
    activity.summary = text_of(from["summary"], limits::vocab_text_bytes_max);
    activity.published = time_of(from["published"]);
    activity.updated = time_of(from["updated"]);
    activity.remove_data = from["removeData"].maybe_boolean().value_or(false);
    activity.restore_data = from["restoreData"].maybe_boolean().value_or(false);
    activity.end_time = time_of(from.first_of({"endTime", "expires"}));  // expires: Lemmy's Block
    return activity;
}

Result<Activity> read_activity(json::View from) {
    auto activity = TRY(read_embedded_activity(from));
    if (activity.id.empty()) return fail(Code::invalid, "the activity has no id");
    return activity;
}

}  // namespace kith::vocab
