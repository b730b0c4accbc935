// Pictures (Mastodon: methods/media; entities/MediaAttachment). They are made before the answer, so that
// what is uploaded may be used at once; clients that ask again find it done.
#include "node/api/mastodon/media.hpp"

#include "node/api/mastodon/routes.hpp"
#include "node/api/mastodon/status.hpp"
#include "node/http/exchange.hpp"

#include <charconv>

namespace kith::mastodon {

using http::Exchange;
using http::Params;

namespace {

constexpr std::string_view write_media = "write:media";

Result<> answer(const ApiContext& api, Exchange& exchange, const model::Attachment& picture) {
    json::Writer w;
    write_attachment(w, api.community, picture);
    return exchange.json(200, w.take());
}

std::optional<double> number_of(std::string_view text) {
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return {};
    return value;
}

Result<> upload(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_media}));
    const auto& params = *TRY(exchange.params());
    const auto text = TRY(picture_text(params));
    TRY(community::check_text(text));  // before the work
    const auto* file = params.file("file");
    if (!file) return fail(Code::unprocessable, "Validation failed: File can't be blank");
    const auto kept = TRY(api.pictures->take(file->bytes));
    const auto added = TRY(community::add_upload(
        api.community, me,
        {.name = kept.original.name,
         .preview_name = kept.preview.name,
         .media_type = kept.original.media_type,
         .blurhash = kept.blurhash,
         .width = kept.original.width,
         .height = kept.original.height},
        text));
    return answer(api, exchange, added);
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_media}));
    return answer(api, exchange, TRY(community::picture_by_id(api.community, me, TRY(exchange.id_param()))));
}

Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_media}));
    const auto text = TRY(picture_text(*TRY(exchange.params())));
    return answer(api, exchange,
                  TRY(community::describe_picture(api.community, me, TRY(exchange.id_param()), text)));
}

Result<> remove(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_media}));
    TRY(community::remove_upload(api.community, me, TRY(exchange.id_param())));
    return exchange.json(200, "{}");
}

}  // namespace

Result<community::PictureText> picture_text(const Params& params) {
    community::PictureText out;
    if (const auto text = params.get("description")) out.description = std::string(*text);
    const auto focus = params.get_or("focus", "");
    if (focus.empty()) return out;
    const auto comma = focus.find(',');
    const auto x = number_of(focus.substr(0, comma));
    const auto y = comma == focus.npos ? std::nullopt : number_of(focus.substr(comma + 1));
    if (!x || !y) return fail(Code::unprocessable, "Validation failed: Focus must be two numbers from -1 to 1");
    out.focus = {*x, *y};
    return out;
}

void add_media_routes(http::Router& router, const ApiContext& api) {
    if (!api.pictures) return;
    add_endpoints(router, api,
                  {{"POST", "/api/v1/media", upload},
                   {"POST", "/api/v2/media", upload},
                   {"GET", "/api/v1/media/:id", show},
                   {"PUT", "/api/v1/media/:id", change},
                   {"PATCH", "/api/v1/media/:id", change},
                   {"DELETE", "/api/v1/media/:id", remove}});
}

}  // namespace kith::mastodon
