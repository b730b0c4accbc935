#include "federation/inbox/lane.hpp"

#include "federation/vocab/reader.hpp"

namespace kith::inbox {
namespace {

constexpr std::string_view barrier_text = "*";

bool is_of_owner(json::View activity) {
    return vocab::has_type(activity, "Create") || vocab::has_type(activity, "Update") ||
           vocab::has_type(activity, "Delete");
}

// Neither an announced activity nor an undone one is looked into any deeper.
std::string plain_key(json::View activity) {
    auto object = vocab::id_of(activity["object"].at(0));
    if (object.empty()) object = vocab::id_of(activity["id"]);
    return is_of_owner(activity) ? object : vocab::id_of(activity["actor"]) + ' ' + object;
}

std::string key_of(json::View activity) {
    const auto object = activity["object"].at(0);
    const bool undoes = vocab::has_type(activity, "Undo") && !object["object"].is_nothing();
    if (!undoes) return plain_key(activity);
    return is_of_owner(object)
               ? vocab::id_of(object["object"].at(0))
               : vocab::id_of(activity["actor"]) + ' ' + vocab::id_of(object["object"].at(0));
}

bool is_barrier(json::View activity) {
    if (vocab::has_type(activity, "Move")) return true;
    const auto object = activity["object"].at(0);
    if (vocab::has_type(activity, "Delete"))
        return vocab::id_of(object) == vocab::id_of(activity["actor"]);
    return vocab::has_type(activity, "Undo") && object["object"].is_nothing();
}

}  // namespace

std::optional<json::View> spread_activity(json::View activity) {
    const bool spreads = vocab::has_type(activity, "Announce") || vocab::has_type(activity, "Add");
    const auto inner = activity["object"].at(0);
    if (!spreads || !inner.is_object() || !vocab::is_activity_type(inner)) return {};
    return inner;
}

Lane lane_of(json::View activity) {
    if (is_barrier(activity)) return {.barrier = true};
    if (const auto inner = spread_activity(activity))
        return {.key = key_of(*inner), .inner_actor = vocab::id_of((*inner)["actor"])};
    return {.key = key_of(activity)};
}

std::string Lane::text() const {
    if (barrier) return std::string(barrier_text);
    return inner_actor.empty() ? key : key + '\t' + inner_actor;  // ids hold no tabs
}

Lane Lane::parse(std::string_view text) {
    if (text == barrier_text) return {.barrier = true};
    const auto tab = text.find('\t');
    if (tab == text.npos) return {.key = std::string(text)};
    return {.key = std::string(text.substr(0, tab)),
            .inner_actor = std::string(text.substr(tab + 1))};
}

}  // namespace kith::inbox
