#pragma once
#include "config/config.hpp"

#include <string>
#include <string_view>

namespace kith {

// The software that this node says it is to apps that ask for a name (nodeinfo.present_as); else kith and
// `own_version`.
struct PresentedSoftware {
    std::string name, version;
};
inline PresentedSoftware presented_software(const Config& config, std::string_view own_version) {
    const auto& text = config.nodeinfo.present_as;
    if (text.empty()) return {"kith", std::string(own_version)};
    const auto space = text.find(' ');
    return {text.substr(0, space), text.substr(space + 1)};
}

}  // namespace kith
