#pragma once
#include "node/api/lemmy/api_context.hpp"
#include "node/community/group_threads.hpp"

// Handlers that more than one version of Lemmy's API has a route for: the same parameters, the same effect,
// and answers that differ only in how records are written (shape.hpp).
namespace kith::lemmy {

// sign_in.cpp, account.cpp
Result<> login(const ApiContext&, http::Exchange&);
Result<> sign_up(const ApiContext&, http::Exchange&);
Result<> logout(const ApiContext&, http::Exchange&);
Result<> validate_token(const ApiContext&, http::Exchange&);
Result<> save_settings(const ApiContext&, http::Exchange&);
Result<> change_password(const ApiContext&, http::Exchange&);
Result<> delete_account(const ApiContext&, http::Exchange&);

// communities.cpp
Result<> show_community(const ApiContext&, http::Exchange&);
Result<> create_community(const ApiContext&, http::Exchange&);
Result<> edit_community(const ApiContext&, http::Exchange&);
Result<> follow_community(const ApiContext&, http::Exchange&);
Result<> block_community(const ApiContext&, http::Exchange&);
Result<> transfer_community(const ApiContext&, http::Exchange&);

// posts.cpp, marks.cpp
Result<> show_post(const ApiContext&, http::Exchange&);
Result<> create_post(const ApiContext&, http::Exchange&);
Result<> edit_post(const ApiContext&, http::Exchange&);
Result<> delete_post(const ApiContext&, http::Exchange&);
Result<> like_post(const ApiContext&, http::Exchange&);
Result<> save_post(const ApiContext&, http::Exchange&);
Result<> mark_posts(const ApiContext&, http::Exchange&, community::Mark, bool on);  // of post_ids

// comments.cpp
Result<> show_comment(const ApiContext&, http::Exchange&);
Result<> create_comment(const ApiContext&, http::Exchange&);
Result<> edit_comment(const ApiContext&, http::Exchange&);
Result<> delete_comment(const ApiContext&, http::Exchange&);
Result<> like_comment(const ApiContext&, http::Exchange&);
Result<> save_comment(const ApiContext&, http::Exchange&);

// people.cpp, messages.cpp, instances.cpp
Result<> block_person(const ApiContext&, http::Exchange&);
Result<> create_message(const ApiContext&, http::Exchange&);
Result<> edit_message(const ApiContext&, http::Exchange&);
Result<> delete_message(const ApiContext&, http::Exchange&);
Result<> block_instance(const ApiContext&, http::Exchange&);

// moderation.cpp, reports.cpp
Result<> remove_post(const ApiContext&, http::Exchange&);
Result<> lock_post(const ApiContext&, http::Exchange&);
Result<> feature_post(const ApiContext&, http::Exchange&);
Result<> remove_comment(const ApiContext&, http::Exchange&);
Result<> ban_from_community(const ApiContext&, http::Exchange&);
Result<> change_moderators(const ApiContext&, http::Exchange&);
Result<> report_post(const ApiContext&, http::Exchange&);
Result<> report_comment(const ApiContext&, http::Exchange&);
Result<> resolve_report(const ApiContext&, http::Exchange&);

}  // namespace kith::lemmy
