#pragma once
#include "node/community/context.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a member brings along from another node: whom they follow and block, and what they saved. Done by a job,
// some at a time, because what is not known here has to be asked for.
namespace kith::community {

enum class ImportKind { follow = 0, save = 1, mute_group = 2, block = 3, block_groups_of = 4, block_host = 5 };
struct ImportEntry {
    ImportKind kind = ImportKind::follow;
    std::string name;  // an id, or a host
};
inline constexpr std::string_view import_job = "import_settings";
Result<> queue_import(Context&, Id member, const std::vector<ImportEntry>&);

// Makes an actor or post known, by its id; the answer is its id here.
struct ImportLookup {
    std::function<Result<Id>(const std::string&)> actor, post;
};
// The next entries; the payload of those after them, or nothing when all are done. What cannot be found or done is
// passed over.
Result<std::optional<std::string>> continue_import(Context&, const std::string& payload, const ImportLookup&);

}  // namespace kith::community
