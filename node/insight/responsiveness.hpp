#pragma once
#include "node/insight/responses.hpp"
#include "node/insight/statistics.hpp"

// How long a post waits for its first answer.
namespace kith::insight {

// Whose answer ends the wait: any other human's (operators, visitors, and those who opted out,
// without their name), or only a member's.
enum class AnsweredBy { any_human, members_only };

// A root post by M within the window, neither deleted nor locked.
struct RootWait {
    Index post = no_index;
    Wait wait;  // censored at as_of where there is no answer
    Index responder = no_index;
};

// M08's sample, in order of time. The curve and median are kaplan_meier(waits_of(…)).
std::vector<RootWait> root_waits(const Snapshot&, const Responses&, Window, AnsweredBy);
std::vector<Wait> waits_of(const std::vector<RootWait>&);

// M09 as a plain share: answered within the limit, of the posts at least that old.
struct AnsweredWithin {
    std::int64_t answered = 0;
    std::int64_t mature = 0;
};
AnsweredWithin answered_within(const std::vector<RootWait>&, const Snapshot&, TimeMs limit_ms);

// Of the first answers, how many an operator gave.
struct OperatorAnswers {
    std::int64_t by_operators = 0;
    std::int64_t answered = 0;
};
OperatorAnswers operator_answers(const std::vector<RootWait>&, const Snapshot&);

}  // namespace kith::insight
