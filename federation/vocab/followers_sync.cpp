#include "federation/vocab/followers_sync.hpp"

#include <algorithm>

#include "base/crypto/digest.hpp"
#include "base/crypto/encoding.hpp"
#include "base/text/strings.hpp"
#include "config/limits/followers_sync.hpp"

namespace kith::vocab {
namespace {

constexpr std::size_t digest_bytes = 32;

bool is_hex_digest(std::string_view text) {
    return text.size() == 2 * digest_bytes && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

// Takes `name="value"` and the comma behind it off the front.
Result<> take_parameter(std::string_view& rest, FollowersState& out) {
    const auto malformed = fail(Code::invalid, "the Collection-Synchronization is malformed");
    const auto equals = rest.find("=\"");
    if (equals == rest.npos) return malformed;
    const auto name = text::trim(rest.substr(0, equals));
    rest.remove_prefix(equals + 2);
    const auto end = rest.find('"');
    if (end == rest.npos) return malformed;
    const auto value = rest.substr(0, end);
    rest = text::trim(rest.substr(end + 1));
    if (!rest.empty()) {
        if (!rest.starts_with(',')) return malformed;
        rest = text::trim(rest.substr(1));
        if (rest.empty()) return malformed;
    }
    auto* place = name == "collectionId" ? &out.collection_id
                  : name == "url"        ? &out.url
                  : name == "digest"     ? &out.digest
                                         : nullptr;
    if (!place) return {};
    if (!place->empty()) return malformed;
    *place = value;
    return {};
}

}  // namespace

std::string followers_digest(std::span<const std::string> ids) {
    std::string sum(digest_bytes, '\0');
    for (const auto& id : ids) {
        const auto one = crypto::sha256(id);
        for (std::size_t i = 0; i < digest_bytes; ++i) sum[i] = char(sum[i] ^ one[i]);
    }
    return crypto::hex_encode(sum);
}

std::string write_followers_state(const FollowersState& state) {
    return "collectionId=\"" + state.collection_id + "\", url=\"" + state.url + "\", digest=\"" +
           state.digest + "\"";
}

Result<FollowersState> read_followers_state(std::string_view header) {
    FollowersState out;
    if (header.size() > limits::followers_sync_header_bytes_max)
        return fail(Code::too_large, "the Collection-Synchronization is too long");
    auto rest = text::trim(header);
    while (!rest.empty()) TRY(take_parameter(rest, out));
    out.digest = text::to_lower_ascii(out.digest);
    if (out.collection_id.empty() || out.url.empty() || !is_hex_digest(out.digest))
        return fail(Code::invalid, "the Collection-Synchronization is not complete");
    return out;
}

}  // namespace kith::vocab
