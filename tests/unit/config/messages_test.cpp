#include "config/limits/config.hpp"
#include "tests/unit/config/scratch.hpp"

#include <boost/test/unit_test.hpp>

using namespace kith;
using kith::test::Scratch;

// What an admin reads when a file is wrong: file, line, key, what was expected, what stood there.

namespace {

// The problems of a file, with its directory taken out.
std::string problems_of(const Sources& sources, const std::filesystem::path& directory) {
    const auto config = load(sources);
    if (config) return "no problem";
    std::string text = config.error().detail;
    const std::string prefix = directory.string() + "/";
    for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
        text.erase(at, prefix.size());
    return text;
}

std::string problems_of(const std::string& text) {
    Scratch scratch;
    return problems_of(scratch.file(text), scratch.path());
}

// The problem of one line after a right first one.
std::string problem_of(const std::string& line) {
    return problems_of("server.host = \"a.test\"\n" + line + "\n");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_messages)

BOOST_AUTO_TEST_CASE(a_missing_host_is_named) {
    BOOST_TEST(
        problems_of("[server]\ntitle = \"x\"\n") ==
        "kith.toml: server.host: missing; expected a host name such as \"social.example\" or "
        "\"localhost:8080\" (in ASCII: xn--…)");
    Scratch scratch;
    BOOST_TEST(
        problems_of(scratch.none(), scratch.path())
            .starts_with("no configuration file: server.host: missing; expected a host name"));
}

BOOST_AUTO_TEST_CASE(a_wrong_host_is_not_missing_as_well) {
    BOOST_TEST(problems_of("server.host = 1\n") ==
               "kith.toml:1: server.host: expected a host name such as \"social.example\" or \"localhost:8080\" (in ASCII: "
               "xn--…), got 1");
}

BOOST_AUTO_TEST_CASE(of_a_long_value_only_the_beginning_is_shown) {
    const auto told = problem_of("log.level = \"" + std::string(100'000, 'x') + "\"");
    BOOST_TEST(told.size() < 400u);
    BOOST_TEST(told.ends_with("xxx\"…"));
}

BOOST_AUTO_TEST_CASE(what_would_have_no_effect_is_refused) {
    BOOST_TEST(problem_of("federation.enabled = false")
                   .starts_with("kith.toml:2: federation.enabled: federation cannot be switched off yet; federation.allow_list"));
    BOOST_TEST(problem_of("server.stream_listen = \"127.0.0.1:8081\"") ==
               "kith.toml:2: server.stream_listen: there is no second port for streams yet; they come by server.listen");
    BOOST_TEST(problem_of("federation.enabled = true\nserver.stream_listen = \"\"") == "no problem");
}

BOOST_AUTO_TEST_CASE(a_letter_that_is_asked_for_needs_who_sends_it) {
    const std::string confirm = "registration.confirm_email = true\n";
    for (const std::string mode : {"invite", "approval", "open"})
        BOOST_TEST(problem_of(confirm + "registration.mode = \"" + mode + "\"") ==
                   "kith.toml:2: registration.confirm_email: needs mail.server, which sends the letter that asks for it");
    BOOST_TEST(problem_of(confirm) == "no problem");  // nobody signs up
    BOOST_TEST(problem_of(confirm + "registration.mode = \"open\"\nmail.server = \"smtp://mail.test:587\"") == "no problem");
}

BOOST_AUTO_TEST_CASE(each_key_says_what_it_expects) {
    const std::pair<const char*, const char*> cases[] = {
        {"server.scheme = \"ftp\"", "server.scheme: expected \"https\" or \"http\", got \"ftp\""},
        {"server.account_domain = \"a b\"",
         "server.account_domain: expected a host name such as \"example.org\", got \"a b\""},
        {"server.listen = \"8080\"",
         "server.listen: expected ADDRESS:PORT such as \"127.0.0.1:8080\" or \"[::1]:8080\", got "
         "\"8080\""},
        {"server.listen = 8080",
         "server.listen: expected ADDRESS:PORT such as \"127.0.0.1:8080\" or \"[::1]:8080\", got "
         "8080"},
        {"server.stream_listen = \"x:1\"",
         "server.stream_listen: expected ADDRESS:PORT such as \"127.0.0.1:8081\", or \"\" for "
         "none, got "
         "\"x:1\""},
        {"server.ops_listen = false",
         "server.ops_listen: expected ADDRESS:PORT such as \"127.0.0.1:9090\", or \"\" for none, "
         "got "
         "false"},
        {"server.trusted_proxies = [\"10.0.0.1/8\"]",
         "server.trusted_proxies: expected a list of addresses and networks such as "
         "[\"127.0.0.0/8\", "
         "\"::1\"], without bits behind the prefix, got [\"10.0.0.1/8\"]"},
        {"server.title = 1", "server.title: expected a text, got 1"},
        {"server.source_url = \"code.test/kith\"",
         "server.source_url: expected an address such as \"https://HOST/PATH\", or \"\", got \"code.test/kith\""},
        {"server.description = 1.5",
         "server.description: expected a text, got a number with a fraction"},
        {"server.contact_email = \"me\"",
         "server.contact_email: expected an e-mail address, got \"me\""},
        {"server.languages = []",
         "server.languages: expected a list of language tags such as [\"en\", \"pt-BR\"], got []"},
        {"database.url = \"mysql://x\"",
         "database.url: expected \"sqlite:PATH\" or \"postgres://…\", got \"mysql://x\""},
        {"database.readers = 0", "database.readers: expected a whole number from 1 to 64, got 0"},
        {"federation.enabled = \"maybe\"",
         "federation.enabled: expected on or off (true or false), got \"maybe\""},
        {"federation.allow_private_addresses = 1",
         "federation.allow_private_addresses: expected on or off (true or false), got 1"},
        {"federation.resolve = { \"b.test\" = \"c.test\" }",
         "federation.resolve: expected a table of host names and addresses such as { "
         "\"peer.example\" = "
         "\"192.0.2.7\" }, got a table"},
        {"federation.retry_delays = [\"5m\", \"1m\"]",
         "federation.retry_delays: expected a list of growing durations such as [\"0s\", \"1m\", "
         "\"5m\"], got [\"5m\", \"1m\"]"},
        {"registration.mode = \"shut\"",
         "registration.mode: expected \"closed\", \"invite\", \"approval\" or \"open\", got "
         "\"shut\""},
        {"registration.confirm_email = \"\"",
         "registration.confirm_email: expected on or off (true or false), got \"\""},
        {"oauth.allow_password_grant = []",
         "oauth.allow_password_grant: expected on or off (true or false), got []"},
        {"limits.rate = 100", "limits.rate: expected on or off (true or false), got 100"},
        {"limits.post_characters_max = \"many\"",
         "limits.post_characters_max: expected a whole number from 1 to 500000, got \"many\""},
        {"media.store = \"media\"", "media.store: expected \"file:DIRECTORY\", got \"media\""},
        {"insight.enabled = 0", "insight.enabled: expected on or off (true or false), got 0"},
        {"log.level = \"loud\"",
         "log.level: expected \"debug\", \"info\", \"warn\" or \"error\", got \"loud\""},
        {"log.format = \"xml\"", "log.format: expected \"logfmt\" or \"json\", got \"xml\""},
    };
    for (const auto& [line, message] : cases)
        BOOST_TEST(problem_of(line) == "kith.toml:2: " + std::string(message));
}

BOOST_AUTO_TEST_CASE(hosts_that_are_none_are_refused) {
    for (const char* host : {"", "https://a.test", "a.test/", "a_b.test", "-a.test", "a-.test",
                             "a..test", "a.test.", "a.test:", "a.test:0", "a.test:99999",
                             "bücher.example", "::1", "[1.2.3.4]", "user@a.test"})
        BOOST_TEST(problems_of("server.host = \"" + std::string(host) + "\"")
                       .starts_with("kith.toml:1: server.host: expected a host name"),
                   host);
}

BOOST_AUTO_TEST_CASE(the_schemes_own_port_is_left_out) {
    BOOST_TEST(
        problems_of("server.host = \"a.test:443\"") ==
        "kith.toml:1: server.host: expected the host without :443, which the scheme implies");
    BOOST_TEST(problems_of("server.scheme = \"http\"\nserver.host = \"a.test:443\"") ==
               "no problem");
}

BOOST_AUTO_TEST_CASE(a_key_that_does_not_exist_is_told_with_the_nearest_one) {
    BOOST_TEST(problem_of("server.titel = \"x\"") ==
               "kith.toml:2: server.titel: unknown key; did you mean server.title?");
    BOOST_TEST(problem_of("federation.listen = \"127.0.0.1:1\"") ==
               "kith.toml:2: federation.listen: unknown key; did you mean server.listen?");
    BOOST_TEST(problem_of("listen = \"127.0.0.1:1\"")
                   .ends_with("listen: unknown key; did you mean server.listen?"));
    BOOST_TEST(problem_of("weather.forecast = 1") == "kith.toml:2: weather.forecast: unknown key");
    BOOST_TEST(problem_of("server.deep.key = 1") == "kith.toml:2: server.deep: unknown key");
}

BOOST_AUTO_TEST_CASE(a_section_that_is_no_table_is_told) {
    BOOST_TEST(problems_of("server = 1\n").starts_with("kith.toml:1: server: unknown key\n"));
}

BOOST_AUTO_TEST_CASE(all_problems_are_told_at_once_in_the_order_of_lines) {
    Scratch scratch;
    const auto config = load(scratch.file(
        "[server]\nhost = \"a.test\"\nscheme = 1\n[log]\nlevle = \"info\"\nformat = 2\n"));
    BOOST_REQUIRE(!config.has_value());
    BOOST_TEST((config.error().code == Code::invalid));
    BOOST_TEST(config.error().safe_text == "the configuration has 3 problems");
    const std::string file = (scratch.path() / "kith.toml").string();
    BOOST_TEST(config.error().detail ==
               file + ":3: server.scheme: expected \"https\" or \"http\", got 1\n" + file +
                   ":5: log.levle: unknown key; did you mean log.level?\n" + file +
                   ":6: log.format: expected \"logfmt\" or \"json\", got 2");
}

BOOST_AUTO_TEST_CASE(variables_and_flags_are_named_as_they_were_given) {
    Scratch scratch;
    Sources sources = scratch.file("server.host = \"a.test\"");
    sources.environment = {
        {"KITH_LOG_LEVEL", "loud"}, {"KITH_SERVER_TITEL", "x"}, {"KITH_OTHER", "y"}};
    sources.flags = {{"log.formt", "json"}};
    BOOST_TEST(
        problems_of(sources, scratch.path()) ==
        "KITH_LOG_LEVEL: log.level: expected \"debug\", \"info\", \"warn\" or \"error\", got "
        "\"loud\"\n"
        "KITH_SERVER_TITEL: unknown variable; did you mean KITH_SERVER_TITLE?\n"
        "--set: log.formt: unknown key; did you mean log.format?");
}

BOOST_AUTO_TEST_CASE(two_doors_on_one_address_are_refused) {
    BOOST_TEST(problem_of("server.ops_listen = \"127.0.0.1:8080\"") ==
               "kith.toml:2: server.ops_listen: expected another address than server.listen, got "
               "127.0.0.1:8080");
}

BOOST_AUTO_TEST_CASE(what_is_not_toml_is_told_with_its_line) {
    BOOST_TEST(
        problems_of("server.host = \"a.test\"\nthis is not toml\n").starts_with("kith.toml:2: "));
    BOOST_TEST(
        problems_of("[log]\nlevel = \"info\"\nlevel = \"warn\"\n").starts_with("kith.toml:3: "));
}

BOOST_AUTO_TEST_CASE(a_date_is_shown_as_it_was_written) {
    BOOST_TEST(problem_of("server.title = 2026-01-05") == "no problem");
    BOOST_TEST(problem_of("log.level = 2026-01-05").ends_with("got \"2026-01-05\""));
}

BOOST_AUTO_TEST_CASE(a_file_without_end_is_not_read) {
    Scratch scratch;
    Sources sources = scratch.file(std::string(limits::config_file_bytes_max + 1, '#'));
    const auto config = load(sources);
    BOOST_REQUIRE(!config.has_value());
    BOOST_TEST((config.error().code == Code::too_large));
}

BOOST_AUTO_TEST_SUITE_END()
