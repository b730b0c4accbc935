#include "node/stream/channel.hpp"

#include "node/stream/listeners.hpp"
#include "node/stream/message.hpp"

#include "config/limits/stream.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using namespace kith::stream;

namespace {

std::string written(const Channel& channel) {
    json::Writer w;
    write_channel(w, channel);
    return w.take();
}

std::string named(std::string_view name, std::string_view tag = "", std::string_view list = "", bool media = false) {
    const auto channel = channel_from(name, tag, list, media);
    return channel ? written(*channel) : "none";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(channels)

BOOST_AUTO_TEST_CASE(names_are_read_as_clients_write_them) {
    BOOST_TEST(named("user") == R"(["user"])");
    BOOST_TEST(named("user/notification") == R"(["user:notification"])");
    BOOST_TEST(named("public/local", "", "", true) == R"(["public:local:media"])");
    BOOST_TEST(named("public:media", "", "", true) == R"(["public:media"])");
    BOOST_TEST(named("hashtag", "#Straße") == R"(["hashtag","strasse"])");
    BOOST_TEST(named("list", "", "7") == R"(["list","7"])");
    for (const auto name : {"", "users", "public:", "hashtag", "hashtag:local", "list", "direct:local"})
        BOOST_TEST(named(name) == "none", name);
    BOOST_TEST(named("list", "", "x") == "none");
}

BOOST_AUTO_TEST_CASE(a_public_channel_takes_its_own) {
    const auto takes_of = [](std::string_view name, bool local, bool media) {
        return takes(*channel_from(name, "t", "1", false), local, media);
    };
    for (const bool local : {false, true})
        for (const bool media : {false, true}) {
            BOOST_TEST(takes_of("public", local, media));
            BOOST_TEST(takes_of("public:local", local, media) == local);
            BOOST_TEST(takes_of("public:remote", local, media) == !local);
            BOOST_TEST(takes_of("public:media", local, media) == media);
            BOOST_TEST(takes_of("public:local:media", local, media) == (local && media));
            BOOST_TEST(takes_of("public:remote:media", local, media) == (!local && media));
            BOOST_TEST(takes_of("hashtag:local", local, media) == local);
        }
}

BOOST_AUTO_TEST_CASE(listeners_are_found_by_channel_and_account) {
    Listeners listeners;
    const Channel home{.kind = ChannelKind::user, .tag = {}}, direct{.kind = ChannelKind::direct, .tag = {}};
    listeners.add(1, 10, 100);
    listeners.add(2, 10, 101);
    listeners.add(3, 20, 102);
    for (const SessionId id : {1, 2, 3}) BOOST_TEST(listeners.subscribe(id, home));
    BOOST_TEST(listeners.subscribe(3, direct));
    BOOST_TEST(listeners.subscribe(3, direct));
    BOOST_TEST(listeners.accounts(home) == (std::vector<Id>{10, 20}));
    BOOST_TEST(listeners.sessions(home, {10}).size() == 2);
    BOOST_TEST(listeners.sessions(direct, {10}).empty());
    BOOST_TEST(listeners.of_account(10) == 2);
    listeners.unsubscribe(1, home);
    listeners.remove(2);
    BOOST_TEST(listeners.sessions(home, {10}).empty());
    BOOST_TEST(listeners.of_account(10) == 1);
    listeners.remove(3);
    listeners.remove(3);
    BOOST_TEST(listeners.channels().empty());
    BOOST_TEST(listeners.size() == 1);
}

BOOST_AUTO_TEST_CASE(nobody_listens_to_everything) {
    Listeners listeners;
    listeners.add(1, 10, 100);
    for (std::size_t n = 0; n < limits::stream_channels_max; ++n)
        BOOST_TEST(listeners.subscribe(1, {.kind = ChannelKind::list, .tag = {}, .list = Id(n + 1)}));
    BOOST_TEST(!listeners.subscribe(1, {.kind = ChannelKind::user, .tag = {}}));
    BOOST_TEST(listeners.subscribe(1, {.kind = ChannelKind::list, .tag = {}, .list = 1}));
}

BOOST_AUTO_TEST_CASE(a_message_has_both_forms) {
    const Channel tag{.kind = ChannelKind::hashtag, .tag = "tea"};
    const auto update = make_message(tag, "update", R"({"id":"1"})");
    BOOST_TEST(update->web_socket == R"({"stream":["hashtag","tea"],"event":"update","payload":"{\"id\":\"1\"}"})");
    BOOST_TEST(update->sent_event == "event: update\ndata: {\"id\":\"1\"}\n\n");
    const auto bare = make_message(tag, "filters_changed", "");
    BOOST_TEST(bare->web_socket == R"({"stream":["hashtag","tea"],"event":"filters_changed"})");
    BOOST_TEST(bare->sent_event == "event: filters_changed\ndata: undefined\n\n");
}

BOOST_AUTO_TEST_SUITE_END()
