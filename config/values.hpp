#pragma once
#include "config/keys.hpp"

#include <optional>

// Reading and showing one value of each type that a key may have. Internal to config/.
// `read_value` answers false where the raw value is not of its type; `show_value` gives TOML.
namespace kith::config {

bool read_value(const Raw&, std::string& out);
bool read_value(const Raw&, bool& out);  // also "on", "off" …
bool read_value(const Raw&, std::int64_t& out);
bool read_value(const Raw&, std::vector<std::string>& out);
bool read_value(const Raw&, std::vector<TimeMs>& out);  // durations
bool read_value(const Raw&, std::vector<Network>& out);
bool read_value(const Raw&, std::map<std::string, std::string>& out);
bool read_value(const Raw&, ListenAddress& out);
bool read_value(const Raw&, std::optional<ListenAddress>& out);  // "" is none
bool read_value(const Raw&, Scheme& out);
bool read_value(const Raw&, RegistrationMode& out);
bool read_value(const Raw&, BlocksShown& out);
bool read_value(const Raw&, log::Level& out);
bool read_value(const Raw&, log::Format& out);

std::string show_value(const std::string&);
std::string show_value(bool);
std::string show_value(std::int64_t);
std::string show_value(const std::vector<std::string>&);
std::string show_value(const std::vector<TimeMs>&);
std::string show_value(const std::vector<Network>&);
std::string show_value(const std::map<std::string, std::string>&);
std::string show_value(const ListenAddress&);
std::string show_value(const std::optional<ListenAddress>&);
std::string show_value(Scheme);
std::string show_value(RegistrationMode);
std::string show_value(BlocksShown);
std::string show_value(log::Level);
std::string show_value(log::Format);

}  // namespace kith::config
