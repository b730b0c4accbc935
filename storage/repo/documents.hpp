#pragma once
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <vector>

// What a node says about itself, by kind (a number of the community's) and the time from which it holds.
namespace kith::repo {

struct DocumentRow {
    int kind = 0;
    TimeMs effective_at = 0;
    std::string text;
    TimeMs updated_at = 0;
};
Result<> put_document(sql::Tx&, const DocumentRow&);
Result<std::vector<DocumentRow>> documents_of_kind(sql::Tx&, int kind);  // those that hold last first

}  // namespace kith::repo
