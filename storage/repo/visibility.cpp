#include "storage/repo/visibility.hpp"

namespace kith::repo {

std::string visible_to(std::string_view post_alias, int viewer_parameter) {
    const std::string p(post_alias);
    const std::string v = "CAST($" + std::to_string(viewer_parameter) + " AS BIGINT)";
    // The numbers are model::Visibility. Order matters for cost: most posts are public.
    return "(" + p + ".deleted_at IS NULL"
           " AND EXISTS (SELECT 1 FROM actor va WHERE va.id = " + p + ".actor_id"
           " AND va.deleted_at IS NULL AND va.suspended_at IS NULL)"
           " AND NOT EXISTS (SELECT 1 FROM block vb WHERE vb.actor_id = " + p + ".actor_id AND vb.target_id = " + v + ")"
           " AND (" + p + ".visibility <= 1"
           " OR " + p + ".actor_id = " + v +
           " OR EXISTS (SELECT 1 FROM post_audience vp WHERE vp.post_id = " + p + ".id AND vp.actor_id = " + v + ")"
           " OR (" + p + ".visibility = 2 AND EXISTS (SELECT 1 FROM follow vf WHERE vf.follower_id = " + v +
           " AND vf.followed_id = " + p + ".actor_id AND vf.state = 1))"
           " OR (" + p + ".visibility = 4 AND EXISTS (SELECT 1 FROM follow vg WHERE vg.follower_id = " + v +
           " AND vg.followed_id = " + p + ".group_id AND vg.state = 1))))";
}

}  // namespace kith::repo
