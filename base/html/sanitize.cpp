#include "base/html/sanitize.hpp"

#include <utility>

#include "base/html/reader.hpp"
#include "base/html/serializer.hpp"

namespace kith::html {

std::string sanitize(std::string_view html) {
    Reader reader(html);
    Serializer serializer(Serializer::BareUrls::stay_text);
    for (Token token; !serializer.full() && reader.next(token);) serializer.write(token);
    return std::move(serializer).finish();
}

}  // namespace kith::html
