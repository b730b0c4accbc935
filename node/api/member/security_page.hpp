#pragma once
#include "node/community/devices.hpp"
#include "node/community/second_factor.hpp"

#include <string>
#include <string_view>
#include <vector>

// The pages of /settings/security, as HTML; every text is escaped by the template.
namespace kith::member {

struct SecurityPage {
    std::string node, csrf, acct;
    std::string notice, error;  // what was done, or why not; at the top
    community::SecondFactorState second_factor;
    std::vector<community::Device> devices;
    Id this_session = 0;
};
std::string security_page(const SecurityPage&);

// The app is to be told the secret, and a first code is asked for.
struct SetUpPage {
    std::string node, csrf, error;
    community::OfferedSecret offered;
    std::string qr_svg;  // markup of ours
};
std::string set_up_page(const SetUpPage&);

std::string recovery_codes_page(std::string_view node, const std::vector<std::string>& codes);

}  // namespace kith::member
