#pragma once
#include <string>
#include <string_view>

#include "base/metrics/registry.hpp"

// The text format itself (Prometheus "Exposition formats", version 0.0.4); for Registry::expose.
namespace kith::metrics {

void expose_family(std::string& out, std::string_view name, std::string_view help,
                   const Family<Counter>&);
void expose_family(std::string& out, std::string_view name, std::string_view help,
                   const Family<Gauge>&);
void expose_family(std::string& out, std::string_view name, std::string_view help,
                   const Family<Histogram>&);

}  // namespace kith::metrics
