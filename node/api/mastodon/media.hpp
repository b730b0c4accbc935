#pragma once
#include "node/community/media.hpp"
#include "node/http/params.hpp"

namespace kith::mastodon {

// `description` and `focus` ("x,y"). Code::unprocessable for a focus that is none.
Result<community::PictureText> picture_text(const http::Params&);

}  // namespace kith::mastodon
