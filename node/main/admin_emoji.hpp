#pragma once
#include "node/main/admin.hpp"
#include "node/media/pictures.hpp"

namespace kith {

// kith emoji add|import|remove|list|export. What takes pictures in is done by the running node, which
// has the tools for it.
inline constexpr std::string_view emoji_add_command = "emoji add";
inline constexpr std::string_view emoji_import_command = "emoji import";
Result<std::string> emoji_add(community::Context&, media::Pictures&, const AdminRequest&);
Result<std::string> emoji_import(community::Context&, media::Pictures&, const AdminRequest&);
Result<std::string> emoji_without_node(community::Context&, const AdminRequest&);
Result<std::string> emoji_remove(community::Context&, const AdminRequest&);
Result<std::string> emoji_list(community::Context&, const AdminRequest&);

}  // namespace kith
