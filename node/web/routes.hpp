#pragma once
#include "node/community/context.hpp"
#include "node/files/remote.hpp"
#include "node/http/router.hpp"
#include "storage/blob/blob_store.hpp"
#include "storage/model/actor.hpp"

namespace kith::web {

// Read-only pages, server-rendered, without JavaScript: what a link to this node opens in a
// browser. They show what nobody in particular may see.
void add_routes(http::Router&, community::Context&);

// Files at /media, and those of other servers at /proxy.
void add_media_routes(http::Router&, const Urls&, blob::BlobStore&, files::Remote&);

// Those whose URL is an ActivityPub id as well: called by node/ap for who prefers HTML.
Result<> node_page(community::Context&, http::Exchange&);
Result<> person_page(community::Context&, http::Exchange&);  // `:name`
Result<> group_page(community::Context&, http::Exchange&);   // `:name`
Result<> post_page(community::Context&, http::Exchange&);    // `:id`

Result<> mail_stop_page(community::Context&, http::Exchange&);  // `token`
Result<> mail_stop(community::Context&, http::Exchange&);       // `token`

// feeds.cpp: Atom
Result<> group_feed(community::Context&, http::Exchange&);   // `:name`
Result<> thread_feed(community::Context&, http::Exchange&);  // `:id`

// calendar.cpp: RFC 5545
Result<> post_calendar(community::Context&, http::Exchange&);   // `:id` of an event
Result<> group_calendar(community::Context&, http::Exchange&);  // `:name`
Result<> collection_page(community::Context&, http::Exchange&);  // `:id`

// The group `:name` of a page: here, and for everybody to know. Code::not_found.
Result<model::Actor> group_of_page(community::Context&, http::Exchange&);

Result<> communities_page(community::Context&, http::Exchange&);
Result<> modlog_page(community::Context&, http::Exchange&);  // `:name` of a group

// A page that says what went wrong, for errors below "/".
void error_page(community::Context&, http::Exchange&, const Error&);

}  // namespace kith::web
