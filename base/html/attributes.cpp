#include "base/html/attributes.hpp"

#include <algorithm>
#include <array>

#include "base/html/escape.hpp"
#include "base/html/link.hpp"
#include "base/text/strings.hpp"

namespace kith::html {
namespace {

bool is_allowed_class(std::string_view name) {
    constexpr std::array<std::string_view, 5> names = {"mention", "hashtag", "ellipsis",
                                                       "invisible", "quote-inline"};
    constexpr std::array<std::string_view, 5> microformats = {"h-", "p-", "u-", "dt-", "e-"};
    if (std::find(names.begin(), names.end(), name) != names.end()) return true;
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return text::is_alpha(c) || text::is_digit(c) || c == '-' || c == '_';
    });
    return plain && std::any_of(microformats.begin(), microformats.end(), [&](auto prefix) {
               return name.starts_with(prefix) && name.size() > prefix.size();
           });
}

std::string class_attribute(const Token& tag) {
    std::string kept;
    for (auto rest = tag.attribute("class"); !rest.empty();) {
        const auto end = std::min(rest.find_first_of(" \t\n\f\r"), rest.size());
        const auto name = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (is_allowed_class(name)) kept.append(kept.empty() ? "" : " ").append(name);
    }
    return kept.empty() ? kept : " class=\"" + kept + '"';
}

std::string number_attribute(const Token& tag, std::string_view name) {
    constexpr std::size_t digits_max = 9;
    const auto value = tag.attribute(name);
    if (value.empty() || value.size() > digits_max ||
        !std::all_of(value.begin(), value.end(), text::is_digit))
        return {};
    return " " + std::string(name) + "=\"" + std::string(value) + '"';
}

std::string no_translation(const Token& tag) {
    return tag.attribute("translate") == "no" ? " translate=\"no\"" : "";
}

}  // namespace

std::string kept_attributes(const Token& tag) {
    const auto name = tag.element->name;
    if (name == "ol") return number_attribute(tag, "start");
    if (name == "li") return number_attribute(tag, "value");
    if (name == "p") return class_attribute(tag);
    if (name == "span") return class_attribute(tag) + no_translation(tag);
    if (name == "a")
        return " href=\"" + escape(url_attribute(tag, "href")) + '"' + class_attribute(tag) +
               std::string(link_attributes) + no_translation(tag);
    return {};
}

std::string url_attribute(const Token& tag, std::string_view name) {
    return writable(text::trim(tag.attribute(name)));
}

}  // namespace kith::html
