#include "node/api/mastodon/quote.hpp"

#include "node/api/mastodon/status.hpp"

namespace kith::mastodon {

using community::Permission;
using community::PostView;
using community::QuoteView;
using json::Writer;

namespace {

std::string_view state_name(const QuoteView& quote, TimeMs now) {
    switch (quote.state) {
        case QuoteView::State::pending:
            return "pending";
        case QuoteView::State::rejected:
            return "rejected";
        case QuoteView::State::revoked:
            return "revoked";
        case QuoteView::State::deleted:
            return "deleted";
        case QuoteView::State::unauthorized:
            return "unauthorized";
        case QuoteView::State::blocked:
            return "blocked_account";
        case QuoteView::State::accepted:
            break;
    }
    return quote.muted_until && *quote.muted_until > now ? "muted_account" : "accepted";
}

std::string_view permission_name(Permission permission) {
    switch (permission) {
        case Permission::automatic:
            return "automatic";
        case Permission::manual:
            return "manual";
        case Permission::denied:
            return "denied";
        case Permission::unknown:
            break;
    }
    return "unknown";
}

void write_audience(Writer& w, std::string_view name, int audience) {
    w.key(name).array();
    if (audience & model::audience_public) w.value("public");
    if (audience & model::audience_followers) w.value("followers");
    if (audience & model::audience_following) w.value("following");
    if (audience & model::audience_others) w.value("unsupported_policy");
    w.end();
}

// Where an element with the class begins, and the name of its tag; npos where there is none. Our
// own serializer wrote the HTML, so that it has but this one form.
std::size_t find_inline(std::string_view html, std::string_view& name) {
    for (std::string_view each : {"p", "span"}) {
        const auto at = html.find("<" + std::string(each) + " class=\"quote-inline\">");
        if (at != html.npos) return name = each, at;
    }
    return html.npos;
}

// The end of the element that begins at `at`, after its closing tag.
std::size_t end_of_element(std::string_view html, std::size_t at, std::string_view name) {
    const auto opening = "<" + std::string(name), closing = "</" + std::string(name) + ">";
    int depth = 0;
    while (at < html.size()) {
        const auto close = html.find(closing, at);
        if (close == html.npos) return html.size();
        auto open = html.find(opening, at);
        while (open < close && html.size() > open + opening.size() &&
               html[open + opening.size()] != '>' && html[open + opening.size()] != ' ')
            open = html.find(opening, open + 1);  // <pre> is not <p>
        if (open < close) {
            ++depth;
            at = open + opening.size();
        } else {
            at = close + closing.size();
            if (--depth == 0) return at;
        }
    }
    return html.size();
}

}  // namespace

std::string without_quote_inline(std::string html) {
    std::string_view name;
    for (auto at = find_inline(html, name); at != html.npos; at = find_inline(html, name))
        html.erase(at, end_of_element(html, at, name) - at);
    return html;
}

void write_quote_members(Writer& w, const community::Context& context,
                         const community::Viewer& viewer, const PostView& view) {
    w.member("quotes_count", view.quotes_count);
    w.key("quote_approval").object();
    write_audience(w, "automatic", view.quote_rule.automatic);
    write_audience(w, "manual", view.quote_rule.manual);
    w.member("current_user", permission_name(view.may_quote)).end();
    if (!view.quote) return void(w.null_member("quote"));
    const auto& quote = *view.quote;
    w.key("quote").object().member("state", state_name(quote, context.clock.now_ms()));
    if (quote.post) {
        w.key("quoted_status");
        write_status(w, context, viewer, *quote.post);
    } else if (quote.quoted_id) {
        w.member("quoted_status_id", std::to_string(*quote.quoted_id));
    } else {
        w.null_member("quoted_status");
    }
    w.end();
}

}  // namespace kith::mastodon
