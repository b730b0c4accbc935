#include "node/community/captcha.hpp"

#include "base/crypto/digest.hpp"
#include "base/text/strings.hpp"
#include "config/limits/sign_up.hpp"
#include "storage/repo/proofs.hpp"

namespace kith::community {

using sql::Tx;

namespace {

constexpr std::size_t id_bytes = 16;
// None that look alike: no 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B, U and V.
constexpr std::string_view letters = "ACDEFGHJKMNPRTWXY34679";

// With its id, so that one answer has another hash each time.
std::string hash_of(std::string_view id, std::string_view answer) {
    std::string plain(id);
    plain += ':';
    for (const char c : answer)
        if (c != ' ') plain += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    return crypto::hash_secret(plain);
}

}  // namespace

Result<Captcha> make_captcha(Context& context) {
    Captcha made{.id = context.random.token(id_bytes), .answer = {}};
    for (int i = 0; i < limits::captcha_letters; ++i) made.answer += letters[context.random.below(letters.size())];
    const auto now = context.clock.now_ms();
    TRY(context.db.write([made, now](Tx& tx) -> Result<> {
        TRY(repo::trim_captchas(tx, now));
        if (TRY(repo::count_captchas(tx)) >= limits::captchas_max) return fail(Code::rate_limited, "Too many requests");
        return repo::add_captcha(tx, made.id, hash_of(made.id, made.answer), now + limits::captcha_ms);
    }));
    return made;
}

Result<bool> solves_captcha(Context& context, std::string_view id, std::string_view answer) {
    if (id.empty() || answer.size() > std::size_t(limits::captcha_letters) * 4) return false;
    const auto now = context.clock.now_ms();
    const auto hash = TRY(context.db.write([id = std::string(id), now](Tx& tx) { return repo::take_captcha(tx, id, now); }));
    return hash && crypto::constant_time_equal(*hash, hash_of(id, answer));
}

}  // namespace kith::community
