#pragma once
#include "base/core/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith {

// A media type with its parameters (RFC 9110 8.3.1): the value of Content-Type, or what we offer.
struct MediaType {
    std::string essence;  // "application/ld+json": type and subtype, lower case
    std::vector<std::pair<std::string, std::string>> params;  // names lower case, values unquoted

    // Code::unsupported for what has no such form, or more than limits::media_type_params_max.
    static Result<MediaType> parse(std::string_view text);

    // The first parameter of that name (given in lower case).
    std::optional<std::string_view> param(std::string_view name) const;

    // Whether `uri` is among the profile's URIs, which a space separates (RFC 6906).
    bool has_profile(std::string_view uri) const;
};

// What a client takes, and how gladly (RFC 9110 12.5.1). Elements that are not media ranges are
// passed over, as are those after the first limits::accept_ranges_max.
class Accept {
public:
    // An empty field, or one without any media range, accepts everything.
    static Accept parse(std::string_view field);

    // 0 (not acceptable) to 1, of the most specific range that matches. A range with parameters
    // matches only an offer that has them; of a profile, one of its URIs.
    double quality(const MediaType& offer) const;
    // The same for what parses as a media type; else 0.
    double quality(std::string_view offer) const;

    // Whether a range names that essence itself, with a quality over 0; wildcards do not count.
    // Tells a program that asks for ActivityPub from one that takes anything.
    bool names(std::string_view essence) const;

private:
    struct Range {
        MediaType type;
        double quality = 1;
    };
    std::vector<Range> ranges_;
};

}  // namespace kith
