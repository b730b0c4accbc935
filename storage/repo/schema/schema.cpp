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
    };
    return steps;
}

}  // namespace kith::repo
