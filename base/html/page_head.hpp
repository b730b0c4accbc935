#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::html {

// What a page says about itself, for machines: its title, and the meta and link elements wherever they
// stand (they are found in bodies as well). Texts have their references resolved and are not yet clean.
struct PageHead {
    std::string title, language;  // of <title>, of <html lang>
    std::vector<std::pair<std::string, std::string>> metas;  // property, name or itemprop, lower case; content
    struct Relation {
        std::string rel, type, href;  // rel in lower case
        // Whether `rel` holds this word.
        bool is(std::string_view word) const;
    };
    std::vector<Relation> relations;  // of <link> and <a> with a rel

    // The first of these that is there and not empty; "" where none is.
    std::string_view meta(std::initializer_list<std::string_view> names) const;
};

// Takes any bytes, as UTF-8; of each list at most limits::page_metas_max.
PageHead read_page_head(std::string_view html);

// The charset that a page names in its first kilobyte (HTML 13.2.3.2), in lower case, or "".
std::string page_charset(std::string_view html);

// The `src` of the first iframe, or "".
std::string first_iframe(std::string_view html);

// Where the first link leads that is neither a mention nor a hashtag: of the sanitised content of a
// post. "" where there is none.
std::string first_link(std::string_view html);

}  // namespace kith::html
