#include "node/community/inbound/emoji.hpp"

#include "config/limits/emoji.hpp"
#include "storage/repo/emoji.hpp"

#include <algorithm>
#include <map>

namespace kith::community {

using sql::Tx;

namespace {

constexpr TimeMs hearsay_at = -1;  // older than whatever the host itself says

bool stands_in(const model::Post& post, const vocab::Post& v, const std::string& code) {
    auto has = [&code](const std::string& text) { return text.find(code) != text.npos; };
    if (has(post.content) || has(post.summary) || has(post.title)) return true;
    return v.poll && std::any_of(v.poll->options.begin(), v.poll->options.end(),
                                 [&](const vocab::PollOption& o) { return has(o.title); });
}

}  // namespace

Result<Id> store_emoji(Tx& tx, const Context& context, const model::Actor& from,
                       const vocab::Tag& emoji, SaidBy by) {
    const auto said_at = std::clamp<TimeMs>(emoji.updated.value_or(0), 0, context.clock.now_ms());
    return repo::put_emoji(
        tx, {.id = context.ids.next(),
             .host = from.host,
             .shortcode = emoji.name,
             .url = emoji.icon_url,
             .updated_at = by == SaidBy::own_host ? said_at : hearsay_at});
}

Result<> store_emojis(Tx& tx, const Context& context, const model::Post& post,
                      const model::Actor& author, const vocab::Post& v) {
    TRY(repo::clear_post_emojis(tx, post.id));
    std::map<std::string, const vocab::Tag*> used;  // in order: two posts never wait for each other
    for (const auto& tag : v.tags)
        if (tag.type == vocab::TagType::emoji && used.size() < limits::post_emojis_max &&
            stands_in(post, v, ":" + tag.name + ":"))
            used.emplace(tag.name, &tag);
    for (const auto& [name, tag] : used)
        TRY(repo::add_post_emoji(tx, post.id, TRY(store_emoji(tx, context, author, *tag, SaidBy::own_host))));
    return {};
}

}  // namespace kith::community
