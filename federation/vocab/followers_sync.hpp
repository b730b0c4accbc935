#pragma once
#include "base/core/result.hpp"

#include <span>
#include <string>
#include <string_view>

// What FEP-8fcf (followers collection synchronization) puts on the wire: pure functions.
namespace kith::vocab {

inline constexpr std::string_view collection_synchronization = "Collection-Synchronization";

// A Collection-Synchronization header.
struct FollowersState {
    std::string collection_id;  // the sender's followers
    std::string url;            // of those of them that the receiving host has
    std::string digest;         // of their ids, hexadecimal

    bool operator==(const FollowersState&) const = default;
};

// XOR of the SHA-256 digests of the ids, as 64 hexadecimal digits; zeros where there are none.
std::string followers_digest(std::span<const std::string> ids);

std::string write_followers_state(const FollowersState&);
// Code::invalid for what is not `name="value"` pairs with all three, each once. Others are skipped.
Result<FollowersState> read_followers_state(std::string_view header);

}  // namespace kith::vocab
