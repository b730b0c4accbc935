#include "federation/vocab/shapes.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "config/limits/vocab.hpp"
#include "federation/vocab/reader.hpp"

namespace kith::vocab {
namespace {

FileLink read_link(json::View value) {
    if (!value.is_object()) return {normalize_id(value.string_or({})), {}, {}};
    // A Link has href; some write an Image or Document with a url of its own in its place.
    const json::View address = value.first_of({"href", "url"});
    return {normalize_id(address.string_or({})), word_of(value["mediaType"]), value};
}

std::size_t recipient_count(json::View object) {
    return object["to"].size() + object["cc"].size() + object["bto"].size() + object["bcc"].size();
}

// ids_of both, without repeats.
std::vector<std::string> merged_ids(json::View open, json::View blind) {
    auto ids = ids_of(open);
    for (auto& id : ids_of(blind))
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(std::move(id));
    return ids;
}

}  // namespace

std::string text_of(json::View value, std::size_t bytes_max) {
    return std::string(utf8::truncate_bytes(value.at(0).string_or({}), bytes_max));
}

std::string word_of(json::View value) {
    const auto word = text::trim(value.at(0).string_or({}));
    return word.size() > limits::vocab_word_bytes_max ? std::string() : std::string(word);
}

std::string text_or_map(json::View object, std::string_view name, std::string_view map_name,
                        std::size_t bytes_max) {
    auto text = text_of(object[name], bytes_max);
    const json::View map = object[map_name];
    for (std::size_t i = 0; text.empty() && i < map.member_count(); ++i)
        text = text_of(map.member(i), bytes_max);
    return text;
}

std::optional<TimeMs> time_of(json::View value) {
    TimeMs time = 0;
    if (!parse_iso8601(value.at(0).string_or({}), time)) return std::nullopt;
    return time;
}

std::optional<std::int64_t> count_of(json::View value) {
    const auto count = value.maybe_integer();
    return count && *count >= 0 ? count : std::nullopt;
}

std::string page_url_of(json::View url) {
    std::string best;
    for (json::View each : url) {
        auto link = read_link(each);
        if (link.url.empty()) continue;
        if (text::starts_with_i(link.media_type, "text/html")) return std::move(link.url);
        if (best.empty() && link.media_type.empty()) best = std::move(link.url);
    }
    return best;
}

FileLink file_link_of(json::View url, std::string_view media_type_beginning) {
    FileLink first;
    for (json::View each : url) {
        auto link = read_link(each);
        if (link.url.empty()) continue;
        if (text::starts_with_i(link.media_type, media_type_beginning)) return link;
        if (first.url.empty()) first = std::move(link);
    }
    return first;
}

std::optional<Image> image_of(json::View value) {
    for (json::View each : value) {
        const json::View address = each.is_object() ? each.first_of({"url", "href"}) : each;
        auto file = file_link_of(address, "image/");
        if (file.url.empty()) continue;
        auto media_type = word_of(each["mediaType"]);
        if (media_type.empty()) media_type = std::move(file.media_type);
        return Image{std::move(file.url), std::move(media_type),
                     text_of(each.first_of({"summary", "name"}), limits::vocab_text_bytes_max)};
    }
    return std::nullopt;
}

Result<> read_recipients(json::View object, std::vector<std::string>& to,
                         std::vector<std::string>& cc) {
    if (recipient_count(object) > limits::vocab_recipients_max)
        return fail(Code::invalid, "too many recipients");
    to = merged_ids(object["to"], object["bto"]);
    cc = merged_ids(object["cc"], object["bcc"]);
    return {};
}

}  // namespace kith::vocab
