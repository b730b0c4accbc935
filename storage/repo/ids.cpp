#include "storage/repo/ids.hpp"

namespace kith::repo {

std::string json_ids(std::span<const Id> ids) {
    std::string out = "[";
    for (auto id : ids) {
        if (out.size() > 1) out += ',';
        out += std::to_string(id);
    }
    return out += ']';
}

}  // namespace kith::repo
