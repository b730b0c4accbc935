#pragma once
#include "config/address.hpp"
#include "node/api/oauth/sign_in_throttle.hpp"
#include "node/community/context.hpp"
#include "storage/model/actor.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kith::oauth {

// The one way in by name and password, for pages and every API: it asks for the second factor where
// there is one, and counts what fails, by address, by name and by account. Thread-safe.
class SignInDoor {
public:
    explicit SignInDoor(community::Context& context) : context_(context), throttle_(context.clock) {}

    enum class Answer { entered, wrong, code_wanted, code_wrong, expired, throttled };
    struct Outcome {
        Answer answer = Answer::wrong;
        std::optional<model::User> user;  // who entered
        std::string text;                 // why not, for people
        std::string pending;              // code_wanted by a page: what it shows to code()
    };

    // Both at once, as programs give them. `code` may be empty: then code_wanted tells that one is needed.
    Result<Outcome> enter(const IpAddress&, std::string_view name, std::string_view password, std::string_view code);

    // One after the other, as pages ask. The second step holds for limits::pending_sign_in_ms.
    Result<Outcome> password(const IpAddress&, std::string_view name, std::string_view password);
    Result<Outcome> code(const IpAddress&, std::string_view pending, std::string_view code);

    // Of who is in already, before something that matters: the password once more, and the second
    // factor where there is one and `code` is given.
    Result<Outcome> confirm(const IpAddress&, const model::User&, std::string_view password,
                            std::optional<std::string_view> code);
    // A code alone, of who is in already.
    Result<Outcome> confirm_code(const IpAddress&, const model::User&, std::string_view code);

private:
    bool allows(const std::string& one, const std::string& other);
    void failed(const std::string& one, const std::string& other);
    Result<Outcome> check_password(const IpAddress&, std::string_view name, std::string_view password);
    Result<Outcome> check_code(const IpAddress&, const model::User&, std::string_view code);

    community::Context& context_;
    SignInThrottle throttle_;
};

}  // namespace kith::oauth
