#pragma once
#include "base/core/result.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith::mastodon {

struct Translated {
    std::vector<std::string> texts;  // in the order of what was given
    std::string source_language;     // as given, or as found
};

// A server that translates. node/main puts the configured one behind it. Calls take as long as it does;
// thread-safe. Code::unavailable where it does not answer, Code::upstream where it answers wrongly.
class Translator {
public:
    virtual ~Translator() = default;
    // HTML and plain text alike; `from` "" = find out.
    virtual Result<Translated> translate(std::span<const std::string> texts, std::string_view from,
                                         std::string_view to) = 0;
    // Into what each language can be translated.
    virtual Result<std::map<std::string, std::vector<std::string>>> languages() = 0;
    virtual std::string_view name() const = 0;
};

}  // namespace kith::mastodon
