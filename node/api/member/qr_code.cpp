#include "node/api/member/qr_code.hpp"

#include <memory>

#include <qrencode.h>

namespace kith::member {

namespace {

constexpr int quiet_zone = 4;

struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

Result<std::string> qr_code_svg(const std::string& text) {
    const std::unique_ptr<QRcode, Free> code(QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code) return fail(Code::unprocessable, "the text is too long for a QR code");
    const auto side = std::to_string(code->width + 2 * quiet_zone);
    std::string path;
    for (int y = 0; y < code->width; ++y)
        for (int x = 0; x < code->width; ++x)
            if (code->data[y * code->width + x] & 1)
                path += "M" + std::to_string(x + quiet_zone) + " " + std::to_string(y + quiet_zone) + "h1v1h-1z";
    return "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"QR code\" viewBox=\"0 0 " + side +
           " " + side + "\" shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" + side +
           "\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
}

}  // namespace kith::member
