#include "node/api/lemmy_v3/routes.hpp"

#include "base/json/writer.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/handlers.hpp"
#include "node/api/lemmy_v3/shape.hpp"
#include "node/http/middleware.hpp"

#include <algorithm>

namespace kith::lemmy::v3 {

using http::Exchange;

namespace {

constexpr std::string_view root = "/api/v3";

// 0.19 tells apart who is not signed in, what is not there, and all else.
int status_of(Code code) {
    const int status = http::status_of(code);
    return status == 401 || status == 404 || status == 429 ? status : 400;
}

// 0.19 says what it did not find.
std::string_view not_found_at(std::string_view path) {
    path.remove_prefix(std::min(root.size(), path.size()));
    if (path == "/post") return "couldnt_find_post";
    if (path == "/comment") return "couldnt_find_comment";
    if (path == "/user") return "couldnt_find_person";
    if (path == "/resolve_object") return "couldnt_find_object";
    return path == "/community" || path == "/post/list" || path == "/comment/list" ? "couldnt_find_community" : "not_found";
}

// Apps show a word that they do not know as it is, so a sentence is better than "unknown".
void answer_error(Exchange& exchange, const Error& error) {
    if (http::status_of(error.code) >= 500) return http::answer_error(exchange, error);  // with its log line
    auto word = error.code == Code::unauthorized ? std::string_view("incorrect_login") : word_of(error);
    if (word == "not_found") word = not_found_at(exchange.path());
    if (word == "couldnt_like" && exchange.path() == "/api/v3/post/like") word = "couldnt_like_post";
    if (word == "couldnt_like") word = "couldnt_like_comment";
    if (word == "already_exists" && exchange.path() == "/api/v3/community") word = "community_already_exists";
    json::Writer w;
    w.object().member("error", word == "unknown" ? std::string_view(error.safe_text) : word).member("message", error.safe_text).end();
    (void)exchange.json(status_of(error.code), w.take());
}

Result<> mark_as_read(const ApiContext& api, Exchange& exchange) {
    return mark_posts(api, exchange, community::Mark::read, TRY(exchange.params())->flag_or("read", true));
}
Result<> hide(const ApiContext& api, Exchange& exchange) {
    return mark_posts(api, exchange, community::Mark::hidden, TRY(exchange.params())->flag_or("hide", true));
}

}  // namespace

void add_routes(http::Router& router, const ApiContext& given) {
    ApiContext api = given;
    api.shape = &shape();
    router.before(root, http::allow_cross_origin);
    router.errors(root, answer_error);
    add_endpoints(router, api,
                  {{"POST", "/api/v3/user/login", login},
                   {"POST", "/api/v3/user/register", sign_up},
                   {"POST", "/api/v3/user/logout", logout},
                   {"GET", "/api/v3/user/validate_auth", validate_token},
                   {"PUT", "/api/v3/user/save_user_settings", save_settings},
                   {"PUT", "/api/v3/user/change_password", change_password},
                   {"POST", "/api/v3/user/delete_account", delete_account},
                   {"POST", "/api/v3/user/block", block_person},
                   {"GET", "/api/v3/community", show_community},
                   {"POST", "/api/v3/community", create_community},
                   {"PUT", "/api/v3/community", edit_community},
                   {"POST", "/api/v3/community/follow", follow_community},
                   {"POST", "/api/v3/community/block", block_community},
                   {"POST", "/api/v3/community/transfer", transfer_community},
                   {"POST", "/api/v3/community/ban_user", ban_from_community},
                   {"POST", "/api/v3/community/mod", change_moderators},
                   {"GET", "/api/v3/post", show_post},
                   {"POST", "/api/v3/post", create_post},
                   {"PUT", "/api/v3/post", edit_post},
                   {"POST", "/api/v3/post/delete", delete_post},
                   {"POST", "/api/v3/post/like", like_post},
                   {"PUT", "/api/v3/post/save", save_post},
                   {"POST", "/api/v3/post/mark_as_read", mark_as_read},
                   {"POST", "/api/v3/post/hide", hide},
                   {"POST", "/api/v3/post/remove", remove_post},
                   {"POST", "/api/v3/post/lock", lock_post},
                   {"POST", "/api/v3/post/feature", feature_post},
                   {"POST", "/api/v3/post/report", report_post},
                   {"PUT", "/api/v3/post/report/resolve", resolve_report},
                   {"GET", "/api/v3/comment", show_comment},
                   {"POST", "/api/v3/comment", create_comment},
                   {"PUT", "/api/v3/comment", edit_comment},
                   {"POST", "/api/v3/comment/delete", delete_comment},
                   {"POST", "/api/v3/comment/like", like_comment},
                   {"PUT", "/api/v3/comment/save", save_comment},
                   {"POST", "/api/v3/comment/remove", remove_comment},
                   {"POST", "/api/v3/comment/report", report_comment},
                   {"PUT", "/api/v3/comment/report/resolve", resolve_report},
                   {"POST", "/api/v3/private_message", create_message},
                   {"PUT", "/api/v3/private_message", edit_message},
                   {"POST", "/api/v3/private_message/delete", delete_message},
                   {"POST", "/api/v3/site/block", block_instance}});
    add_site_routes(router, api);
    add_list_routes(router, api);
    add_person_routes(router, api);
    add_inbox_routes(router, api);
    add_moderation_routes(router, api);
    add_search_routes(router, api);
}

}  // namespace kith::lemmy::v3
