#include "tests/unit/config/scratch.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using kith::test::Scratch;
using kith::test::why;

BOOST_AUTO_TEST_SUITE(config_load)

BOOST_AUTO_TEST_CASE(a_file_with_only_the_host_is_enough) {
    Scratch scratch;
    const auto config = load(scratch.file("server.host = \"social.example\"\n"));
    BOOST_REQUIRE(config.has_value());
    BOOST_TEST(config->server.host == "social.example");
    BOOST_TEST(config->server.account_domain == "social.example");
    BOOST_TEST(config->base_url() == "https://social.example");
    BOOST_TEST(config->server.listen.text() == "127.0.0.1:8080");
    BOOST_TEST(config->server.ops_listen->text() == "127.0.0.1:9090");
    BOOST_TEST(!config->server.stream_listen.has_value());
    BOOST_TEST(config->database.url == "sqlite:" + (scratch.path() / "kith.db").string());
    BOOST_TEST(config->data_directory() == scratch.path());
    BOOST_TEST((config->registration.mode == RegistrationMode::closed));
    BOOST_TEST(config->federation.retry_delays.size() == 9u);
    BOOST_TEST(config->federation.retry_delays.back() == day_ms);
    BOOST_TEST(config->limits.post_characters_max == 5'000);
    BOOST_TEST(!config->oauth.allow_password_grant);
}

BOOST_AUTO_TEST_CASE(another_software_is_named_with_its_version) {
    Scratch scratch;
    const std::string host = "server.host = \"social.example\"\nnodeinfo.present_as = ";
    BOOST_TEST(load(scratch.file(host + "\"lemmy 0.19.9\"\n"))->nodeinfo.present_as == "lemmy 0.19.9");
    BOOST_TEST(load(scratch.file(host + "\"lemmy 1.0.0-beta.2\"\n")).has_value());
    BOOST_TEST(load(scratch.file(host + "\"\"\n")).has_value());
    for (const std::string wrong : {"lemmy", "Lemmy 0.19.9", "lemmy ", " 0.19.9", "lemmy 0.19.9 x", "lemmy 0.19\\n"})
        BOOST_TEST(!load(scratch.file(host + "\"" + wrong + "\"\n")).has_value(), wrong);
}

BOOST_AUTO_TEST_CASE(every_section_is_read) {
    Scratch scratch;
    const auto config = load(scratch.file(R"(
[server]
host = "Localhost:8080"
scheme = "http"
account_domain = "example.org"
listen = "[::1]:8081"
stream_listen = ""
ops_listen = ""
trusted_proxies = ["10.0.0.0/8"]
title = "Ours"
languages = ["de", "pt-BR"]
[database]
url = "sqlite:deep/../own.db"
readers = 2
[federation]
enabled = true
allow_private_addresses = true
resolve = { "A.test" = "127.0.0.1", "b.test" = "[::1]" }
retry_delays = ["0s", "30s"]
[registration]
mode = "approval"
confirm_email = true
[mail]
server = "smtps://kith:s3cret@mail.test:465"
[oauth]
allow_password_grant = true
[limits]
rate = "off"
post_characters_max = 500
[media]
store = "file:/srv/pictures"
[insight]
enabled = "off"
[log]
level = "debug"
format = "json"
)"));
    BOOST_REQUIRE_MESSAGE(config.has_value(), why(config));
    BOOST_TEST(config->base_url() == "http://localhost:8080");
    BOOST_TEST(config->server.account_domain == "example.org");
    BOOST_TEST(config->server.listen.host == "::1");
    BOOST_TEST(!config->server.ops_listen.has_value());
    BOOST_TEST(config->server.trusted_proxies.size() == 1u);
    BOOST_TEST(config->server.title == "Ours");
    BOOST_TEST(config->server.languages.back() == "pt-BR");
    BOOST_TEST(config->database.url == "sqlite:" + (scratch.path() / "own.db").string());
    BOOST_TEST(config->database.readers == 2);
    BOOST_TEST(config->federation.allow_private_addresses);
    BOOST_TEST(config->federation.resolve.at("a.test") == "127.0.0.1");
    BOOST_TEST(config->federation.resolve.at("b.test") == "::1");
    BOOST_TEST(config->federation.retry_delays.back() == 30 * second_ms);
    BOOST_TEST((config->registration.mode == RegistrationMode::approval));
    BOOST_TEST(config->registration.confirm_email);
    BOOST_TEST(config->mail.server == "smtps://kith:s3cret@mail.test:465");
    BOOST_TEST(config->oauth.allow_password_grant);
    BOOST_TEST(!config->limits.rate);
    BOOST_TEST(config->limits.post_characters_max == 500);
    BOOST_TEST(config->media.store == "file:/srv/pictures");
    BOOST_TEST(!config->insight.enabled);
    BOOST_TEST((config->log.level == log::Level::debug));
    BOOST_TEST((config->log.format == log::Format::json));
}

BOOST_AUTO_TEST_CASE(flags_win_over_the_environment_and_that_over_the_file) {
    Scratch scratch;
    Sources sources =
        scratch.file("[server]\nhost = \"a.test\"\ntitle = \"file\"\n[log]\nlevel = \"warn\"");
    sources.environment = {{"KITH_SERVER_TITLE", "environment"},
                           {"KITH_LOG_LEVEL", "error"},
                           {"KITH_LIMITS_RATE", "off"},
                           {"KITH_DATABASE_READERS", "7"},
                           {"KITH_DATABASE_URL", "sqlite:here.db"},
                           {"KITH_FEDERATION_RESOLVE", "b.test=127.0.0.1, c.test=::1"},
                           {"KITH_FEDERATION_RETRY_DELAYS", "1s, 2s"},
                           {"KITH_TEST_CLOCK", "/some/file"}};
    sources.flags = {{"server.title", "flag"}};
    sources.working_directory = "/elsewhere";
    const auto config = load(sources);
    BOOST_REQUIRE_MESSAGE(config.has_value(), why(config));
    BOOST_TEST(config->server.title == "flag");
    BOOST_TEST((config->log.level == log::Level::error));
    BOOST_TEST(!config->limits.rate);
    BOOST_TEST(config->database.readers == 7);
    BOOST_TEST(config->database.url == "sqlite:/elsewhere/here.db");
    BOOST_TEST(config->federation.resolve.at("c.test") == "::1");
    BOOST_TEST(config->federation.retry_delays.size() == 2u);
    BOOST_TEST(config->origins.at("server.title") == "--set");
    BOOST_TEST(config->origins.at("log.level") == "KITH_LOG_LEVEL");
    BOOST_TEST(config->origins.at("server.host") == (scratch.path() / "kith.toml").string() + ":2");
}

BOOST_AUTO_TEST_CASE(the_first_file_of_the_search_order_is_taken) {
    Scratch scratch;
    Sources sources = scratch.file("server.host = \"second.test\"");
    sources.search = {scratch.path() / "absent.toml", *sources.file};
    sources.file.reset();
    BOOST_TEST(find_file(sources)->filename() == "kith.toml");
    const auto config = load(sources);
    BOOST_REQUIRE(config.has_value());
    BOOST_TEST(config->server.host == "second.test");
}

BOOST_AUTO_TEST_CASE(without_a_file_the_environment_alone_will_do) {
    Scratch scratch;
    Sources sources = scratch.none();
    sources.environment = {{"KITH_SERVER_HOST", "env.test"}};
    const auto config = load(sources);
    BOOST_REQUIRE(config.has_value());
    BOOST_TEST(config->database.url == "sqlite:" + (scratch.path() / "kith.db").string());
}

BOOST_AUTO_TEST_CASE(a_named_file_must_exist) {
    Scratch scratch;
    Sources sources = scratch.none();
    sources.file = scratch.path() / "absent.toml";
    const auto config = load(sources);
    BOOST_REQUIRE(!config.has_value());
    BOOST_TEST((config.error().code == Code::not_found));
    BOOST_TEST(config.error().detail == sources.file->string());
}

BOOST_AUTO_TEST_CASE(a_data_directory_without_sqlite_is_the_files) {
    Scratch scratch;
    const auto config = load(scratch.file(
        "server.host = \"a.test\"\ndatabase.url = \"postgres://kith@localhost/kith\""));
    BOOST_REQUIRE(config.has_value());
    BOOST_TEST(config->data_directory() == scratch.path());
}

// The file may lie where the node must not write, as /etc does under systemd.
BOOST_AUTO_TEST_CASE(without_sqlite_the_control_socket_lies_where_the_media_do) {
    Scratch scratch;
    const auto config = load(scratch.file(
        "server.host = \"a.test\"\ndatabase.url = \"postgres://kith@localhost/kith\"\nmedia.store = \"file:/var/lib/kith/media\""));
    BOOST_REQUIRE(config.has_value());
    BOOST_TEST(config->data_directory() == "/var/lib/kith");
}

BOOST_AUTO_TEST_SUITE_END()
