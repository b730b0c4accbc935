#include "storage/repo/post_search.hpp"

#include "base/text/strings.hpp"
#include "storage/repo/visibility.hpp"

#include <span>

namespace kith::repo {

using sql::Tx;

namespace {

constexpr int first_without = 16;  // the parameters before

// $1: the viewer.
const std::string open_part =
    "(p.visibility = 0 AND NOT a.silenced AND (a.indexable OR p.actor_id = $1))";
const std::string library_part =
    "(p.actor_id = $1 OR EXISTS (SELECT 1 FROM reaction r WHERE r.post_id = p.id AND r.actor_id = $1) OR EXISTS (SELECT "
    "1 FROM boost b WHERE b.post_id = p.id AND b.actor_id = $1) OR EXISTS (SELECT 1 FROM bookmark k WHERE k.post_id = "
    "p.id AND k.actor_id = $1) OR EXISTS (SELECT 1 FROM post_audience u WHERE u.post_id = p.id AND u.actor_id = $1))";

std::string where(const SearchScope scope) {
    switch (scope) {
        case SearchScope::open:
            return open_part;
        case SearchScope::library:
            return library_part;
        case SearchScope::everywhere:
            break;
    }
    return "(" + open_part + " OR " + library_part + ")";
}

void require(std::string& text, std::optional<bool> wanted, const std::string& condition) {
    if (wanted) text += *wanted ? " AND " + condition : " AND NOT " + condition;
}

}  // namespace

std::string found_by_words() {
    return "EXISTS (SELECT 1 FROM actor a WHERE a.id = p.actor_id AND " + where(SearchScope::everywhere) + ")";
}

Result<> put_post_words(Tx& tx, Id post, const std::vector<std::string>& words) {
    TRY(remove_post_words(tx, post));
    TRY(tx.execute("INSERT INTO post_search (rowid, words) VALUES ($1, " + tx.dialect().search_words(2) + ")",
                   {post, text::join(words, " ")}));
    return {};
}

Result<> remove_post_words(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM post_search WHERE rowid = $1", {post}));
    return {};
}

Result<bool> has_post_words(Tx& tx, Id post) {
    return !TRY(tx.query("SELECT 1 FROM post_search WHERE rowid = $1", {post})).empty();
}

Result<std::vector<Id>> search_posts(Tx& tx, Id viewer, const PostSearch& s, int limit, int offset) {
    const auto& d = tx.dialect();
    auto text = "SELECT p.id FROM post_search s JOIN post p ON p.id = s.rowid JOIN actor a ON a.id = p.actor_id WHERE " +
                std::string("p.id > $2 AND p.id < $3 AND ") + where(s.scope) + " AND " + visible_to("p", 1) +
                " AND (CAST($4 AS BIGINT) IS NULL OR p.actor_id = $4) AND (CAST($5 AS BIGINT) IS NULL OR p.actor_id <> "
                "$5) AND ($6 = '' OR p.language = $6 OR (p.language >= $7 AND p.language < $8)) AND ($9 = '' OR NOT "
                "(p.language = $9 OR (p.language >= $10 AND p.language < $11)))";
    require(text, s.media, "EXISTS (SELECT 1 FROM attachment m WHERE m.post_id = p.id)");
    require(text, s.poll, "EXISTS (SELECT 1 FROM poll o WHERE o.post_id = p.id)");
    require(text, s.quote, "EXISTS (SELECT 1 FROM quote q WHERE q.post_id = p.id)");
    require(text, s.reply, "(p.in_reply_to_id IS NOT NULL OR p.in_reply_to_ap_id <> '')");
    require(text, s.sensitive, "(p.sensitive OR p.summary <> '')");
    require(text, s.link, "(p.link_url <> '' OR p.content LIKE '%class=\"invisible\">http%')");
    text += " AND ($16 = '' OR p.link_url = $16)";
    std::vector<std::string> without;
    for (const auto& word : s.without) {
        without.push_back(d.search_query(std::span(&word, 1)));
        text += " AND NOT EXISTS (SELECT 1 FROM post_search x WHERE x.rowid = p.id AND " +
                d.search_matches("x", first_without + int(without.size())) + ")";
    }
    // '-' comes before '.', so that "de" fits "de-AT" and not "den".
    text += (s.words.empty() ? " AND $12 = ''" : " AND " + d.search_matches("s", 12)) + " AND (CAST($15 AS BIGINT) IS NULL OR p.group_id = $15) ORDER BY p.id DESC LIMIT $13 OFFSET $14";
    const auto words = d.search_query(s.words), from = s.language + "-", until = s.language + ".",
               not_from = s.not_language + "-", not_until = s.not_language + ".";
    std::vector<sql::Param> parameters{viewer,         s.since,  s.until,   s.author, s.not_author, s.language, from, until,
                                       s.not_language, not_from, not_until, words,    limit,        offset,     s.group,
                                       s.link_url};
    for (const auto& query : without) parameters.push_back(query);
    std::vector<Id> out;
    for (const auto& row : TRY(tx.query(text, parameters))) out.push_back(row.integer(0));
    return out;
}

}  // namespace kith::repo
