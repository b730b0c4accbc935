#include "node/community/language.hpp"

#include "base/html/to_text.hpp"
#include "base/text/language.hpp"

namespace kith::community {

std::string likely_language(const model::Post& post) {
    return text::language_of(post.title + "\n" + post.summary + "\n" + html::to_text(post.content));
}

}  // namespace kith::community
