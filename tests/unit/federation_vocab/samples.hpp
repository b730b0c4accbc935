#pragma once
#include "federation/vocab/writer.hpp"

#include <map>
#include <string>

// One record of every kind that kith emits.
namespace kith::vocab::test {

inline const std::string home = "https://kith.example";
inline const std::string alice = home + "/u/alice";
inline const std::string garden = home + "/c/garden";
inline const std::string bob = "https://peer.example/users/bob";
inline const std::string everyone{public_collection};
inline constexpr TimeMs monday = 1'767'614'400'000;  // 2026-01-05T12:00:00Z

// The public halves of keys that nobody uses.
inline std::vector<Key> keys_of(const std::string& owner) {
    const std::string pem =
        "-----BEGIN PUBLIC KEY-----\n"
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDEW1Idkl9bdEerWjy1UyC3zSqD\n"
        "wt17ZjzvKWkkztNe3X3SpZ/QclVehROA8bhvuep9tedaWzD/6vwndT6KP+iCLQMR\n"
        "J0Fj6Rv7lRUFPQq2QS1RiFVXCiyOyVOfMk1sm8hdjaoNID0QZXz5x4XSJmfnNcNk\n"
        "lUgnRoxxn043EmgQKQIDAQAB\n"
        "-----END PUBLIC KEY-----\n";
    return {
        {owner + "#main-key", owner, pem, ""},
        {owner + "#ed25519-key", owner, "", "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"}};
}

inline Actor actor_at(const std::string& id, const std::string& name, ActorType type) {
    Actor a;
    a.id = id;
    a.type = type;
    a.preferred_username = name;
    a.webfinger = name + "@kith.example";
    a.inbox = id + "/inbox";
    a.outbox = id + "/outbox";
    a.shared_inbox = home + "/inbox";
    a.keys = keys_of(id);
    return a;
}

inline Actor person() {
    auto a = actor_at(alice, "alice", ActorType::person);
    a.name = "Alice Ånström";
    a.summary = "<p>Grows beans &amp; peas.</p>";
    a.summary_source = "Grows beans & peas.";
    a.url = home + "/@alice";
    a.followers = alice + "/followers";
    a.following = alice + "/following";
    a.featured = alice + "/featured";
    a.locked = true;
    a.discoverable = true;
    a.indexable = false;
    a.icon = Image{home + "/media/alice.png", "image/png", "a bean"};
    a.image = Image{home + "/media/field.jpg", "image/jpeg", ""};
    a.fields = {{"Site", "<a href=\"https://alice.example\" rel=\"me\">alice.example</a>"},
                {"Pronouns", "she/her"}};
    a.also_known_as = {"https://old.example/users/alice"};
    a.published = monday;
    a.updated = monday + hour_ms;
    return a;
}

inline Tag group_tag() {
    Tag tag;
    tag.type = TagType::group_tag;
    tag.href = garden + "/tag/question";
    tag.name = "A question";
    tag.word = "question";
    tag.content = "Somebody wants to know.";
    tag.color = "color03";
    return tag;
}

inline Actor group() {
    auto a = actor_at(garden, "garden", ActorType::group);
    a.name = "The Garden";
    a.summary = "<p>Ask about soil.</p>";
    a.url = garden;
    a.followers = garden + "/followers";
    a.featured = garden + "/featured";
    a.moderators = garden + "/moderators";
    a.posting_restricted_to_mods = true;
    a.discoverable = true;
    a.indexable = true;
    a.published = monday;
    return a;
}

// With what only Lemmy reads, and so no golden file.
inline Actor labelled_group() {
    auto a = group();
    a.brief = "All about soil";
    a.languages = {"de", "en"};
    a.sensitive = false;
    a.archived = true;
    a.group_tags = {group_tag()};
    return a;
}

inline Actor feed() {
    auto a = actor_at(home + "/m/green", "green", ActorType::feed);
    a.name = "All that is green";
    a.brief = "Gardens and parks";
    a.url = a.id;
    a.following = a.id + "/following";
    a.owner = alice;
    a.published = monday;
    return a;
}

inline Actor application() {
    auto a = actor_at(home + "/actor", "kith.example", ActorType::application);
    a.name = "kith.example";
    a.url = home + "/";
    a.bot = true;
    a.locked = true;
    return a;
}

inline Actor moved_person() {
    auto a = actor_at(home + "/u/carl", "carl", ActorType::person);
    a.moved_to = bob;
    a.suspended = true;
    return a;
}

inline Post post_of(const std::string& number, std::vector<std::string> to,
                    std::vector<std::string> cc) {
    Post p;
    p.id = home + "/post/" + number;
    p.attributed_to = alice;
    p.to = std::move(to);
    p.cc = std::move(cc);
    p.context = p.id + "/context";
    p.url = home + "/@alice/" + number;
    p.content = "<p>Hello</p>";
    p.language = "en";
    p.published = monday;
    return p;
}

inline Post public_note() {
    auto p = post_of("1001", {everyone}, {alice + "/followers", bob});
    p.summary = "beans";
    p.sensitive = true;
    p.content = "<p>Look :bean: <a href=\"https://peer.example/@bob\">@bob</a> #Beans</p>";
    p.content_source = "Look :bean: @bob@peer.example #Beans";
    p.content_source_type = "text/markdown";
    p.updated = monday + minute_ms;
    p.tags = {{TagType::mention, bob, "@bob@peer.example"},
              {TagType::hashtag, home + "/tags/beans", "Beans"},
              {TagType::emoji, "", "bean", home + "/media/bean.png", "image/png"}};
    Attachment photo{"Image", home + "/media/1.jpg", "image/jpeg", "a row of beans",
                     "UBL_:rOpGG-o"};
    photo.width = 640;
    photo.height = 480;
    photo.focus_x = -0.5;
    photo.focus_y = 0.25;
    Attachment sound{"Audio", home + "/media/2.ogg", "audio/ogg"};
    sound.duration_s = 12.5;
    p.attachments = {photo, sound};
    p.replies = p.id + "/replies";
    p.likes = p.id + "/likes";
    p.shares = p.id + "/shares";
    return p;
}

inline Post reply_note() {
    auto p = post_of("1004", {everyone}, {alice + "/followers", bob});
    p.in_reply_to = "https://peer.example/notes/7";
    p.context = "https://peer.example/contexts/7";
    p.conversation = "tag:peer.example,2026-01-05:objectId=7:objectType=Conversation";
    p.tags = {{TagType::mention, bob, "@bob@peer.example"}};
    return p;
}

inline Post group_note() {
    auto p = post_of("1005", {garden, everyone}, {alice + "/followers"});
    p.audience = garden;
    p.in_reply_to = home + "/post/1006";
    p.context = home + "/post/1006/context";
    p.tags = {{TagType::mention, garden, "@garden@kith.example"}};
    return p;
}

inline Post group_page() {
    auto p = post_of("1006", {garden, everyone}, {});
    p.type = PostType::page;
    p.audience = garden;
    p.name = "Which soil for <beans>?";
    p.link_url = "https://soil.example/?q=beans&x=1";
    p.tags = {{TagType::mention, garden, "@garden@kith.example"}};
    return p;
}

inline Post labelled_page() {
    auto p = group_page();
    p.tags.push_back(group_tag());
    p.accepted_answer = home + "/post/1007";
    return p;
}

inline Post open_question() {
    auto p = post_of("1007", {everyone}, {alice + "/followers"});
    p.type = PostType::question;
    p.poll = Poll{false, {{"Yes", 2}, {"No", 0}}, monday + day_ms, std::nullopt, 2};
    return p;
}

inline Post closed_question() {
    auto p = post_of("1008", {everyone}, {alice + "/followers"});
    p.type = PostType::question;
    p.poll = Poll{true, {{"Red", 2}, {"Blue", 5}}, monday + day_ms, monday + day_ms, 6};
    return p;
}

inline Post group_event() {
    auto p = post_of("1011", {garden, everyone}, {garden + "/followers"});
    p.type = PostType::event;
    p.audience = garden;
    p.name = "Seed swap";
    Gathering g;
    g.start = monday + 14 * day_ms;
    g.end = *g.start + 2 * hour_ms;
    g.utc_offset_minutes = 120;
    g.time_zone = "Europe/Berlin";
    g.place = "Old bridge";
    g.address = "Bridge street 1, 12345, Rivertown";
    g.latitude = 50.1;
    g.longitude = 8.6;
    g.join_mode = JoinMode::restricted;
    g.capacity = 20;
    g.attendees = 2;
    g.attendees_id = p.id + "/attendees";
    p.gathering = g;
    return p;
}

inline Post cancelled_event() {
    auto p = post_of("1012", {everyone}, {alice + "/followers"});
    p.type = PostType::event;
    p.name = "River talk";
    Gathering g;
    g.start = monday + 7 * day_ms;
    g.end = *g.start + 6 * hour_ms;
    g.shows_end = false;
    g.place = "Hall";
    g.status = GatheringStatus::cancelled;
    g.join_mode = JoinMode::external;
    g.participation_url = "mailto:talk@example.org";
    p.gathering = g;
    return p;
}

inline Post vote() {
    Post p;
    p.id = home + "/post/1009";
    p.attributed_to = alice;
    p.to = {bob};
    p.in_reply_to = "https://peer.example/polls/3";
    p.name = "Yes";
    p.published = monday;
    return p;
}

inline std::string without_context(const Post& post) {
    json::Writer w;
    write_post(w, post, Context::without);
    return w.take();
}

inline ActivityToWrite activity_of(const std::string& type, const std::string& actor = alice) {
    ActivityToWrite a;
    a.id = home + "/activity/2001";
    a.type = type;
    a.actor = actor;
    return a;
}

inline ActivityToWrite on(const std::string& type, const std::string& object,
                          std::vector<std::string> to = {}) {
    auto a = activity_of(type);
    a.object_id = object;
    a.to = std::move(to);
    return a;
}

inline ActivityToWrite with_post(const std::string& type, const Post& post) {
    auto a = activity_of(type);
    a.to = post.to;
    a.cc = post.cc;
    a.audience = post.audience;
    a.published = post.published;
    a.object_json = without_context(post);
    return a;
}

inline ActivityToWrite around(const std::string& type, ActivityToWrite inner,
                              const std::string& actor = alice) {
    inner.id = inner.id == home + "/activity/2001" ? home + "/activity/2000" : inner.id;
    auto a = activity_of(type, actor);
    a.to = {bob};
    a.object_json = write_activity(inner, Context::without);
    return a;
}

inline ActivityToWrite bobs_follow() {
    auto follow = activity_of("Follow", bob);
    follow.id = "https://peer.example/follows/1";
    follow.object_id = alice;
    return follow;
}

inline ActivityToWrite announced() {
    auto a = activity_of("Announce", garden);
    a.to = {everyone};
    a.cc = {garden + "/followers"};
    a.published = monday;
    return a;
}

}  // namespace kith::vocab::test
