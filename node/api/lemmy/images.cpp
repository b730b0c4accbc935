// Pictures: of members, of communities, and those that members put into what they write.
#include "config/limits/media.hpp"
#include "node/api/lemmy/cursor.hpp"
#include "node/api/lemmy/entities.hpp"
#include "node/api/lemmy/routes.hpp"
#include "node/community/accounts.hpp"
#include "node/community/group_settings.hpp"
#include "node/community/media.hpp"

#include <limits>

namespace kith::lemmy {

namespace {

using community::ProfilePicture;
using http::Exchange;

Result<const http::File*> file_of(const ApiContext& api, Exchange& exchange) {
    const auto& files = TRY(exchange.params())->files();
    const auto* file = files.empty() ? nullptr : &files.front();
    if (!file || !api.pictures) return fail(Code::unprocessable, "The picture is missing");
    return file;
}

Result<> answer(const ApiContext& api, Exchange& exchange, const std::string& path) {
    const auto url = api.community.urls.file(path);
    json::Writer w;
    w.object().member("image_url", url).member("filename", url.substr(url.rfind('/') + 1)).end();
    return exchange.json(200, w.take());
}

Result<std::string> taken(const ApiContext& api, Exchange& exchange, ProfilePicture which) {
    const auto* file = TRY(file_of(api, exchange));
    const bool square = which == ProfilePicture::avatar;
    return TRY(api.pictures->take_cut(file->bytes, square ? limits::media_avatar_side : limits::media_header_width,
                                      square ? limits::media_avatar_side : limits::media_header_height))
        .name;
}

Result<> set_picture(const ApiContext& api, Exchange& exchange, ProfilePicture which) {
    const auto caller = TRY(require_member(api, exchange));
    TRY(community::set_profile_picture(api.community, caller.account_id, which, TRY(taken(api, exchange, which))));
    const auto actor = TRY(community::actor_by_id(api.community, caller.account_id));
    return answer(api, exchange, which == ProfilePicture::avatar ? actor.avatar_url : actor.header_url);
}
Result<> set_avatar(const ApiContext& api, Exchange& x) { return set_picture(api, x, ProfilePicture::avatar); }
Result<> set_banner(const ApiContext& api, Exchange& x) { return set_picture(api, x, ProfilePicture::header); }

Result<> remove_picture(const ApiContext& api, Exchange& exchange, ProfilePicture which) {
    const auto caller = TRY(require_member(api, exchange));
    TRY(community::set_profile_picture(api.community, caller.account_id, which, ""));
    return exchange.json(200, success());
}
Result<> remove_avatar(const ApiContext& api, Exchange& x) { return remove_picture(api, x, ProfilePicture::avatar); }
Result<> remove_banner(const ApiContext& api, Exchange& x) { return remove_picture(api, x, ProfilePicture::header); }

// Whether they may is asked before the work.
Result<> set_group_picture(const ApiContext& api, Exchange& exchange, ProfilePicture which) {
    const auto caller = TRY(require_member(api, exchange));
    const auto group = TRY(exchange.params())->id("id").value_or(0);
    TRY(api.community.db.read([&](sql::Tx& tx) { return community::group_kept_by(tx, caller.account_id, group); }));
    TRY(community::set_group_picture(api.community, caller.account_id, group, which, TRY(taken(api, exchange, which))));
    const auto actor = TRY(community::actor_by_id(api.community, group));
    return answer(api, exchange, which == ProfilePicture::avatar ? actor.avatar_url : actor.header_url);
}
Result<> set_group_icon(const ApiContext& api, Exchange& x) { return set_group_picture(api, x, ProfilePicture::avatar); }
Result<> set_group_banner(const ApiContext& api, Exchange& x) { return set_group_picture(api, x, ProfilePicture::header); }

Result<> remove_group_picture(const ApiContext& api, Exchange& exchange, ProfilePicture which) {
    const auto caller = TRY(require_member(api, exchange));
    TRY(community::set_group_picture(api.community, caller.account_id, TRY(exchange.params())->id("id").value_or(0), which, ""));
    return exchange.json(200, success());
}
Result<> remove_group_icon(const ApiContext& api, Exchange& x) { return remove_group_picture(api, x, ProfilePicture::avatar); }
Result<> remove_group_banner(const ApiContext& api, Exchange& x) { return remove_group_picture(api, x, ProfilePicture::header); }

// It stays until its owner deletes it: what links to it in a text names it nowhere else.
Result<> upload(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto* file = TRY(file_of(api, exchange));
    TRY(community::may_keep_another(api.community, caller.account_id));
    const auto kept = TRY(api.pictures->take(file->bytes));
    const auto added = TRY(community::add_upload(api.community, caller.account_id,
                                                 {.original = {kept.original.name, kept.original.bytes},
                                                  .preview = {kept.preview.name, kept.preview.bytes},
                                                  .media_type = kept.original.media_type,
                                                  .blurhash = kept.blurhash,
                                                  .width = kept.original.width,
                                                  .height = kept.original.height,
                                                  .duration_s = {},
                                                  .details = {}},
                                                 {}));
    TRY(community::keep_picture(api.community, added.id));
    return answer(api, exchange, added.url);
}

// Of one person, or of everybody here; posts as the viewer sees them.
Result<> list_of(const ApiContext& api, Exchange& exchange, Id viewer, std::optional<Id> owner) {
    const auto& params = *TRY(exchange.params());
    const auto found = TRY(page_of<repo::OwnPicture>(
        params, [&](const community::PageRequest& request) { return community::pictures_of(api.community, owner, request); }));
    return exchange.json(200, page_json([&](json::Writer& w) {
                             for (const auto& picture : found.items) {
                                 const auto person = community::actor_by_id(api.community, picture.owner_id);
                                 if (!person) continue;
                                 w.object().key("local_image").object();
                                 w.member("pictrs_alias", picture.url.substr(picture.url.rfind('/') + 1));
                                 w.member("published_at", format_iso8601(id_time_ms(picture.id))).member("person_id", person->id).end();
                                 w.key("person");
                                 write_person(w, api, *person);
                                 if (picture.post_id)
                                     if (const auto thread = community::group_thread(api.community, community::Viewer::actor(viewer), *picture.post_id)) {
                                         w.key("post");
                                         write_post(w, api, *thread);
                                     }
                                 w.end();
                             }
                         }, found.beside));
}

Result<> list(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    return list_of(api, exchange, caller.account_id, caller.account_id);
}

// Clients know a picture by the last part of its path.
Result<std::string> path_asked(Exchange& exchange) { return "/media/" + media::name_of(TRY(exchange.params())->get_or("filename", "")); }

Result<> list_all(const ApiContext& api, Exchange& exchange) {
    return list_of(api, exchange, TRY(require_team(api, exchange, model::UserRole::admin)).account_id, {});
}

Result<> remove_any(const ApiContext& api, Exchange& exchange) {
    TRY(require_team(api, exchange, model::UserRole::admin));
    const auto found = TRY(community::picture_at(api.community, TRY(path_asked(exchange))));
    if (!found) return fail(Code::not_found, "Record not found");
    TRY(community::remove_upload(api.community, found->owner_id, found->id));
    return exchange.json(200, success());
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto caller = TRY(require_member(api, exchange));
    const auto id = TRY(community::own_picture(api.community, caller.account_id, TRY(path_asked(exchange))));
    if (!id) return fail(Code::not_found, "Record not found");
    TRY(community::remove_upload(api.community, caller.account_id, *id));
    return exchange.json(200, success());
}

Result<> health(const ApiContext& api, Exchange& exchange) {
    if (!api.pictures) return fail(Code::unavailable, "This node takes no pictures");
    return exchange.json(200, success());
}

}  // namespace

Result<std::optional<Id>> upload_at(const ApiContext& api, Id owner, std::string_view url, const std::optional<std::string>& alt) {
    const auto path = std::string(api.community.urls.path_of(url));
    if (!path.starts_with("/media/")) return std::optional<Id>{};
    const auto id = TRY(community::own_picture(api.community, owner, path));
    if (!id || !TRY(community::is_upload(api.community, owner, *id))) return std::optional<Id>{};
    if (alt) TRY(community::describe_picture(api.community, owner, *id, {.description = alt, .focus = {}}));
    return id;
}

void add_image_routes(http::Router& router, const ApiContext& api) {
    add_endpoints(router, api,
                  {{"POST", "/api/v4/account/avatar", set_avatar},
                   {"DELETE", "/api/v4/account/avatar", remove_avatar},
                   {"POST", "/api/v4/account/banner", set_banner},
                   {"DELETE", "/api/v4/account/banner", remove_banner},
                   {"POST", "/api/v4/community/icon", set_group_icon},
                   {"DELETE", "/api/v4/community/icon", remove_group_icon},
                   {"POST", "/api/v4/community/banner", set_group_banner},
                   {"DELETE", "/api/v4/community/banner", remove_group_banner},
                   {"POST", "/api/v4/image", upload},
                   {"DELETE", "/api/v4/image", remove_any},
                   {"GET", "/api/v4/image/list", list_all},
                   {"GET", "/api/v4/image/health", health},
                   {"GET", "/api/v4/account/media/list", list},
                   {"DELETE", "/api/v4/account/media", remove}});
}

}  // namespace kith::lemmy
