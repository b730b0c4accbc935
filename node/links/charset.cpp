#include "node/links/charset.hpp"

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

#include <array>
#include <cerrno>
#include <iconv.h>

namespace kith::links {

namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

// What pages call by one name and browsers read as another (Encoding Standard, 4.2).
std::string_view spoken_name(std::string_view charset) {
    if (charset == "iso-8859-1" || charset == "latin1" || charset == "ascii" || charset == "us-ascii") return "windows-1252";
    if (charset == "gb2312" || charset == "gbk") return "gb18030";
    if (charset == "shift_jis" || charset == "shift-jis" || charset == "x-sjis") return "cp932";
    return charset;
}

}  // namespace

std::string to_utf8(std::string_view text, std::string_view charset) {
    if (charset.empty() || charset == "utf-8" || charset == "utf8") return utf8::to_valid(text);
    const auto from = std::string(spoken_name(charset));
    const auto converter = iconv_open("UTF-8", from.c_str());
    if (converter == iconv_t(-1)) return utf8::to_valid(text);
    std::string out;
    std::array<char, 4096> piece;
    auto* in = const_cast<char*>(text.data());  // iconv(3) reads it only
    auto in_left = text.size();
    while (in_left > 0) {
        auto* to = piece.data();
        auto room = piece.size();
        const auto done = iconv(converter, &in, &in_left, &to, &room);
        const int why = errno;
        out.append(piece.data(), piece.size() - room);
        if (done != std::size_t(-1) || why == E2BIG) continue;
        out += replacement;
        if (why == EINVAL) break;  // cut off within a character
        ++in;
        --in_left;
    }
    iconv_close(converter);
    return out;
}

}  // namespace kith::links
