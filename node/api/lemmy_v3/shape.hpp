#pragma once
#include "node/api/lemmy/shape.hpp"

// The records of Lemmy's API v3 (lemmy-js-client 0.19.9). Members that are left out where they have no value
// are left out.
namespace kith::lemmy::v3 {

const Shape& shape();

// What several answers of v3 have besides: {"person_id", "post_count", "comment_count"} and so on.
void write_person_counts(json::Writer&, const ApiContext&, Id person);
// Comment, with all that a CommentView has, inside an object that has begun already.
void write_comment_members(json::Writer&, const ApiContext&, const community::CommentItem&, const community::ThreadItem& thread);
void write_instance(json::Writer&, std::string_view host);  // of another host

}  // namespace kith::lemmy::v3
