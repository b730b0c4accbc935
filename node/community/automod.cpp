#include "node/community/automod.hpp"

#include "base/core/clock.hpp"
#include "base/html/to_text.hpp"
#include "base/text/fold.hpp"
#include "base/text/strings.hpp"
#include "base/text/url.hpp"
#include "base/text/utf8.hpp"
#include "base/text/words.hpp"
#include "config/limits/groups.hpp"

#include <algorithm>

namespace kith::community {

using model::AutoRule;
using model::AutoRuleKind;

namespace {

bool is_below(std::string_view host, std::string_view domain) {
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

void add_host(std::string_view url, std::vector<std::string>& out) {
    if (out.size() >= limits::judged_links_max) return;
    const auto parsed = Url::parse(url);
    if (!parsed) return;
    if (auto host = parsed->host(); std::find(out.begin(), out.end(), host) == out.end()) out.push_back(std::move(host));
}

// Where the sanitizer's links lead: it writes href="…" with quotes, and & as &amp;, which no host contains.
void add_links(std::string_view html, std::vector<std::string>& out) {
    constexpr std::string_view mark = "href=\"";
    for (auto at = html.find(mark); at != html.npos; at = html.find(mark, at)) {
        at += mark.size();
        const auto end = html.find('"', at);
        if (end == html.npos) return;
        add_host(html.substr(at, end - at), out);
    }
}

// What stands in the text as an address without being a link.
void add_bare_links(std::string_view text, std::vector<std::string>& out) {
    for (const auto scheme : {std::string_view("http://"), std::string_view("https://")})
        for (auto at = text.find(scheme); at != text.npos; at = text.find(scheme, at + scheme.size()))
            add_host(text.substr(at, text.find_first_of(" \n\t<>\"')", at) - at), out);
}

Failure invalid(std::string what) { return fail(Code::unprocessable, "Validation failed: " + std::move(what)); }

Result<std::string> stored_term(AutoRuleKind kind, const std::string& typed) {
    const std::string_view term = text::trim(typed);
    if (term.empty() || term.size() > limits::auto_rule_term_bytes_max) return invalid("a term is empty or too long");
    if (kind == AutoRuleKind::words) return text::fold(term);
    const auto url = Url::parse("http://" + std::string(term));
    if (!url || !url->path().empty() || !url->query().empty()) return invalid("\"" + typed + "\" is no domain");
    return url->host();
}

}  // namespace

Result<AutoRule> checked_rule(const NewAutoRule& wanted) {
    AutoRule rule;
    rule.kind = wanted.kind;
    rule.action = wanted.action;
    rule.reason = std::string(text::trim(wanted.reason));
    if (rule.reason.empty()) return invalid("Reason can't be blank");
    if (utf8::length(rule.reason) > limits::moderation_reason_characters_max) return invalid("Reason is too long");
    if (rule.kind == AutoRuleKind::newcomers) {
        if (wanted.days < 0 || wanted.days > limits::newcomer_days_max || wanted.posts < 0 ||
            wanted.posts > limits::newcomer_posts_max || wanted.days + wanted.posts == 0)
            return invalid("a rule about newcomers names days (at most " + std::to_string(limits::newcomer_days_max) +
                           ") or posts (at most " + std::to_string(limits::newcomer_posts_max) + ")");
        rule.days = wanted.days;
        rule.posts = wanted.posts;
        return rule;
    }
    if (wanted.terms.empty() || wanted.terms.size() > limits::auto_rule_terms_max)
        return invalid("a rule names at least one term and at most " + std::to_string(limits::auto_rule_terms_max));
    for (const auto& term : wanted.terms) rule.terms.push_back(TRY(stored_term(rule.kind, term)));
    return rule;
}

JudgedPost judged(std::string_view title, std::string_view warning, std::string_view html, std::string_view link) {
    JudgedPost post;
    const auto plain = html::to_text(html);
    post.text = text::fold(std::string(title) + "\n" + std::string(warning) + "\n" + plain);
    add_host(link, post.hosts);
    add_links(html, post.hosts);
    add_bare_links(plain, post.hosts);
    return post;
}

bool meets(const AutoRule& rule, const JudgedPost& post) {
    switch (rule.kind) {
        case AutoRuleKind::words:
            return std::any_of(rule.terms.begin(), rule.terms.end(),
                               [&](const auto& term) { return text::contains_words(post.text, term); });
        case AutoRuleKind::domains:
            return std::any_of(post.hosts.begin(), post.hosts.end(), [&](const auto& host) {
                return std::any_of(rule.terms.begin(), rule.terms.end(), [&](const auto& term) { return is_below(host, term); });
            });
        case AutoRuleKind::newcomers:
            return (rule.days > 0 && post.account_age_ms < rule.days * day_ms) || (rule.posts > 0 && post.earlier_posts < rule.posts);
    }
    return false;
}

const AutoRule* first_met(std::span<const AutoRule> rules, const JudgedPost& post) {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return meets(rule, post); });
    return found == rules.end() ? nullptr : &*found;
}

}  // namespace kith::community
