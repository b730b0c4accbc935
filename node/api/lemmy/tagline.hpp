#pragma once
#include "base/json/writer.hpp"
#include "storage/model/node_act.hpp"

namespace kith::lemmy {

void write_tagline(json::Writer&, const model::Tagline&);

}  // namespace kith::lemmy
