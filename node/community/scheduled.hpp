#pragma once
#include "node/community/paging.hpp"
#include "node/community/posts.hpp"
#include "storage/model/personal.hpp"

#include <string>

// Posts that wait for their time.
namespace kith::community {

inline constexpr std::string_view scheduled_job = "scheduled_post";

struct ScheduledView {
    Id id = 0;
    TimeMs due_at = 0;
    NewPost draft;
    std::vector<model::Attachment> media;
};
// Code::unprocessable for a time that is less than limits::scheduled_lead_ms ahead, and for one post too
// many. What the post itself may not be is found out now, too, as far as it can be.
Result<ScheduledView> schedule_post(Context&, Id actor, const NewPost&, TimeMs due_at);
Result<ScheduledView> reschedule_post(Context&, Id actor, Id id, TimeMs due_at);
Result<> cancel_scheduled(Context&, Id actor, Id id);
Result<ScheduledView> scheduled_by_id(Context&, Id actor, Id id);
Result<Page<ScheduledView>> scheduled_posts(Context&, Id actor, const PageRequest&);

// The job: posts what it names where its time has come and it is still there.
Result<> publish_scheduled(Context&, const std::string& payload);

}  // namespace kith::community
