#pragma once
#include "node/community/context.hpp"
#include "node/community/posts.hpp"
#include "storage/repo/comment_marks.hpp"

#include <optional>
#include <string>
#include <vector>

// Threads that ask something: one comment of a thread may be its answer, chosen by the thread's author or by the
// group's team. The latest word counts on every node (docs/decisions/0032).
namespace kith::community {

// In place of another one; nothing where it is that already. Code::not_found for what is no comment of the thread or
// not seen, Code::forbidden for others than the author and the team, and in an archived group.
Result<> choose_answer(Context&, Id who, Id thread, Id comment);
// Code::unprocessable where there is none.
Result<> take_back_answer(Context&, Id who, Id thread);

// What somebody said of a comment.
struct AnswerWord {
    Id by = 0;
    bool chosen = true;
    std::string ap_id;  // of the activity
    TimeMs at = 0;
};
// Its effects: the comment's author here is told, and where it is not the thread's author who speaks, the log has a
// line. False where a later word is known. The caller has judged who may say it.
Result<bool> apply_answer(sql::Tx&, const Context&, const model::Post& comment, const model::Post& first, const AnswerWord&);
// What the document of a thread from elsewhere names, where nothing else is known.
Result<> note_answer(sql::Tx&, const model::Post& first, const std::string& answer_ap_id);

// What a thread's group says of it and of its comments.
struct ThreadSummary {
    PostView thread;
    std::optional<PostView> answer;
    std::optional<model::Actor> chosen_by;
    std::optional<TimeMs> chosen_at;
    std::vector<repo::FoldedRow> folded;  // at most limits::folded_shown_max
};
Result<ThreadSummary> thread_summary(Context&, const Viewer&, Id thread);  // Code::not_found: not seen, in no group, no thread

// A group's threads with or without an answer, the newest first. Code::not_found for a group that is not here.
struct AnsweredThread {
    PostView thread;
    std::optional<PostView> answer;
};
struct AnsweredQuery {
    Id group_id = 0;
    std::optional<bool> answered;
    std::optional<Id> tag_id;
    std::optional<Id> max_id;
    int limit = 20;
};
Result<std::vector<AnsweredThread>> threads_by_answer(Context&, const Viewer&, const AnsweredQuery&);

}  // namespace kith::community
