#include "storage/repo/documents.hpp"

namespace kith::repo {

using sql::Tx;

Result<> put_document(Tx& tx, const DocumentRow& d) {
    TRY(tx.execute("INSERT INTO node_document (kind, effective_at, text, updated_at) VALUES ($1, $2, $3, $4) ON "
                   "CONFLICT (kind, effective_at) DO UPDATE SET text = excluded.text, updated_at = "
                   "excluded.updated_at",
                   {d.kind, d.effective_at, d.text, d.updated_at}));
    return {};
}

Result<std::vector<DocumentRow>> documents_of_kind(Tx& tx, int kind) {
    std::vector<DocumentRow> out;
    for (const auto& row : TRY(tx.query("SELECT kind, effective_at, text, updated_at FROM node_document WHERE kind = "
                                        "$1 ORDER BY effective_at DESC",
                                        {kind})))
        out.push_back({int(row.integer(0)), row.integer(1), row.str(2), row.integer(3)});
    return out;
}

}  // namespace kith::repo
