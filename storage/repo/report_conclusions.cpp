#include "storage/repo/report_conclusions.hpp"

namespace kith::repo {

using sql::Tx;

Result<> set_report_conclusion(Tx& tx, Id report, std::string_view conclusion) {
    TRY(tx.execute("DELETE FROM report_conclusion WHERE report_id = $1", {report}));
    if (!conclusion.empty())
        TRY(tx.execute("INSERT INTO report_conclusion (report_id, conclusion) VALUES ($1, $2)", {report, conclusion}));
    return {};
}

Result<std::string> report_conclusion(Tx& tx, Id report) {
    const auto rows = TRY(tx.query("SELECT conclusion FROM report_conclusion WHERE report_id = $1", {report}));
    return rows.empty() ? std::string() : rows[0].str(0);
}

}  // namespace kith::repo
