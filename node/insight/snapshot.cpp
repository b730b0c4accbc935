#include "node/insight/snapshot.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace kith::insight {
namespace {

// One person from all records of the same id: an exclusion in any of them holds.
void merge(Actor& into, const Actor& from) {
    into.role = std::max(into.role, from.role);
    if (from.origin == Origin::remote) into.origin = Origin::remote;
    into.opted_out |= from.opted_out;
    into.suspended |= from.suspended;
    into.discoverable &= from.discoverable;
    into.name = std::max(into.name, from.name);
    into.spells.insert(into.spells.end(), from.spells.begin(), from.spells.end());
}

void cut_at(std::vector<Spell>& spells, TimeMs as_of) {
    std::erase_if(spells, [&](const Spell& spell) { return spell.joined_at >= as_of; });
    for (Spell& spell : spells)
        if (spell.left_at && *spell.left_at >= as_of) spell.left_at.reset();
}

bool known_before(std::optional<TimeMs> t, TimeMs as_of) { return t && *t < as_of; }

template <class Timed>
std::span<const Timed> in_window(const std::vector<Timed>& sorted, Window window) {
    const auto before = [](const Timed& x, TimeMs t) { return x.at < t; };
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), window.start, before);
    const auto last = std::lower_bound(first, sorted.end(), window.end, before);
    return {first, last};
}

}  // namespace

Snapshot::Snapshot(const GroupHistory& history, TimeMs as_of) : as_of_(as_of) {
    take_people(history);
    take_posts(history);
    take_reactions(history);
}

void Snapshot::take_people(const GroupHistory& history) {
    std::unordered_map<Id, Actor> by_id;
    for (const Actor& actor : history.actors) {
        const auto [place, added] = by_id.try_emplace(actor.id, actor);
        if (!added) merge(place->second, actor);
    }
    for (const Contribution& c : history.contributions)
        for (const Id id : {c.author, c.answers.value_or(c.author)})
            if (by_id.find(id) == by_id.end()) by_id[id].id = id;
    for (const Reaction& r : history.reactions)
        if (by_id.find(r.actor) == by_id.end()) by_id[r.actor].id = r.actor;

    people_.reserve(by_id.size());
    for (auto& [id, actor] : by_id) {
        Person person;
        person.actor = std::move(actor);
        cut_at(person.actor.spells, as_of_);
        person.population = population_of(person.actor, history.group, as_of_);
        person.joined_at = first_joined_at(person.actor);
        person.here = person.population == Population::member && member_at(person.actor, as_of_);
        people_.push_back(std::move(person));
    }
    std::sort(people_.begin(), people_.end(),
              [](const Person& a, const Person& b) { return a.actor.id < b.actor.id; });
}

void Snapshot::take_posts(const GroupHistory& history) {
    std::vector<const Contribution*> sources;
    for (const Contribution& c : history.contributions)
        if (c.at < as_of_) sources.push_back(&c);
    const auto object_order = [](const Contribution* a, const Contribution* b) {
        return std::tie(a->object, a->at, a->author) < std::tie(b->object, b->at, b->author);
    };
    std::sort(sources.begin(), sources.end(), object_order);

    // The earliest copy of an object stands for it; a deletion or lock of any copy is one of all.
    std::vector<std::pair<Post, const Contribution*>> once;
    for (const Contribution* c : sources) {
        if (once.empty() || once.back().first.object != c->object) {
            Post post;
            post.object = c->object;
            post.author = person_index(c->author);
            post.at = c->at;
            post.label = c->label;
            once.emplace_back(post, c);
        }
        once.back().first.deleted |= known_before(c->deleted_at, as_of_);
        once.back().first.locked |= known_before(c->locked_at, as_of_);
    }
    std::sort(once.begin(), once.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first.at, a.first.object) < std::tie(b.first.at, b.first.object);
    });

    sources.clear();
    posts_.reserve(once.size());
    for (const auto& [post, source] : once) {
        posts_.push_back(post);
        sources.push_back(source);
    }
    link_posts(sources);
    find_roots(sources);

    posts_of_.resize(people_.size());
    for (Index i = 0; i < posts_.size(); ++i)
        if (!posts_[i].deleted) posts_of_[posts_[i].author].push_back(i);
}

void Snapshot::link_posts(const std::vector<const Contribution*>& sources) {
    std::unordered_map<Id, Index> by_object;
    by_object.reserve(posts_.size());
    for (Index i = 0; i < posts_.size(); ++i) by_object.emplace(posts_[i].object, i);
    for (Index i = 0; i < posts_.size(); ++i) {
        const Contribution& source = *sources[i];
        if (source.parent) {
            const auto parent = by_object.find(*source.parent);
            if (parent != by_object.end()) posts_[i].parent = parent->second;
        }
        if (posts_[i].parent != no_index) {
            const Post& parent = posts_[posts_[i].parent];
            if (!parent.deleted) posts_[i].answers = parent.author;
        } else if (source.answers) {
            posts_[i].answers = person_index(*source.answers);
        }
    }
}

void Snapshot::find_roots(const std::vector<const Contribution*>& sources) {
    std::vector<Index> path;
    std::vector<bool> seen(posts_.size(), false);  // a peer can send posts that reply in a circle
    for (Index i = 0; i < posts_.size(); ++i) {
        path.clear();
        Index at = i;
        while (posts_[at].parent != no_index && !seen[at]) {
            seen[at] = true;
            path.push_back(at);
            at = posts_[at].parent;
        }
        if (!sources[at]->parent && !sources[at]->answers) posts_[at].root = at;
        for (const Index member : path) posts_[member].root = posts_[at].root;
    }
}

void Snapshot::take_reactions(const GroupHistory& history) {
    for (const Reaction& r : history.reactions)
        if (r.at < as_of_ && !known_before(r.undone_at, as_of_))
            reactions_.push_back({person_index(r.actor), r.at});
    std::sort(reactions_.begin(), reactions_.end(), [](const Act& a, const Act& b) {
        return std::tie(a.at, a.person) < std::tie(b.at, b.person);
    });
}

Index Snapshot::person_index(Id id) const {
    const auto place =
        std::lower_bound(people_.begin(), people_.end(), id,
                         [](const Person& person, Id wanted) { return person.actor.id < wanted; });
    return Index(place - people_.begin());
}

std::span<const Post> Snapshot::posts_in(Window window) const { return in_window(posts_, window); }

std::span<const Act> Snapshot::reactions_in(Window window) const {
    return in_window(reactions_, window);
}

Coverage Snapshot::coverage(Window window) const {
    Coverage coverage;
    for (const Person& person : people_) {
        // To opt out erases also when somebody came, so they are missing from every window.
        if (person.population != Population::opted_out && !member_during(person.actor, window))
            continue;
        switch (person.population) {
            case Population::member:
                ++coverage.included;
                coverage.remote += person.actor.origin == Origin::remote;
                break;
            case Population::bot:
                ++coverage.bots;
                break;
            case Population::operator_:
                ++coverage.operators;
                break;
            case Population::opted_out:
                ++coverage.opted_out;
                break;
            case Population::visitor:
            case Population::suspended:
                break;
        }
    }
    return coverage;
}

}  // namespace kith::insight
