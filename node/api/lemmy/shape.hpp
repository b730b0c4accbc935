#pragma once
#include "base/json/writer.hpp"
#include "node/api/lemmy/api_context.hpp"
#include "node/community/group_threads.hpp"
#include "node/community/reports.hpp"

#include <string_view>

// How another version of Lemmy's API writes the same records. The handlers are the same (handlers.hpp); what
// they write goes through entities.hpp, which asks the ApiContext's shape where it has one.
namespace kith::lemmy {

class Shape {
public:
    virtual ~Shape() = default;

    virtual void person(json::Writer&, const ApiContext&, const model::Actor&) const = 0;
    virtual void community(json::Writer&, const ApiContext&, const community::GroupView&) const = 0;
    virtual void post(json::Writer&, const ApiContext&, const community::ThreadItem&) const = 0;
    virtual void comment(json::Writer&, const ApiContext&, const community::CommentItem&) const = 0;

    virtual void person_view(json::Writer&, const ApiContext&, const model::Actor&, bool is_admin) const = 0;
    virtual void community_view(json::Writer&, const ApiContext&, const community::GroupView&) const = 0;
    virtual void post_view(json::Writer&, const ApiContext&, const community::ThreadItem&) const = 0;
    virtual void comment_view(json::Writer&, const ApiContext&, const community::CommentItem&, const community::ThreadItem& thread) const = 0;
    virtual void message_view(json::Writer&, const ApiContext&, const community::PostView&, Id viewer) const = 0;
    // Of a thread, or of a comment in it.
    virtual void report_view(json::Writer&, const ApiContext&, const community::ReportView&, const community::ThreadItem& thread,
                             const community::CommentItem* comment) const = 0;
    // What a comment's answer has besides.
    virtual void end_comment_response(json::Writer&) const = 0;
    // Of a moderator's act, where its clients do not ask for one.
    virtual std::string_view reason_unsaid() const = 0;
};

}  // namespace kith::lemmy
