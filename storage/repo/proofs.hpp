#pragma once
#include "base/core/result.hpp"
#include "base/core/ids.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string>
#include <string_view>

// What proves something once: letters read from a picture. Only hashes are kept.
namespace kith::repo {

Result<> add_captcha(sql::Tx&, std::string_view id, std::string_view answer_hash, TimeMs expires_at);
// The hash of its answer; it is gone by that, whether the answer is right or not. Nothing where it is none
// or over.
Result<std::optional<std::string>> take_captcha(sql::Tx&, std::string_view id, TimeMs now);
Result<> trim_captchas(sql::Tx&, TimeMs now);
Result<std::int64_t> count_captchas(sql::Tx&);

}  // namespace kith::repo
