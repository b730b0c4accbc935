#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {
struct MediaType;
}

namespace kith::http {

// A file that came in a multipart form. The views live as long as the Exchange that it came by.
struct File {
    std::string name;           // of the field
    std::string filename;       // what the client calls it: never a path to open
    std::string content_type;   // as claimed
    std::string_view bytes;
};

// What a client asks for, as one set from query string and body, whichever form the body has
// (urlencoded, multipart, JSON), on every verb: clients mix them freely.
//
// Keys are written with brackets, as in forms: {"poll":{"options":["a"]}} in JSON is the same as
// poll[options][]=a, and an empty array or object the same as an empty text. JSON null is the same as absent,
// where nobody asks for it. The body overrides the query string, and of a
// key that comes twice the last one counts. All text is valid UTF-8 without U+0000.
class Params {
public:
    // Which parser a body needs is decided by its Content-Type; a body of another type has no
    // parameters. `body` outlives the Params. Code::invalid where query or body is broken or
    // limits::http_params_max or limits::http_param_key_bytes_max are passed.
    static Result<Params> read(std::string_view query, std::string_view content_type,
                               std::string_view body);

    // Given, perhaps empty.
    bool has(std::string_view key) const { return get(key).has_value(); }
    std::optional<std::string_view> get(std::string_view key) const;
    bool is_null(std::string_view key) const;  // said to be null by a JSON body, and by nothing else
    std::string_view get_or(std::string_view key, std::string_view otherwise) const;
    std::optional<std::string> text(std::string_view key) const;  // as get, to keep
    // false for 0 f F false False FALSE off OFF, true for all else; empty is as absent.
    std::optional<bool> flag(std::string_view key) const;
    bool flag_or(std::string_view key, bool otherwise) const;
    // A whole decimal number; anything else is as absent.
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<Id> id(std::string_view key) const;

    // id=1, id[]=1&id[]=2, id[0]=1&id[1]=2 and a JSON array are all lists.
    std::vector<std::string_view> list(std::string_view key) const;
    // What is below `poll`, with keys as if it stood alone: poll[options][]=a gives options[]=a.
    Params nested(std::string_view key) const;
    // The elements of an array of objects, in order: fields[0][name]=a, fields[][name]=a,
    // {"fields":[{"name":"a"}]} and {"fields":{"0":{"name":"a"}}}.
    std::vector<Params> children(std::string_view key) const;

    const File* file(std::string_view key) const;
    const std::vector<File>& files() const { return files_; }
    bool empty() const { return values_.empty() && files_.empty(); }

    // Code::invalid where a bound is passed or the text is not clean.
    Result<> add(std::string key, std::string value);
    void add_null(std::string key);

private:
    struct Value {
        std::string key, text;
    };

    Result<> add_urlencoded(std::string_view);
    Result<> add_multipart(const MediaType&, std::string_view body);
    Result<> add_json(std::string_view);

    std::vector<Value> values_;
    std::vector<std::string> nulls_;
    std::vector<File> files_;
};

}  // namespace kith::http
