#include "node/ap/negotiation.hpp"

#include "base/text/accept.hpp"

#include <algorithm>

namespace kith::ap {

namespace {

constexpr std::string_view activity_types[] = {
    "application/activity+json",
    "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
    "application/ld+json",
};

}  // namespace

Form form_of(std::string_view field) {
    const auto accept = Accept::parse(field);
    double activity = 0;
    for (const auto type : activity_types) activity = std::max(activity, accept.quality(type));
    return accept.quality("text/html") > activity ? Form::page : Form::activity;
}

bool asks_for_activity(std::string_view field) {
    const auto accept = Accept::parse(field);
    const bool named = accept.names("application/activity+json") || accept.names("application/ld+json");
    return named && form_of(field) == Form::activity;
}

}  // namespace kith::ap
