#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/model/group_team.hpp"

#include <span>
#include <string>
#include <vector>

// What a group's rules look at, and whether one is met. Pure; the time it takes is bounded by the length of
// the text and limits::auto_rule_terms_max, because nobody writes patterns.
namespace kith::community {

struct JudgedPost {
    std::string text;                // title, words and warning, as fold() gives them
    std::vector<std::string> hosts;  // to which it links, normalised
    std::int64_t account_age_ms = 0;
    int earlier_posts = 0;           // of its author in the group
};

// Title, warning and HTML of a post as they are judged.
JudgedPost judged(std::string_view title, std::string_view warning, std::string_view html, std::string_view link);

// Words stand for themselves in any case (base/text/words.hpp); a host is met with all below it; a newcomer
// is one by age or by number of posts, whichever the rule names.
bool meets(const model::AutoRule&, const JudgedPost&);
// A rule as it is stored, from what somebody typed: words folded, hosts normalised. Code::unprocessable: no
// term, too many or too long ones, what is no host; no days and no posts; no reason.
struct NewAutoRule {
    model::AutoRuleKind kind = model::AutoRuleKind::words;
    model::AutoRuleAction action = model::AutoRuleAction::hold;
    std::vector<std::string> terms;
    int days = 0, posts = 0;
    std::string reason;
};
Result<model::AutoRule> checked_rule(const NewAutoRule&);
// The first rule that is met; nothing where none is.
const model::AutoRule* first_met(std::span<const model::AutoRule>, const JudgedPost&);

}  // namespace kith::community
