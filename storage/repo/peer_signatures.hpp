#pragma once
#include "base/core/result.hpp"
#include "storage/model/federation.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <string_view>

// In which flavour of HTTP signatures a host is spoken to first.
namespace kith::repo {

Result<std::optional<model::SignatureFlavour>> find_peer_signature(sql::Tx&, std::string_view host);
// What worked last.
Result<> put_peer_signature(sql::Tx&, std::string_view host, model::SignatureFlavour, TimeMs now);
// What the host says that it reads: counts only until something was tried.
Result<> hint_peer_signature(sql::Tx&, std::string_view host, model::SignatureFlavour, TimeMs now);

}  // namespace kith::repo
