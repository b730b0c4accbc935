#pragma once
#include "node/community/context.hpp"
#include "node/http/router.hpp"
#include "storage/blob/blob_store.hpp"

namespace kith::web {

// Read-only pages, server-rendered, without JavaScript: what a link to this node opens in a
// browser. They show what nobody in particular may see.
void add_routes(http::Router&, community::Context&);

// Pictures at /media.
void add_media_routes(http::Router&, blob::BlobStore&);

// Those whose URL is an ActivityPub id as well: called by node/ap for who prefers HTML.
Result<> node_page(community::Context&, http::Exchange&);
Result<> person_page(community::Context&, http::Exchange&);  // `:name`
Result<> group_page(community::Context&, http::Exchange&);   // `:name`
Result<> post_page(community::Context&, http::Exchange&);    // `:id`

// A page that says what went wrong, for errors below "/".
void error_page(community::Context&, http::Exchange&, const Error&);

}  // namespace kith::web
