#pragma once
#include "node/api/oauth/carried.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kith::oauth {

// The pages of the flow, as HTML; every text is escaped by the template. They work without
// JavaScript.
struct SignInPage {
    std::string node, app, error, name;
    bool sign_up = false, forgotten = false;  // whether there are pages for it
    Hidden carry;
};
std::string sign_in_page(const SignInPage&);

// The second step, for who has a second factor.
struct CodePage {
    std::string node, error, pending;
    Hidden carry;
};
std::string code_wanted_page(const CodePage&);

struct ConsentPage {
    std::string node, app, website, name, acct, csrf;
    std::vector<std::string> permissions;  // in words
    Hidden carry;
};
std::string consent_page(const ConsentPage&);

std::string code_page(std::string_view node, std::string_view app, std::string_view code);
std::string notice_page(std::string_view node, std::string_view heading, std::string_view text);
std::string error_page(std::string_view node, std::string_view text);

// "read:statuses" → "see posts": for the consent page.
std::string permission_in_words(std::string_view scope);

}  // namespace kith::oauth
