#include "federation/inbox/fetchers.hpp"

#include <algorithm>

#include "base/text/url.hpp"
#include "config/limits/inbox.hpp"
#include "federation/inbox/lane.hpp"
#include "federation/vocab/reader.hpp"

namespace kith::inbox {
namespace {

Result<Fetched> parse(const std::string& id, const std::string& raw) {
    return Fetched{id, raw, TRY(json::Document::parse(raw))};
}

}  // namespace

TimeMs fetched_since(const Inbound& inbound) {
    const auto root = inbound.document.root();
    const auto speaks_of = spread_activity(root).value_or(root);
    const bool is_news = vocab::has_type(speaks_of, "Update") ||
                         vocab::has_type(speaks_of, "Delete") ||
                         vocab::has_type(speaks_of, "Move") || vocab::has_type(speaks_of, "Undo") ||
                         vocab::has_type(speaks_of, "Remove");
    return is_news ? inbound.row.received_at : 0;
}

Result<Fetched> CacheOnlyFetcher::fetch(const std::string& id) {
    if (const auto raw = cache_.find(id, since_)) return parse(id, *raw);
    wanted_ = true;
    return fail(Code::unavailable, "it has to be fetched", id);
}

int CacheOnlyFetcher::fetches_left() const { return limits::inbox_fetches_max; }

BudgetFetcher::BudgetFetcher(const FetchSources& sources, TimeMs since)
    : sources_(sources),
      since_(since),
      deadline_(sources.clock.now_ms() + limits::inbox_fetch_total_ms),
      left_(limits::inbox_fetches_max) {}

Result<Fetched> BudgetFetcher::fetch(const std::string& id) {
    const auto url = TRY(Url::parse(id));
    if (TRY(sources_.blocks.suspended(url.host_port())))
        return fail(Code::forbidden, "the host is blocked", id);
    if (const auto raw = sources_.cache.find(id, since_)) return parse(id, *raw);
    if (left_ <= 0)
        return fail(Code::invalid, "more would have to be fetched than one activity may cause", id);
    const auto time_left = deadline_ - sources_.clock.now_ms();
    if (time_left <= 0) return fail(Code::timeout, "fetching took too long", id);
    --left_;
    auto found = TRY(
        sources_.documents.fetch(id, std::min<TimeMs>(time_left, limits::inbox_fetch_timeout_ms)));
    sources_.cache.put(found.id, found.raw);
    return Fetched{std::move(found.id), std::move(found.raw), std::move(found.document)};
}

}  // namespace kith::inbox
