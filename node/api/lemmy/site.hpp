#pragma once
#include "base/json/writer.hpp"
#include "node/api/lemmy/api_context.hpp"

#include <string>

namespace kith::lemmy {

// "site_view" into an object that was begun; and GetSiteResponse.
Result<> write_site_view(json::Writer&, const ApiContext&);
Result<std::string> site_json(const ApiContext&);

}  // namespace kith::lemmy
