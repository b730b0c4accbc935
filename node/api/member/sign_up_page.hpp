#pragma once
#include "node/api/oauth/carried.hpp"
#include "node/community/sign_up.hpp"
#include "storage/model/announcement.hpp"

#include <string>
#include <vector>

namespace kith::member {

// The form, as HTML, with what is wrong beside each field; every text is escaped by the template.
struct SignUpPage {
    std::string node, host, error;
    std::string name, email, reason, invite;  // as typed before
    bool agreed = false;                      // likewise
    std::string captcha_id, captcha_png;      // base64; empty where none is asked for
    bool asks_reason = false, asks_invite = false, needs_invite = false;
    std::vector<model::Rule> rules;
    std::vector<community::FieldError> errors;
    oauth::Hidden carry;
};
std::string sign_up_page(const SignUpPage&);

}  // namespace kith::member
