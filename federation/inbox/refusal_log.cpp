#include "federation/inbox/refusal_log.hpp"

#include "base/text/utf8.hpp"
#include "config/limits/inbox.hpp"
#include "storage/repo/inbox.hpp"

namespace kith::inbox {
namespace {

// Headers and unread bodies hold any bytes; the log is text.
void make_text(std::string& field) {
    if (!utf8::valid(field) || field.find('\0') != field.npos) field = "(not text)";
    field = utf8::truncate_bytes(field, limits::refusal_field_bytes_max);
}

}  // namespace

RefusalLog::RefusalLog(sql::Db& db, const Clock& clock, IdGenerator& ids)
    : db_(db),
      clock_(clock),
      ids_(ids),
      rate_(clock, {limits::refusal_lines_burst, limits::refusal_lines_per_second}, 1) {}

void RefusalLog::add(model::Refusal line) {
    if (rate_.take("lines") > 0) return;
    line.id = ids_.next();
    line.at = clock_.now_ms();
    for (auto* field :
         {&line.reason, &line.host, &line.key_id, &line.actor_ap_id, &line.activity_ap_id})
        make_text(*field);
    const bool trim = lines_.fetch_add(1) % limits::refusals_between_trims == 0;
    db_.write_later([line = std::move(line), trim](sql::Tx& tx) -> Result<> {
        if (trim) TRY(repo::trim_refusals(tx, limits::refusals_max));
        return repo::add_refusal(tx, line);
    });
}

}  // namespace kith::inbox
