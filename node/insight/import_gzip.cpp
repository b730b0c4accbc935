#include "node/insight/import.hpp"

#include <zlib.h>

#include <memory>

#include "config/limits/insight.hpp"

namespace kith::insight {
namespace {

constexpr int gzip_only = 16 + MAX_WBITS;  // zlib: no raw or zlib streams

Result<std::string> inflate_all(std::string_view bytes, z_stream& stream) {
    std::string text;
    char chunk[64 * 1024];
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads
    stream.avail_in = static_cast<uInt>(bytes.size());
    while (true) {
        stream.next_out = reinterpret_cast<Bytef*>(chunk);
        stream.avail_out = sizeof chunk;
        const int state = inflate(&stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
            return fail(Code::invalid, "the gzip file is damaged or cut short");
        text.append(chunk, sizeof chunk - stream.avail_out);
        if (text.size() > limits::import_bytes_max)
            return fail(Code::too_large, "the unpacked file is larger than " +
                                             std::to_string(limits::import_bytes_max >> 20) +
                                             " MiB");
        if (state != Z_STREAM_END) continue;
        if (stream.avail_in == 0) return text;
        if (inflateReset(&stream) != Z_OK) return fail(Code::internal, "gzip failed");
    }
}

}  // namespace

Result<std::string> unpack_import(std::string_view bytes) {
    if (bytes.size() > limits::import_bytes_max)
        return fail(Code::too_large, "the file is larger than " +
                                         std::to_string(limits::import_bytes_max >> 20) + " MiB");
    if (!bytes.starts_with("\x1f\x8b")) return std::string(bytes);
    z_stream stream{};
    if (inflateInit2(&stream, gzip_only) != Z_OK) return fail(Code::internal, "gzip failed");
    const std::unique_ptr<z_stream, decltype(&inflateEnd)> end(&stream, inflateEnd);
    return inflate_all(bytes, stream);
}

}  // namespace kith::insight
