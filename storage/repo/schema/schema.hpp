#pragma once
#include "storage/sql/migrations.hpp"

#include <span>
#include <string_view>

namespace kith::repo {

// All steps of the schema, oldest first. One text for both engines (storage/sql/dialect.hpp).
std::span<const sql::Migration> schema();

namespace schema_text {
extern const std::string_view actors, posts, relations, timelines, federation, clients, insight, signatures,
    quotes, reports, repair, policies, sight, polls, moves, emoji, domains, catch_up,
    relays, domain_policies, relay_kinds, featured_tags,
    personal, media, filters, notification_policy, announcements,
    push, trends, sign_up, search, links, moderation, threads, post_marks, collections, sign_in, recordings,
    communities, node_moderation, group_teams, group_moves, mail_wishes, cross_posts, due_hosts, gatherings, group_threads, discovery, quote_wishes;
}

}  // namespace kith::repo
