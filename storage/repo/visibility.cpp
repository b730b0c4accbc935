#include "storage/repo/visibility.hpp"

namespace kith::repo {

std::string visible_to(std::string_view post_alias, int viewer_parameter) {
    const std::string p(post_alias);
    const std::string v = "CAST($" + std::to_string(viewer_parameter) + " AS BIGINT)";
    // The numbers are model::Visibility. Order matters for cost: most posts are public.
    return "(" + p + ".deleted_at IS NULL"
           " AND EXISTS (SELECT 1 FROM actor va WHERE va.id = " + p + ".actor_id"
           " AND va.deleted_at IS NULL AND va.suspended_at IS NULL)"
           " AND (" + p + ".removed_at IS NULL OR " + p + ".actor_id = " + v + ")"
           " AND NOT EXISTS (SELECT 1 FROM block vb WHERE vb.actor_id = " + p + ".actor_id AND vb.target_id = " + v + ")"
           " AND (" + p + ".visibility <= 1"
           " OR " + p + ".actor_id = " + v +
           " OR EXISTS (SELECT 1 FROM post_audience vp WHERE vp.post_id = " + p + ".id AND vp.actor_id = " + v + ")"
           " OR (" + p + ".visibility = 2 AND EXISTS (SELECT 1 FROM follow vf WHERE vf.follower_id = " + v +
           " AND vf.followed_id = " + p + ".actor_id AND vf.state = 1))"
           // A time-out leaves reading; whoever is banned for good is no member to read.
           " OR (" + p + ".visibility = 4 AND NOT EXISTS (SELECT 1 FROM group_ban vx WHERE vx.group_id = " + p + ".group_id"
           " AND vx.actor_id = " + v + " AND vx.expires_at IS NULL)"
           " AND (EXISTS (SELECT 1 FROM follow vg WHERE vg.follower_id = " + v +
           " AND vg.followed_id = " + p + ".group_id AND vg.state = 1)"
           // Of a group for this node's people, each of them (model::GroupVisibility).
           " OR EXISTS (SELECT 1 FROM group_profile vh JOIN actor vl ON vl.id = " + v +
           " AND vl.local WHERE vh.group_id = " + p + ".group_id AND vh.visibility = 2)))))";
}

std::string reads_followed(std::string_view follow_alias) {
    const std::string f(follow_alias);
    return "NOT EXISTS (SELECT 1 FROM group_ban xb JOIN group_profile xp ON xp.group_id = xb.group_id WHERE xb.group_id = " + f +
           ".followed_id AND xb.actor_id = " + f + ".follower_id AND xb.expires_at IS NULL AND xp.visibility = 3)";
}

}  // namespace kith::repo
