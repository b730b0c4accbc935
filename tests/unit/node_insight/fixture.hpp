#pragma once
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

#include "node/insight/import.hpp"
#include "node/insight/responses.hpp"
#include "node/insight/snapshot.hpp"

// The recorded communities of tests/data/insight as histories, and names for what metrics return.
namespace kith::insight::test {

inline constexpr TimeMs t0 = 1'767'571'200'000;  // 2026-01-05T00:00Z, a Monday

inline TimeMs day(double days) { return t0 + TimeMs(days * double(day_ms)); }
inline TimeMs at(int day, int hour) { return t0 + day * day_ms + hour * hour_ms; }

inline std::string read_data(const std::string& name) {
    std::ifstream file(std::string(KITH_TEST_DATA) + "/insight/" + name, std::ios::binary);
    if (!file) throw std::runtime_error("no test data " + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string joined(const std::set<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

template <class T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().safe_text);
    return std::move(*result);
}

// Ids as they come: people from 1, objects from 1000001.
inline GroupHistory history_of(const std::vector<ImportedEvent>& events) {
    GroupHistory history;
    history.name = "garden";
    history.group = 1'000'000;  // neither
    std::map<std::string, std::size_t> people;
    std::map<std::string, Id> objects;
    const auto person = [&](const std::string& name) -> Actor& {
        const auto [place, added] = people.try_emplace(name, history.actors.size());
        if (added) {
            Actor actor;
            actor.id = Id(people.size());
            actor.name = name;
            history.actors.push_back(actor);
        }
        return history.actors[place->second];
    };
    for (const ImportedEvent& event : events) {
        Actor& actor = person(event.actor);
        actor.role = event.role;
        actor.origin = event.origin;
        actor.opted_out = event.opted_out;
        if (event.kind == ImportedKind::join) {
            actor.spells.push_back({event.at, {}});
            continue;
        }
        Contribution c;
        c.object = Id(1'000'001 + objects.size());
        objects[event.object] = c.object;
        c.author = actor.id;
        c.at = event.at;
        c.label = event.object;
        if (!event.parent.empty()) c.parent = objects.at(event.parent);
        if (!event.answers.empty()) c.answers = person(event.answers).id;
        history.contributions.push_back(c);
    }
    return history;
}

inline GroupHistory gold14() { return history_of(value_of(read_tsv(read_data("gold14.tsv"), t0))); }

inline Actor& actor_named(GroupHistory& history, const std::string& name) {
    for (Actor& actor : history.actors)
        if (actor.name == name) return actor;
    throw std::runtime_error("nobody is named " + name);
}

inline Contribution& post_labelled(GroupHistory& history, const std::string& label) {
    for (Contribution& c : history.contributions)
        if (c.label == label) return c;
    throw std::runtime_error("no post " + label);
}

// A history with what is computed from it, alive together.
struct Known {
    GroupHistory history;
    Snapshot snapshot;
    Responses responses;

    explicit Known(GroupHistory h, TimeMs as_of = day(28))
        : history(std::move(h)), snapshot(history, as_of), responses(first_responses(snapshot)) {}
    Known(const Known&) = delete;

    std::string name(Index person) const { return snapshot.people()[person].actor.name; }
    std::string label(Index post) const { return std::string(snapshot.posts()[post].label); }
    // Sorted: "a b c".
    std::string names(const std::vector<Index>& people) const {
        std::set<std::string> sorted;
        for (const Index person : people) sorted.insert(name(person));
        return joined(sorted);
    }
};

}  // namespace kith::insight::test
