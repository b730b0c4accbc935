#pragma once
#include "node/community/context.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a member sets for the clients of Lemmy's API: some of it these read back, some of it decides what lists
// hold. By the names that SaveUserSettings has for them.
namespace kith::community {

class Preferences {
public:
    Preferences() = default;
    explicit Preferences(std::map<std::string, std::string, std::less<>> values) : values_(std::move(values)) {}

    bool flag(std::string_view name) const;      // as set, else as by default
    std::string text(std::string_view name) const;
    std::optional<std::int64_t> number(std::string_view name) const;
    std::vector<std::string> list(std::string_view name) const;
    bool is_set(std::string_view name) const { return values_.contains(name); }

private:
    std::map<std::string, std::string, std::less<>> values_;  // JSON
};
Result<Preferences> preferences(Context&, Id member);

enum class PreferenceKind { flag, text, choice, number, words, numbers };
struct PreferenceRule {
    std::string_view name;
    PreferenceKind kind = PreferenceKind::flag;
    std::string_view otherwise;                 // JSON
    std::vector<std::string_view> choices = {}; // of a choice
};
const std::vector<PreferenceRule>& preference_rules();

// What came, as text, under each name; a list has one for each element. Code::unprocessable for what does not fit
// its rule; then nothing is kept.
Result<> set_preferences(Context&, Id member, const std::map<std::string, std::vector<std::string>>&);

}  // namespace kith::community
