#pragma once
#include "base/json/view.hpp"
#include "federation/vocab/reader.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace kith::vocab::test {

// A text written with ' in place of ", which reads better inside C++.
inline std::string double_quoted(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c == '\'') c = '"';
    return out;
}

// What was read, with the document that its views look into.
template <class T>
struct Read {
    json::Document document;
    Result<T> result;

    explicit operator bool() const { return result.has_value(); }
    const T* operator->() const { return &*result; }
    const T& operator*() const { return *result; }
};

template <class T>
Read<T> read(Result<T> (*reader)(json::View), std::string_view quoted) {
    auto document = json::Document::parse(double_quoted(quoted));
    BOOST_REQUIRE_MESSAGE(document, "not JSON: " << quoted);
    auto result = reader(document->root());
    return {std::move(*document), std::move(result)};
}

// The members of a post that must be there, and those under test.
inline Read<Post> post_with(std::string_view members, std::string_view type = "Note") {
    return read(read_post,
                "{'id':'https://a.example/1','attributedTo':'https://a.example/ann','type':'" +
                    std::string(type) + "'," + std::string(members) + "}");
}

inline Read<Actor> actor_with(std::string_view members, std::string_view type = "Person") {
    return read(read_actor, "{'id':'https://a.example/ann','type':'" + std::string(type) + "'," +
                                std::string(members) + "}");
}

inline Read<Activity> activity_with(std::string_view members, std::string_view type = "Create") {
    return read(read_activity,
                "{'id':'https://a.example/c/1','actor':'https://a.example/ann','type':'" +
                    std::string(type) + "'," + std::string(members) + "}");
}

using Ids = std::vector<std::string>;

}  // namespace kith::vocab::test
