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
    };
    return steps;
}

}  // namespace kith::repo
