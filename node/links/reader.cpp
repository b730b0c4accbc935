#include "node/links/reader.hpp"

#include "base/core/log.hpp"
#include "base/text/host.hpp"
#include "config/limits/links.hpp"
#include "node/links/fetch.hpp"
#include "node/links/page.hpp"

#include <algorithm>
#include <span>

namespace kith::links {

using model::Link;
using sql::Tx;

namespace {

bool may_answer_later(const Error& error) { return error.code == Code::unavailable || error.code == Code::timeout; }

// A domain speaks for what is below it.
bool covers(const std::string& domain, const std::string& host) {
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

}  // namespace

void Reader::start() {
    for (int n = 0; n < limits::link_readers; ++n) threads_.emplace_back("links", [this] { run(); });
}

void Reader::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

void Reader::notify() {
    std::lock_guard lock(mutex_);
    ++news_;
    changed_.notify_all();
}

void Reader::run() {
    std::uint64_t seen = 0;
    for (;;) {
        const auto more = step();
        if (!more) log::warn("links.failed", {{"error", more.error().safe_text}, {"detail", more.error().detail}});
        std::unique_lock lock(mutex_);
        if (stopping_) return;
        if (more && *more) continue;
        const auto& clock = parts_.context.clock;
        clock.wait_until(changed_, lock, clock.now_ms() + limits::link_poll_ms, [&] { return stopping_ || news_ != seen; });
        if (stopping_) return;
        seen = news_;
    }
}

// Whether there was something to do.
Result<bool> Reader::step() {
    auto& context = parts_.context;
    const auto now = context.clock.now_ms();
    const auto waiting = TRY(context.db.read([now](Tx& tx) { return repo::has_due_links(tx, now); }));
    if (!waiting) return false;
    const auto due = TRY(context.db.write([now](Tx& tx) { return repo::claim_link(tx, now, now + limits::link_lease_ms); }));
    if (!due) return false;
    const auto link = read(*due);
    const auto then = context.clock.now_ms();
    TRY(context.db.write([&](Tx& tx) -> Result<> {
        if (link && !link->title.empty()) return repo::put_link(tx, *link, then);
        if (!link && may_answer_later(link.error()) && due->attempts < limits::link_attempts_max)
            return repo::postpone_link(tx, due->id, then + limits::link_retry_ms);
        return repo::put_empty_link(tx, due->id, then);
    }));
    return true;
}

Result<Link> Reader::preview(const std::string& url) {
    const auto kept = TRY(parts_.context.db.read([&](Tx& tx) -> Result<std::vector<Link>> {
        const auto state = TRY(repo::find_link(tx, url));
        if (!state || !state->good) return std::vector<Link>{};
        return repo::links_by_ids(tx, std::span(&state->id, 1));
    }));
    if (!kept.empty()) return kept.front();
    auto link = TRY(read({.id = 0, .url = url, .attempts = 0}));
    if (link.title.empty()) return fail(Code::not_found, "The page says nothing of itself", url);
    return link;
}

Result<Link> Reader::read(const repo::DueLink& due) {
    const auto url = TRY(Url::parse(due.url));
    if (TRY(parts_.suspended(url.host_port()))) return fail(Code::forbidden, "the host is suspended here", due.url);
    const auto answer = TRY(get(parts_.transport, due.url, html_pages));
    auto page = TRY(read_page(answer.final_url, answer.headers.get("Content-Type").value_or(""), answer.body));
    if (!page.oembed_url.empty())
        if (const auto said = get(parts_.transport, page.oembed_url, "application/json"))
            add_oembed(page.link, answer.final_url, said->body);
    look_at_picture(page.link);
    page.link.id = due.id;
    page.link.url = due.url;
    if (!page.creator.empty()) name_author(page.link, page.creator);
    return std::move(page.link);
}

// What it shows before it is there. A page may do without, and so may its picture.
void Reader::look_at_picture(Link& link) {
    if (link.image_url.empty() || !parts_.look_at) return;
    const auto picture = parts_.look_at(link.image_url);
    if (!picture) return;
    link.image_blurhash = picture->blurhash;
    if (link.width > 0 && link.height > 0) return;
    link.width = picture->width;
    link.height = picture->height;
}

// A page may name anybody as its author: it counts where that person names the page's site
// (attributionDomains), which the page that was asked for decides, not one that it led to.
void Reader::name_author(Link& link, const std::string& creator) {
    const auto account = parts_.find_account(creator);
    const auto url = Url::parse(link.url);
    if (!account || !url) return;
    const auto settings = parts_.context.db.read([&](Tx& tx) { return repo::profile_settings(tx, *account); });
    if (!settings) return;
    const auto& domains = settings->attribution_domains;
    if (std::any_of(domains.begin(), domains.end(), [&](const auto& domain) { return covers(domain, url->host_port()); }))
        link.author_id = *account;
}

}  // namespace kith::links
