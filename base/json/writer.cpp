#include "base/json/writer.hpp"

#include <cmath>
#include <vector>

#include "base/json/rapid.hpp"
#include "base/text/utf8.hpp"

namespace kith::json {
namespace {

struct Frame {
    // dropped: a second root value, written nowhere
    enum class Of { root, array, object, dropped };
    Of of = Of::root;
    bool filled = false;   // root: has its value
    bool has_key = false;  // object: a key waits for its value
};

rapidjson::SizeType size_of(std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
}

}  // namespace

struct Writer::Held {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> out{buffer};
    std::vector<Frame> frames{Frame{}};
    bool misused = false;

    // Prepares the place where the next value goes; false where there is none.
    bool place() {
        Frame& frame = frames.back();
        switch (frame.of) {
            case Frame::Of::array:
                return true;
            case Frame::Of::dropped:
                return false;
            case Frame::Of::root:
                if (frame.filled) return misused = true, false;
                return frame.filled = true;
            case Frame::Of::object:
                if (!frame.has_key) misused = true, out.Key("", 0);
                frame.has_key = false;
                return true;
        }
        return false;
    }

    void open(Frame::Of of) {
        if (!place()) of = Frame::Of::dropped;
        if (of == Frame::Of::object) out.StartObject();
        if (of == Frame::Of::array) out.StartArray();
        frames.push_back(Frame{of});
    }

    void close() {
        const Frame frame = frames.back();
        if (frame.has_key) misused = true, out.Null();
        if (frame.of == Frame::Of::object) out.EndObject();
        if (frame.of == Frame::Of::array) out.EndArray();
        frames.pop_back();
    }

    template <class Write>
    void string(std::string_view text, Write write) {
        const bool has_nul = text.find('\0') != text.npos;
        if (!has_nul && utf8::valid(text)) {
            write(text);
            return;
        }
        std::string mended = utf8::to_valid(text);
        for (auto at = mended.find('\0'); at != mended.npos; at = mended.find('\0', at)) {
            mended.replace(at, 1, utf8::replacement);
        }
        write(std::string_view(mended));
    }
};

Writer::Writer() : held_(std::make_unique<Held>()) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Writer& Writer::object() {
    held_->open(Frame::Of::object);
    return *this;
}

Writer& Writer::array() {
    held_->open(Frame::Of::array);
    return *this;
}

Writer& Writer::end() {
    if (held_->frames.back().of == Frame::Of::root)
        held_->misused = true;
    else
        held_->close();
    return *this;
}

Writer& Writer::key(std::string_view name) {
    Frame& frame = held_->frames.back();
    if (frame.of == Frame::Of::dropped) return *this;
    if (frame.of != Frame::Of::object) {
        held_->misused = true;
        return *this;
    }
    if (frame.has_key) {
        held_->misused = true;
        held_->out.Null();
    }
    held_->string(name, [&](std::string_view text) { held_->out.Key(text.data(), size_of(text)); });
    frame.has_key = true;
    return *this;
}

Writer& Writer::value(std::string_view text) {
    if (held_->place()) {
        held_->string(text, [&](std::string_view t) { held_->out.String(t.data(), size_of(t)); });
    }
    return *this;
}

Writer& Writer::value(bool yes) {
    if (held_->place()) held_->out.Bool(yes);
    return *this;
}

Writer& Writer::value(double number) {
    if (!std::isfinite(number)) return null();
    if (held_->place()) held_->out.Double(number);
    return *this;
}

Writer& Writer::value(View view) { return raw(view.text()); }

Writer& Writer::integer(std::int64_t number) {
    if (held_->place()) held_->out.Int64(number);
    return *this;
}

Writer& Writer::unsigned_integer(std::uint64_t number) {
    if (held_->place()) held_->out.Uint64(number);
    return *this;
}

Writer& Writer::null() {
    if (held_->place()) held_->out.Null();
    return *this;
}

Writer& Writer::raw(std::string_view json) {
    if (json.empty()) return null();
    // The type given here only decides where the library may put it, which place() has done.
    if (held_->place()) held_->out.RawValue(json.data(), json.size(), rapidjson::kObjectType);
    return *this;
}

bool Writer::misused() const { return held_->misused; }

std::string Writer::take() {
    while (held_->frames.size() > 1) held_->close();
    if (!held_->frames.back().filled) held_->out.Null();
    std::string text(held_->buffer.GetString(), held_->buffer.GetSize());
    held_->buffer.Clear();
    held_->out.Reset(held_->buffer);
    held_->frames.assign(1, Frame{});
    held_->misused = false;
    return text;
}

}  // namespace kith::json
