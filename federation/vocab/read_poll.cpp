#include <algorithm>

#include "config/limits/vocab.hpp"
#include "federation/vocab/post_parts.hpp"
#include "federation/vocab/shapes.hpp"

namespace kith::vocab {
namespace {

std::vector<PollOption> read_options(json::View property) {
    std::vector<PollOption> options;
    for (json::View each : property) {
        if (options.size() == limits::vocab_poll_options_max) break;
        auto title = text_or_map(each, "name", "nameMap", limits::vocab_name_bytes_max);
        if (title.empty()) continue;
        const auto votes = count_of(each["replies"]["totalItems"]).value_or(0);
        options.push_back({std::move(title), votes});
    }
    return options;
}

}  // namespace

std::optional<Poll> read_poll(json::View question) {
    Poll poll;
    poll.options = read_options(question["oneOf"]);
    if (poll.options.empty()) {
        poll.options = read_options(question["anyOf"]);
        poll.multiple = true;
    }
    if (poll.options.empty()) return std::nullopt;

    poll.end_time = time_of(question["endTime"]);
    poll.voters_count = count_of(question["votersCount"]);
    // `closed` is a date, also a coming one (then it is what endTime says), or true: closed at a
    // time that has passed, whatever endTime says.
    poll.closed = time_of(question["closed"]);
    if (poll.closed && !poll.end_time) poll.end_time = poll.closed;
    if (question["closed"].maybe_boolean().value_or(false)) {
        const auto seen = time_of(question.first_of({"updated", "published"})).value_or(0);
        poll.closed = std::min(poll.end_time.value_or(seen), seen);
    }
    return poll;
}

}  // namespace kith::vocab
