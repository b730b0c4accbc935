// Mentions, tags, attachments, polls and edits: what hangs on a post (declared in posts.hpp).
#include "base/json/writer.hpp"
#include "storage/repo/ids.hpp"
#include "storage/repo/posts.hpp"

namespace kith::repo {

using sql::Tx;

Result<> add_mention(Tx& tx, Id post, const model::Mention& m) {
    TRY(
        tx.execute("INSERT INTO post_mention (post_id, actor_id, name) VALUES ($1, $2, $3) ON "
                   "CONFLICT DO NOTHING",
                   {post, m.actor_id, m.name}));
    return {};
}

Result<> clear_mentions(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM post_mention WHERE post_id = $1", {post}));
    return {};
}

Result<std::vector<MentionRow>> mentions_of(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT post_id, actor_id, name FROM post_mention WHERE " + d.in_ids("post_id", 1) +
               " ORDER BY post_id, actor_id";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts)}));
    std::vector<MentionRow> out;
    for (const auto& row : rows)
        out.push_back({row.integer(0), {.actor_id = row.integer(1), .name = row.str(2)}});
    return out;
}

Result<Id> tag_id(Tx& tx, Id id_if_new, std::string_view folded, std::string_view display) {
    TRY(tx.execute("INSERT INTO tag (id, name, display) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                   {id_if_new, folded, display}));
    auto found = TRY(find_tag(tx, folded));
    if (!found) return fail(Code::internal, "the tag could not be stored", std::string(folded));
    return *found;
}

Result<std::optional<Id>> find_tag(Tx& tx, std::string_view folded) {
    auto rows = TRY(tx.query("SELECT id FROM tag WHERE name = $1", {folded}));
    if (rows.empty()) return std::optional<Id>{};
    return rows[0].integer(0);
}

Result<std::vector<std::string>> search_tags(Tx& tx, std::string_view folded, int limit,
                                             int offset) {
    const std::string after = "\xf4\x8f\xbf\xbf";  // sorts behind all text
    auto rows =
        TRY(tx.query("SELECT display FROM tag WHERE name >= $1 AND name < $2 "
                     "ORDER BY length(name), name LIMIT $3 OFFSET $4",
                     {folded, std::string(folded) + after, limit, offset}));
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.str(0));
    return out;
}

Result<> add_tag(Tx& tx, Id post, Id tag) {
    TRY(tx.execute("INSERT INTO post_tag (tag_id, post_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                   {tag, post}));
    return {};
}

Result<> clear_tags(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM post_tag WHERE post_id = $1", {post}));
    return {};
}

Result<std::vector<TagRow>> tags_of(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT pt.post_id, t.name, t.display FROM post_tag pt JOIN tag t ON t.id = "
               "pt.tag_id WHERE " +
               d.in_ids("pt.post_id", 1) + " ORDER BY pt.post_id, t.id";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts)}));
    std::vector<TagRow> out;
    for (const auto& row : rows) out.push_back({row.integer(0), row.str(1), row.str(2)});
    return out;
}

Result<> add_attachment(Tx& tx, Id post, int position, const model::Attachment& a) {
    TRY(tx.execute(
        "INSERT INTO attachment (id, post_id, position, media_type, url, preview_url, description, "
        "blurhash, width, height, focus_x, focus_y, duration_s, details) VALUES ($1, $2, $3, $4, $5, $6, "
        "$7, "
        "$8, $9, $10, $11, $12, $13, $14)",
        {a.id, post, position, a.media_type, a.url, a.preview_url, a.description, a.blurhash,
         a.width, a.height, a.focus_x, a.focus_y, a.duration_s, a.details}));
    return {};
}

Result<> clear_attachments(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM attachment WHERE post_id = $1", {post}));
    return {};
}

Result<std::vector<AttachmentRow>> attachments_of(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT post_id, id, media_type, url, preview_url, description, blurhash, width, "
               "height, focus_x, "
               "focus_y, duration_s, details FROM attachment WHERE " +
               d.in_ids("post_id", 1) + " ORDER BY post_id, position";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts)}));
    auto maybe_real = [](const sql::Rows::Row& row, std::size_t column) {
        return row.is_null(column) ? std::optional<double>{} : row.real(column);
    };
    std::vector<AttachmentRow> out;
    for (const auto& row : rows)
        out.push_back({row.integer(0),
                       {.id = row.integer(1),
                        .media_type = row.str(2),
                        .url = row.str(3),
                        .preview_url = row.str(4),
                        .description = row.str(5),
                        .blurhash = row.str(6),
                        .width = row.maybe_integer(7),
                        .height = row.maybe_integer(8),
                        .focus_x = maybe_real(row, 9),
                        .focus_y = maybe_real(row, 10),
                        .duration_s = maybe_real(row, 11),
                        .details = row.str(12)}});
    return out;
}

