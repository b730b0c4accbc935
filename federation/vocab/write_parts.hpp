#pragma once
#include "base/json/writer.hpp"
#include "federation/vocab/objects.hpp"
#include "federation/vocab/writer.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Members that the parts of the writer share.
namespace kith::vocab {

void write_context(json::Writer&, Context, std::string_view context_json);
void write_time(json::Writer&, std::string_view name, const std::optional<TimeMs>&);
void write_ids(json::Writer&, std::string_view name, const std::vector<std::string>& ids);
// {"type":"Image", …} or, where there is none, no member at all.
void write_image(json::Writer&, std::string_view name, const std::optional<Image>&);

// write_tags.cpp: `tag`, or no member where there are none.
void write_tags(json::Writer&, const std::vector<Tag>&);
// {"type":"CommunityPostTag", …} as Lemmy has it.
void write_group_tag(json::Writer&, const Tag&, Context = Context::without);

// write_gathering.cpp: what an Event has beside its text (FEP-8a8e, DRAFT).
void write_gathering(json::Writer&, const Post&);

// write_quote.cpp
void write_quote(json::Writer&, const Post&);
void write_interaction_policy(json::Writer&, const InteractionPolicy&);

}  // namespace kith::vocab
