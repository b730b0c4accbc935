#include "storage/repo/emoji_users.hpp"

#include "storage/repo/actors.hpp"

#include <string>

namespace kith::repo {

using model::Actor;
using sql::Tx;

Result<std::vector<Actor>> local_actors_with(Tx& tx, std::string_view text, int limit) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    pattern += '%';
    static const auto statement =
        "SELECT " + actor_columns +
        " FROM actor a WHERE a.host = '' AND a.local AND a.deleted_at IS NULL AND (a.name LIKE $1 ESCAPE '\\' OR "
        "a.source LIKE $1 ESCAPE '\\' OR a.fields LIKE $1 ESCAPE '\\') ORDER BY a.id LIMIT $2";
    std::vector<Actor> out;
    for (const auto& row : TRY(tx.query(statement, {pattern, limit}))) out.push_back(actor_from(row));
    return out;
}

}  // namespace kith::repo
