#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kith::oauth {

using Hidden = std::vector<std::pair<std::string, std::string>>;  // fields that a form carries on

// The pages of the flow, as HTML; every text is escaped by the template. They work without
// JavaScript.
struct SignInPage {
    std::string node, app, error, name;
    Hidden carry;
};
std::string sign_in_page(const SignInPage&);

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
