#include "node/community/compose.hpp"

#include "base/html/escape.hpp"
#include "base/html/markdown.hpp"
#include "base/html/plain.hpp"
#include "base/text/fold.hpp"
#include "base/text/host.hpp"
#include "base/text/strings.hpp"
#include "node/community/accounts.hpp"
#include "node/community/text_scan.hpp"
#include "storage/repo/actors.hpp"

#include <algorithm>
#include <set>

namespace kith::community {

namespace {

// A range of the text and what stands for it.
struct Reference {
    std::size_t offset, length;
    std::string text, url;
    enum class Kind { mention, tag } kind;
};

std::string html_of(const Reference& r) {
    const auto href = html::escape(r.url);
    if (r.kind == Reference::Kind::mention)
        return "<span class=\"h-card\"><a href=\"" + href + "\" class=\"u-url mention\">@<span>" +
               html::escape(std::string_view(r.text).substr(1)) + "</span></a></span>";
    return "<a href=\"" + href + "\" class=\"mention hashtag\" rel=\"tag\">#<span>" +
           html::escape(std::string_view(r.text).substr(1)) + "</span></a>";
}

std::string render(std::string_view text, std::string_view content_type,
                   const std::vector<Reference>& references) {
    if (content_type == "text/markdown") {
        std::string linked;
        std::size_t at = 0;
        for (const auto& r : references) {
            linked.append(text.substr(at, r.offset - at));
            linked.append("[").append(r.text).append("](").append(r.url).append(")");
            at = r.offset + r.length;
        }
        linked.append(text.substr(at));
        return html::render_markdown(linked);
    }
    std::vector<html::Link> links;
    for (const auto& r : references) links.push_back({r.offset, r.length, html_of(r)});
    return html::plain_to_html(text, links);
}

// "bob" here, "bob@example.org" elsewhere; a host in any spelling.
Result<std::optional<model::Actor>> known_actor(sql::Tx& tx, const Context& context,
                                                const MentionSpan& span) {
    std::string host;
    if (!span.host.empty()) {
        auto normal = normalize_host(span.host);
        if (!normal) return std::optional<model::Actor>{};
        host = *normal;
        if (host == context.config.server.host || host == context.config.server.account_domain)
            host.clear();
    }
    auto actor = TRY(repo::find_actor_by_name(tx, text::fold(span.username), host));
    if (actor && (actor->deleted_at || actor->suspended_at)) actor.reset();
    return actor;
}

}  // namespace

Result<Composed> compose(sql::Tx& tx, const Context& context, std::string_view text,
                         std::string_view content_type) {
    Composed out;
    std::vector<Reference> references;
    std::set<Id> named;
    for (const auto& span : find_mentions(text)) {
        auto actor = TRY(known_actor(tx, context, span));
        if (!actor) continue;
        references.push_back({span.offset, span.length, "@" + span.username,
                              actor->url.empty() ? actor->ap_id : actor->url,
                              Reference::Kind::mention});
        auto name = "@" + acct_of(context, *actor);
        if (named.insert(actor->id).second)
            out.mentions.push_back({std::move(*actor), std::move(name)});
    }
    std::set<std::string> folded;
    for (const auto& span : find_tags(text)) {
        auto name = text::fold(span.name);
        references.push_back({span.offset, span.length, "#" + span.name,
                              context.urls.tag(text::percent_encode(name)), Reference::Kind::tag});
        if (folded.insert(name).second) out.tags.push_back(span.name);
    }
    std::sort(references.begin(), references.end(),
              [](const auto& a, const auto& b) { return a.offset < b.offset; });
    out.html = render(text, content_type, references);
    return out;
}

}  // namespace kith::community
