#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <string>
#include <string_view>

// What a moderator told of how a report ended.
namespace kith::repo {

Result<> set_report_conclusion(sql::Tx&, Id report, std::string_view conclusion);  // "": none
Result<std::string> report_conclusion(sql::Tx&, Id report);

}  // namespace kith::repo
