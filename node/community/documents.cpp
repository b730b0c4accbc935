#include "node/community/documents.hpp"

#include "base/html/markdown.hpp"
#include "base/text/strings.hpp"
#include "config/limits/announcements.hpp"
#include "storage/repo/documents.hpp"

namespace kith::community {

using sql::Tx;

namespace {

Document document_of(const repo::DocumentRow& row) {
    return {row.text, html::render_markdown(row.text), row.effective_at, row.updated_at};
}

Failure none() { return fail(Code::not_found, "Record not found"); }

// Those that hold last come first.
Terms terms_at(const std::vector<repo::DocumentRow>& rows, std::size_t index, TimeMs now) {
    Terms out{.document = document_of(rows[index]), .effective = rows[index].effective_at <= now, .succeeded_by = {}};
    if (index > 0) out.succeeded_by = rows[index - 1].effective_at;
    return out;
}

Result<std::vector<repo::DocumentRow>> rows_of(Context& context, DocumentKind kind) {
    return context.db.read([kind](Tx& tx) { return repo::documents_of_kind(tx, int(kind)); });
}

}  // namespace

Result<> set_document(Context& context, DocumentKind kind, std::string_view markdown, TimeMs effective_at) {
    if (text::trim(markdown).empty()) return fail(Code::unprocessable, "the document is empty");
    if (markdown.size() > limits::document_bytes_max)
        return fail(Code::unprocessable,
                    "the document is longer than " + std::to_string(limits::document_bytes_max) + " bytes");
    const repo::DocumentRow row{.kind = int(kind),
                                .effective_at = kind == DocumentKind::terms ? effective_at : 0,
                                .text = std::string(markdown),
                                .updated_at = context.clock.now_ms()};
    return context.db.write([&](Tx& tx) { return repo::put_document(tx, row); });
}

Result<Document> document(Context& context, DocumentKind kind) {
    if (kind == DocumentKind::terms) return TRY(terms(context)).document;
    const auto rows = TRY(rows_of(context, kind));
    if (rows.empty()) return none();
    return document_of(rows.front());
}

Result<Terms> terms(Context& context) {
    const auto rows = TRY(rows_of(context, DocumentKind::terms));
    if (rows.empty()) return none();
    const auto now = context.clock.now_ms();
    std::size_t index = 0;
    while (index + 1 < rows.size() && rows[index].effective_at > now) ++index;
    return terms_at(rows, index, now);
}

Result<Terms> terms_of_day(Context& context, TimeMs day) {
    const auto rows = TRY(rows_of(context, DocumentKind::terms));
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].effective_at / day_ms == day / day_ms) return terms_at(rows, i, context.clock.now_ms());
    return none();
}

}  // namespace kith::community
