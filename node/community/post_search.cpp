#include "node/community/post_search.hpp"

#include "base/html/to_text.hpp"
#include "base/text/strings.hpp"
#include "base/text/tokenizer.hpp"
#include "config/limits/mastodon_api.hpp"
#include "node/community/accounts.hpp"
#include "storage/repo/post_search.hpp"
#include "storage/repo/posts.hpp"
#include "storage/repo/relations.hpp"

#include <algorithm>

namespace kith::community {

using repo::PostSearch;
using repo::SearchScope;
using sql::Tx;

namespace {

// A search that can find nothing: an account that nobody has.
constexpr Id nobody = -1;

struct Parsed {
    PostSearch search;
    bool impossible = false;
};

// The ids of a day's posts; nothing where it is no day.
std::optional<std::pair<Id, Id>> day_of(std::string_view text) {
    TimeMs at = 0;
    if (!parse_iso8601(std::string(text) + "T00:00:00Z", at)) return {};
    return std::pair(first_id_at(at), first_id_at(at + day_ms));
}

Id author_named(Context& context, Id viewer, std::string_view name) {
    if (name == "me") return viewer;
    if (name.starts_with('@')) name.remove_prefix(1);
    const auto actor = actor_by_acct(context, name);
    return actor ? actor->id : nobody;
}

// False where it is no operator, and so a word.
bool take_operator(Context& context, Id viewer, std::string_view name, std::string_view value, bool wanted, Parsed& out) {
    auto& s = out.search;
    if (name == "from") {
        (wanted ? s.author : s.not_author) = author_named(context, viewer, value);
    } else if (name == "before" || name == "after" || name == "during") {
        const auto day = day_of(value);
        if (!day) return false;
        if (name != "after") s.until = std::min(s.until, name == "before" ? day->first : day->second);
        if (name != "before") s.since = std::max(s.since, (name == "after" ? day->second : day->first) - 1);
    } else if (name == "has") {
        if (value == "media" || value == "image") s.media = wanted;
        else if (value == "poll") s.poll = wanted;
        else if (value == "link" || value == "embed") s.link = wanted;
        else if (value == "quote") s.quote = wanted;
        else return false;
    } else if (name == "is") {
        if (value == "reply") s.reply = wanted;
        else if (value == "sensitive") s.sensitive = wanted;
        else return false;
    } else if (name == "language") {
        (wanted ? s.language : s.not_language) = text::to_lower_ascii(value);
    } else if (name == "in") {
        if (value == "library") s.scope = SearchScope::library;
        else if (value == "public") s.scope = SearchScope::open;
        else if (value == "all") s.scope = SearchScope::everywhere;
        else return false;
    } else {
        return false;
    }
    return true;
}

Parsed parsed(Context& context, Id viewer, std::string_view query) {
    Parsed out;
    std::string words;
    for (const auto part : text::split(query, ' ')) {
        auto rest = part;
        const bool wanted = !rest.starts_with('-');
        if (!wanted) rest.remove_prefix(1);
        const auto colon = rest.find(':');
        if (colon != rest.npos && take_operator(context, viewer, rest.substr(0, colon), rest.substr(colon + 1), wanted, out))
            continue;
        if (wanted)
            words += std::string(part) + " ";
        else
            for (auto& word : text::query_tokens(rest))
                if (out.search.without.size() < limits::search_words_without_max) out.search.without.push_back(std::move(word));
    }
    out.search.words = text::query_tokens(words);
    // Only signs: nothing that could be found by them.
    out.impossible = out.search.words.empty() && !text::trim(words).empty();
    return out;
}

bool has_all(std::string_view text, const std::vector<std::string>& words) {
    const auto there = text::search_tokens(text);
    return std::all_of(words.begin(), words.end(), [&](const auto& word) { return std::find(there.begin(), there.end(), word) != there.end(); });
}

}  // namespace

Result<> index_post(Tx& tx, const model::Post& post) {
    auto text = post.title + "\n" + post.summary + "\n" + html::to_text(post.content);
    for (const auto& row : TRY(repo::polls_of(tx, std::span(&post.id, 1))))
        for (const auto& option : row.poll.options) text += "\n" + option.title;
    for (const auto& row : TRY(repo::attachments_of(tx, std::span(&post.id, 1)))) text += "\n" + row.attachment.description;
    return repo::put_post_words(tx, post.id, text::search_tokens(text));
}

Result<> index_kept_post(Tx& tx, Id post_id) {
    if (TRY(repo::has_post_words(tx, post_id))) return {};
    const auto post = TRY(repo::find_post(tx, post_id));
    return post && !post->deleted_at ? index_post(tx, *post) : Result<>{};
}

bool has_words(std::string_view text, std::string_view query) { return has_all(text, text::query_tokens(query)); }

Result<std::vector<PostView>> search_posts(Context& context, Id viewer, std::string_view query,
                                           const PostSearchPage& page) {
    return TRY(find_posts(context, viewer, query, page)).items;
}

Result<FoundPosts> find_posts(Context& context, Id viewer, std::string_view query, const PostSearchPage& page) {
    auto [search, impossible] = page.link ? Parsed{} : parsed(context, viewer, query);
    if (page.link) search.link_url = text::trim(query);
    impossible = impossible || (page.link && search.link_url.empty());
    if (impossible) return FoundPosts{};
    search.until = std::min(search.until, page.max_id);
    search.since = std::max(search.since, page.min_id);
    if (page.author) search.author = page.author;
    search.group = page.group;
    return context.db.read([&](Tx& tx) -> Result<FoundPosts> {
        std::vector<Entry> entries;
        for (const auto id : TRY(repo::search_posts(tx, viewer, search, page.limit, page.offset)))
            entries.push_back({.id = id, .post_id = id, .boost_id = {}, .group_id = {}});
        const bool full = int(entries.size()) == page.limit;
        auto views = TRY(load_views(tx, Viewer::actor(viewer), entries));
        std::vector<Id> authors;
        for (const auto& view : views) authors.push_back(view.author.id);
        const auto hidden = TRY(repo::hidden_among(tx, viewer, authors, context.clock.now_ms()));
        std::erase_if(views, [&](const PostView& view) {
            return std::find(hidden.begin(), hidden.end(), view.author.id) != hidden.end();
        });
        if (page.in_title) std::erase_if(views, [&](const PostView& view) { return !has_all(view.post.title, search.words); });
        return FoundPosts{std::move(views), full};
    });
}

}  // namespace kith::community
