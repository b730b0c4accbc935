#include "federation/vocab/contexts.hpp"
#include "federation/vocab/write_parts.hpp"

namespace kith::vocab {
namespace {

std::string_view context_of(const ActivityToWrite& activity) {
    if (activity.terms == Terms::emoji_reaction) return emoji_reaction_context;
    if (activity.terms == Terms::moderation) return moderation_context;
    if (activity.terms == Terms::gathering) return gathering_activity_context;
    if (activity.terms == Terms::threads) return thread_context;
    if (activity.terms == Terms::appeal) return appeal_context;
    // An embedded post comes without its context: this one serves it too.
    return activity.object_json.empty() && activity.instrument_json.empty() ? activity_context
                                                                            : post_activity_context;
}

}  // namespace

std::string write_activity(const ActivityToWrite& activity, Context context) {
    json::Writer w;
    w.object();
    write_context(w, context, context_of(activity));
    w.member_unless_empty("id", activity.id);
    w.member("type", activity.type).member("actor", activity.actor);
    if (!activity.to.empty()) write_ids(w, "to", activity.to);
    if (!activity.cc.empty()) write_ids(w, "cc", activity.cc);
    w.member_unless_empty("audience", activity.audience);
    write_time(w, "published", activity.published);
    w.member_unless_empty("summary", activity.summary);
    w.member_unless_empty("content", activity.content);
    write_time(w, "endTime", activity.end_time);
    if (activity.remove_data) w.member("removeData", true);
    if (activity.restore_data) w.member("restoreData", true);
    w.member_unless_empty("target", activity.target);
    w.member_unless_empty("origin", activity.origin);
    w.member_unless_empty("result", activity.result);
    if (!activity.instrument_json.empty()) w.key("instrument").raw(activity.instrument_json);
    if (!activity.object_json.empty())
        w.key("object").raw(activity.object_json);
    else
        w.member_unless_empty("object", activity.object_id);
    w.end();
    return w.take();
}

std::string write_tombstone(std::string_view id, std::string_view former_type, TimeMs deleted_at,
                            Context context) {
    json::Writer w;
    w.object();
    write_context(w, context, plain_context);
    w.member("id", id).member("type", "Tombstone");
    w.member_unless_empty("formerType", former_type);
    write_time(w, "deleted", deleted_at);
    w.end();
    return w.take();
}

}  // namespace kith::vocab
