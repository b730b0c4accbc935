#pragma once
#include <cstddef>
#include <cstdint>

// Every bound in the program, by place, each with its unit in its name. What an admin may change has
// a key in the configuration of the same name; the value here is its default.
namespace kith::limits {

// ---- base/json -------------------------------------------------------------------------------
inline constexpr int json_depth_max = 32;
inline constexpr std::size_t json_members_max = 20'000;   // of one document, all objects together

}  // namespace kith::limits
