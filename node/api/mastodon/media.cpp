// Pictures, videos and sounds (Mastodon: methods/media; entities/MediaAttachment). Small pictures are made
// before the answer, so that what is uploaded may be used at once; of all else the newer endpoint answers
// with what is known (202), and whoever asks again is told when it is done.
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

constexpr int still_at_work = 206;  // methods/media: the file is being made

Result<> answer(const ApiContext& api, Exchange& exchange, const community::OwnPicture& own, int status_while_waiting) {
    json::Writer w;
    if (own.state == repo::UploadState::failed) return fail(Code::unprocessable, own.problem);
    const bool waits = own.state == repo::UploadState::waiting;
    if (waits)
        write_waiting_attachment(w, api.community, own.picture);
    else
        write_attachment(w, api.community, own.picture);
    return exchange.json(waits ? status_while_waiting : 200, w.take());
}

std::optional<double> number_of(std::string_view text) {
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return {};
    return value;
}

Result<> upload(const ApiContext& api, Exchange& exchange, files::Uploads::Answer when) {
    const auto me = TRY(acting_account(api, exchange, {write_media}));
    const auto& params = *TRY(exchange.params());
    const auto text = TRY(picture_text(params));
    TRY(community::check_text(text));  // before the work
    const auto* file = params.file("file");
    if (!file) return fail(Code::unprocessable, "Validation failed: File can't be blank");
    const auto* thumbnail = params.file("thumbnail");
    const auto own = TRY(api.uploads->take(
        me, {file->bytes, thumbnail ? thumbnail->bytes : std::string_view()}, text, when));
    return answer(api, exchange, own, 202);
}

Result<> upload_and_wait(const ApiContext& api, Exchange& exchange) {
    return upload(api, exchange, files::Uploads::Answer::when_done);
}

Result<> upload_at_once(const ApiContext& api, Exchange& exchange) {
    return upload(api, exchange, files::Uploads::Answer::at_once);
}

Result<> show(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_media}));
    return answer(api, exchange, TRY(community::picture_by_id(api.community, me, TRY(exchange.id_param()))),
                  still_at_work);
}

Result<> change(const ApiContext& api, Exchange& exchange) {
    const auto me = TRY(acting_account(api, exchange, {write_media}));
    const auto& params = *TRY(exchange.params());
    const auto text = TRY(picture_text(params));
    const auto id = TRY(exchange.id_param());
    TRY(community::describe_picture(api.community, me, id, text));
    if (const auto* thumbnail = params.file("thumbnail")) TRY(api.uploads->set_thumbnail(me, id, thumbnail->bytes));
    return answer(api, exchange, TRY(community::picture_by_id(api.community, me, id)), 200);
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
    if (!api.uploads) return;
    add_endpoints(router, api,
                  {{"POST", "/api/v1/media", upload_and_wait},
                   {"POST", "/api/v2/media", upload_at_once},
                   {"GET", "/api/v1/media/:id", show},
                   {"PUT", "/api/v1/media/:id", change},
                   {"PATCH", "/api/v1/media/:id", change},
                   {"DELETE", "/api/v1/media/:id", remove}});
}

}  // namespace kith::mastodon
