#pragma once
#include "node/api/lemmy/api_context.hpp"

namespace kith::lemmy {

void add_routes(http::Router&, const ApiContext&);

// One file each.
void add_account_routes(http::Router&, const ApiContext&);
void add_sign_in_routes(http::Router&, const ApiContext&);
void add_site_routes(http::Router&, const ApiContext&);
void add_community_routes(http::Router&, const ApiContext&);
void add_post_routes(http::Router&, const ApiContext&);
void add_comment_routes(http::Router&, const ApiContext&);
void add_person_routes(http::Router&, const ApiContext&);
void add_moderation_routes(http::Router&, const ApiContext&);
void add_search_routes(http::Router&, const ApiContext&);
void add_notification_routes(http::Router&, const ApiContext&);
void add_message_routes(http::Router&, const ApiContext&);
void add_report_routes(http::Router&, const ApiContext&);
void add_image_routes(http::Router&, const ApiContext&);
void add_mark_routes(http::Router&, const ApiContext&);
void add_tag_routes(http::Router&, const ApiContext&);
void add_multi_routes(http::Router&, const ApiContext&);
void add_admin_routes(http::Router&, const ApiContext&);
void add_application_routes(http::Router&, const ApiContext&);
void add_account_mail_routes(http::Router&, const ApiContext&);
void add_backup_routes(http::Router&, const ApiContext&);
void add_emoji_routes(http::Router&, const ApiContext&);
void add_instance_routes(http::Router&, const ApiContext&);
void add_invite_routes(http::Router&, const ApiContext&);
void add_modlog_routes(http::Router&, const ApiContext&);
void add_notice_routes(http::Router&, const ApiContext&);
void add_site_picture_routes(http::Router&, const ApiContext&);
void add_site_setting_routes(http::Router&, const ApiContext&);
void add_tagline_routes(http::Router&, const ApiContext&);
void add_vote_routes(http::Router&, const ApiContext&);
void add_link_metadata_routes(http::Router&, const ApiContext&);
void add_community_admin_routes(http::Router&, const ApiContext&);

}  // namespace kith::lemmy
