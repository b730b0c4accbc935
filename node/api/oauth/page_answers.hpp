#pragma once
#include "node/community/context.hpp"
#include "node/http/exchange.hpp"

#include <string>
#include <string_view>

namespace kith::oauth {

// A page about somebody's own, which no cache keeps.
Result<> answer_page(http::Exchange&, int status, std::string html);
// Why not, as such a page.
Result<> refuse_page(const community::Context&, http::Exchange&, int status, std::string_view why);
// A form that no page of ours sent.
Result<> refuse_foreign_form(const community::Context&, http::Exchange&);

}  // namespace kith::oauth
