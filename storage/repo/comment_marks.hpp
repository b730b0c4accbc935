#pragma once
#include "base/core/ids.hpp"
#include "base/core/result.hpp"
#include "storage/sql/db.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

// What is said of single comments in groups: that one is the answer to its thread, that one is shown folded.
namespace kith::repo {

struct ThreadAnswer {
    Id thread_id = 0;
    std::string answer_ap_id;  // "" = it was taken back
    std::optional<Id> by_id;
    TimeMs at = 0;             // when that was said: the latest word counts
};
// False where a later word, or one of the same time, is known.
Result<bool> set_answer(sql::Tx&, const ThreadAnswer&);
Result<std::optional<ThreadAnswer>> find_answer(sql::Tx&, Id thread);
Result<> forget_answer(sql::Tx&, Id comment);  // which is gone

// Of these threads, the answers that the viewer may see.
struct AnswerRow {
    Id thread_id = 0, answer_id = 0;
};
Result<std::vector<AnswerRow>> answers_of(sql::Tx&, std::optional<Id> viewer, std::span<const Id> threads);
Result<std::vector<Id>> answers_among(sql::Tx&, std::span<const Id> comments);

struct FoldedRow {
    Id post_id = 0, thread_id = 0;
    std::string reason;  // plain text
    TimeMs at = 0;
};
// False where it is so already.
Result<bool> fold_post(sql::Tx&, const FoldedRow&);
Result<bool> unfold_post(sql::Tx&, Id post);
Result<std::vector<FoldedRow>> folded_among(sql::Tx&, std::span<const Id> posts);
// That the viewer may see, the newest first.
Result<std::vector<FoldedRow>> folded_in_thread(sql::Tx&, std::optional<Id> viewer, Id thread, int limit);

}  // namespace kith::repo
