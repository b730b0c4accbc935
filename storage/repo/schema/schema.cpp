#include "storage/repo/schema/schema.hpp"

namespace kith::repo {

std::span<const sql::Migration> schema() {
    static const sql::Migration steps[] = {
        {1, "actors", schema_text::actors},
        {2, "posts", schema_text::posts},
        {3, "relations", schema_text::relations},
        {4, "timelines", schema_text::timelines},
        {5, "federation", schema_text::federation},
        {6, "clients", schema_text::clients},
        {7, "insight", schema_text::insight},
        {8, "signatures", schema_text::signatures},
        {9, "quotes", schema_text::quotes},
        {10, "reports", schema_text::reports},
        {11, "repair", schema_text::repair},
        {12, "policies", schema_text::policies},
        {13, "sight", schema_text::sight},
        {14, "polls", schema_text::polls},
        {15, "moves", schema_text::moves},
        {16, "emoji", schema_text::emoji},
        {17, "domains", schema_text::domains},
        {18, "catch up", schema_text::catch_up},
        {19, "relays", schema_text::relays},
        {20, "domain policies", schema_text::domain_policies},
        {21, "relay kinds", schema_text::relay_kinds},
        {22, "featured tags", schema_text::featured_tags},
        {23, "personal", schema_text::personal},
        {24, "media", schema_text::media},
        {25, "filters", schema_text::filters},
        {26, "notification policy", schema_text::notification_policy},
        {27, "announcements", schema_text::announcements},
        {28, "push", schema_text::push},
        {29, "trends", schema_text::trends},
        {30, "sign up", schema_text::sign_up},
        {31, "search", schema_text::search},
        {32, "links", schema_text::links},
        {33, "moderation", schema_text::moderation},
        {34, "threads", schema_text::threads},
        {35, "post marks", schema_text::post_marks},
        {36, "collections", schema_text::collections},
        {37, "sign in", schema_text::sign_in},
        {38, "recordings", schema_text::recordings},
        {39, "communities", schema_text::communities},
        {40, "node moderation", schema_text::node_moderation},
        {41, "group teams", schema_text::group_teams},
        {42, "group moves", schema_text::group_moves},
        {43, "mail wishes", schema_text::mail_wishes},
        {44, "cross posts", schema_text::cross_posts},
        {45, "due hosts", schema_text::due_hosts},
        {46, "gatherings", schema_text::gatherings},
        {47, "group threads", schema_text::group_threads},
        {48, "discovery", schema_text::discovery},
    };
    return steps;
}

}  // namespace kith::repo
