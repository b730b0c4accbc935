#include "storage/repo/farewells.hpp"

namespace kith::repo {

using sql::Tx;

Result<> forget_account(Tx& tx, Id user) {
    // No address and no hash looks like these.
    TRY(tx.execute("UPDATE account SET email = '', email_folded = 'gone ' || id, password_hash = '', last_seen_at = NULL WHERE id = $1", {user}));
    for (const char* text :
         {"DELETE FROM second_factor WHERE user_id = $1",
          "DELETE FROM recovery_code WHERE user_id = $1",
          "DELETE FROM idempotency WHERE user_id = $1",
          "UPDATE sign_up SET reason = '', ip = '' WHERE user_id = $1"})
        TRY(tx.execute(text, {user}));
    return {};
}

Result<> forget_own(Tx& tx, Id actor) {
    // What belongs to a row of these goes with it.
    for (const char* text :
         {"DELETE FROM bookmark WHERE actor_id = $1",
          "DELETE FROM thread_mute WHERE actor_id = $1",
          "DELETE FROM account_note WHERE actor_id = $1",
          "DELETE FROM endorsement WHERE actor_id = $1",
          "DELETE FROM own_domain_block WHERE actor_id = $1",
          "DELETE FROM own_group_host_block WHERE actor_id = $1",
          "DELETE FROM marker WHERE actor_id = $1",
          "DELETE FROM tag_follow WHERE actor_id = $1",
          "DELETE FROM list WHERE owner_id = $1",
          "DELETE FROM conversation WHERE owner_id = $1",
          "DELETE FROM scheduled_post WHERE actor_id = $1",
          "DELETE FROM mute WHERE actor_id = $1",
          "DELETE FROM post_filter WHERE owner_id = $1",
          "DELETE FROM post_mark WHERE actor_id = $1",
          "DELETE FROM group_notice WHERE actor_id = $1",
          "DELETE FROM thread_notice WHERE actor_id = $1",
          "DELETE FROM member_preference WHERE actor_id = $1",
          "DELETE FROM mail_wish WHERE actor_id = $1",
          "DELETE FROM mail_stop WHERE actor_id = $1",
          "DELETE FROM annual_report WHERE actor_id = $1",
          "DELETE FROM announcement_read WHERE actor_id = $1",
          "DELETE FROM suggestion_dismissal WHERE actor_id = $1",
          "DELETE FROM help_offer WHERE actor_id = $1",
          "DELETE FROM featured_tag WHERE actor_id = $1",
          "DELETE FROM push_subscription WHERE owner_id = $1",
          "DELETE FROM notification_policy WHERE owner_id = $1",
          "DELETE FROM notification_permission WHERE owner_id = $1",
          "DELETE FROM notification_request WHERE owner_id = $1",
          "DELETE FROM notification WHERE owner_id = $1",
          "DELETE FROM home_entry WHERE owner_id = $1"})
        TRY(tx.execute(text, {actor}));
    return {};
}

Result<std::vector<Id>> posts_left_of(Tx& tx, Id actor, int limit) {
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query("SELECT id FROM post WHERE actor_id = $1 AND deleted_at IS NULL ORDER BY id LIMIT $2", {actor, limit})))
        out.push_back(row.integer(0));
    return out;
}

}  // namespace kith::repo