Result<> put_poll(Tx& tx, Id post, const model::Poll& poll) {
    TRY(tx.execute("DELETE FROM poll_option WHERE post_id = $1", {post}));
    TRY(
        tx.execute("INSERT INTO poll (post_id, multiple, closes_at, closed_at, voters_count, "
                   "hide_totals) VALUES ($1, $2, $3, $4, $5, $6) "
                   "ON CONFLICT (post_id) DO UPDATE SET multiple = excluded.multiple, closes_at = "
                   "excluded.closes_at, "
                   "closed_at = excluded.closed_at, voters_count = excluded.voters_count, "
                   "hide_totals = excluded.hide_totals",
                   {post, poll.multiple, poll.closes_at, poll.closed_at, poll.voters_count,
                    poll.hide_totals}));
    int position = 0;
    for (const auto& option : poll.options)
        TRY(tx.execute(
            "INSERT INTO poll_option (post_id, position, title, votes) VALUES ($1, $2, $3, $4)",
            {post, position++, option.title, option.votes}));
    return {};
}

Result<> remove_poll(Tx& tx, Id post) {
    TRY(tx.execute("DELETE FROM poll WHERE post_id = $1", {post}));
    return {};
}

Result<std::vector<PollRow>> polls_of(Tx& tx, std::span<const Id> posts) {
    static const auto make = [](const sql::Dialect& d) {
        return "SELECT q.post_id, q.multiple, q.closes_at, q.closed_at, q.voters_count, o.title, "
               "o.votes, q.hide_totals "
               "FROM poll q JOIN poll_option o ON o.post_id = q.post_id WHERE " +
               d.in_ids("q.post_id", 1) + " ORDER BY q.post_id, o.position";
    };
    auto rows = TRY(tx.query(make(tx.dialect()), {json_ids(posts)}));
    std::vector<PollRow> out;
    for (const auto& row : rows) {
        if (out.empty() || out.back().post_id != row.integer(0))
            out.push_back({row.integer(0),
                           {.multiple = row.boolean(1),
                            .hide_totals = row.boolean(7),
                            .closes_at = row.maybe_integer(2),
                            .closed_at = row.maybe_integer(3),
                            .voters_count = row.maybe_integer(4)}});
        out.back().poll.options.push_back({row.str(5), row.integer(6)});
    }
    return out;
}

namespace {

// A JSON array of texts; "" of edits from before options were kept.
std::string options_text(const std::optional<std::vector<std::string>>& options) {
    if (!options) return {};
    json::Writer w;
    w.array();
    for (const auto& option : *options) w.value(option);
    w.end();
    return w.take();
}

Result<std::optional<std::vector<std::string>>> options_from(std::string_view stored) {
    std::optional<std::vector<std::string>> out;
    if (stored.empty()) return out;
    const auto document = TRY(json::Document::parse(stored));
    out.emplace();
    for (const auto option : document.root()) out->emplace_back(option.string_or(""));
    return out;
}

}  // namespace

Result<> add_edit(Tx& tx, const model::PostEdit& e) {
    TRY(tx.execute(
        "INSERT INTO post_edit (id, post_id, title, content, source, summary, sensitive, "
        "edited_at, poll_options) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {e.id, e.post_id, e.title, e.content, e.source, e.summary, e.sensitive, e.edited_at,
         options_text(e.poll_options)}));
    return {};
}

Result<std::vector<model::PostEdit>> edits_of(Tx& tx, Id post) {
    auto rows =
        TRY(tx.query("SELECT id, post_id, title, content, source, summary, sensitive, edited_at, "
                     "poll_options FROM post_edit WHERE post_id = $1 ORDER BY id",
                     {post}));
    std::vector<model::PostEdit> out;
    for (const auto& row : rows) {
        auto options = TRY(options_from(row.text(8)));
        out.push_back({.id = row.integer(0),
                       .post_id = row.integer(1),
                       .title = row.str(2),
                       .content = row.str(3),
                       .source = row.str(4),
                       .summary = row.str(5),
                       .sensitive = row.boolean(6),
                       .edited_at = row.integer(7),
                       .poll_options = std::move(options)});
    }
    return out;
}

}  // namespace kith::repo
