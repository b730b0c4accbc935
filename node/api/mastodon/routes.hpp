#pragma once
#include "node/api/mastodon/api_context.hpp"
#include "node/http/router.hpp"

namespace kith::mastodon {

// Mastodon's client API, as far as it is whole here; what is missing is 404. Lists page as
// mastodon-api.md 3.2 says. References outlive the router.
void add_routes(http::Router&, const ApiContext&);

// Its parts, one file each.
void add_account_routes(http::Router&, const ApiContext&);
void add_profile_routes(http::Router&, const ApiContext&);
void add_relation_routes(http::Router&, const ApiContext&);
void add_status_routes(http::Router&, const ApiContext&);
void add_posting_routes(http::Router&, const ApiContext&);
void add_emoji_reaction_routes(http::Router&, const ApiContext&);
void add_quote_routes(http::Router&, const ApiContext&);
void add_poll_routes(http::Router&, const ApiContext&);
void add_timeline_routes(http::Router&, const ApiContext&);
void add_notification_routes(http::Router&, const ApiContext&);
void add_notification_group_routes(http::Router&, const ApiContext&);
void add_notification_policy_routes(http::Router&, const ApiContext&);
void add_push_routes(http::Router&, const ApiContext&);
void add_search_routes(http::Router&, const ApiContext&);
void add_report_routes(http::Router&, const ApiContext&);
void add_admin_report_routes(http::Router&, const ApiContext&);
void add_personal_routes(http::Router&, const ApiContext&);
void add_list_routes(http::Router&, const ApiContext&);
void add_collection_routes(http::Router&, const ApiContext&);
void add_annual_report_routes(http::Router&, const ApiContext&);
void add_filter_routes(http::Router&, const ApiContext&);
void add_filter_v1_routes(http::Router&, const ApiContext&);
void add_tag_routes(http::Router&, const ApiContext&);
void add_conversation_routes(http::Router&, const ApiContext&);
void add_scheduled_routes(http::Router&, const ApiContext&);
void add_media_routes(http::Router&, const ApiContext&);
void add_featured_tag_routes(http::Router&, const ApiContext&);
void add_domain_routes(http::Router&, const ApiContext&);
void add_announcement_routes(http::Router&, const ApiContext&);
void add_directory_routes(http::Router&, const ApiContext&);
void add_sign_up_routes(http::Router&, const ApiContext&);
void add_sign_up_block_routes(http::Router&, const ApiContext&);
void add_admin_account_routes(http::Router&, const ApiContext&);
void add_translation_routes(http::Router&, const ApiContext&);
void add_trend_routes(http::Router&, const ApiContext&);
void add_figure_routes(http::Router&, const ApiContext&);
void add_custom_emoji_routes(http::Router&, const ApiContext&);
void add_oembed_routes(http::Router&, const ApiContext&);
void add_instance_routes(http::Router&, const ApiContext&);

}  // namespace kith::mastodon
