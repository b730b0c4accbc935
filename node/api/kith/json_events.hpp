#pragma once
#include "base/json/writer.hpp"
#include "node/api/kith/routes.hpp"
#include "node/community/gatherings.hpp"

#include <optional>
#include <string_view>

// Entities about events (docs/api-notes.md).
namespace kith::own_api {

inline constexpr std::string_view gathering_states[] = {"scheduled", "tentative", "cancelled", "postponed"};  // by number
inline constexpr std::string_view join_modes[] = {"free", "restricted", "external", "none"};                  // likewise
inline constexpr std::string_view answer_states[] = {"asked", "going", "refused", "left"};                    // likewise

// The place of a name in one of these.
template <std::size_t n>
std::optional<int> number_of(const std::string_view (&names)[n], std::string_view name) {
    for (std::size_t i = 0; i < n; ++i)
        if (names[i] == name) return int(i);
    return std::nullopt;
}

// Of a post that is an event.
void write_event(json::Writer&, const ApiContext&, const community::PostView&);
// {id, state, at, account}
void write_answer(json::Writer&, const ApiContext&, const community::RsvpView&);

}  // namespace kith::own_api
