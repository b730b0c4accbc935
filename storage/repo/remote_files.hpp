#pragma once
#include "base/core/clock.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Files of other servers that are kept here, by their URL.
namespace kith::repo {

struct RemoteFile {
    std::string url;
    std::string name;        // in the store; empty: there was nothing to be had
    std::string media_type;
    std::uint64_t bytes = 0;
    TimeMs retry_at = 0;     // of what was not there: until then nobody asks again
    TimeMs used_at = 0;
};
Result<std::optional<RemoteFile>> find_remote_file(sql::Tx&, std::string_view url);
// In the place of what was there by this URL.
Result<> put_remote_file(sql::Tx&, const RemoteFile&);
Result<> use_remote_file(sql::Tx&, std::string_view url, TimeMs now);
// Not used since then.
Result<std::vector<RemoteFile>> unused_remote_files(sql::Tx&, TimeMs since, int limit);
Result<> forget_remote_file(sql::Tx&, std::string_view url);

}  // namespace kith::repo
