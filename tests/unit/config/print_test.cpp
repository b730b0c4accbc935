#include "tests/unit/config/scratch.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

using namespace kith;
using kith::test::Scratch;
using kith::test::why;

namespace {

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

std::string read(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(config_print)

BOOST_AUTO_TEST_CASE(each_value_is_shown_with_its_source) {
    Scratch scratch;
    Sources sources = scratch.file("[server]\nhost = \"a.test\"\n");
    sources.environment = {{"KITH_LOG_LEVEL", "warn"}};
    const std::string text = print(load(sources).value());
    BOOST_TEST(has_line(text, "host = \"a.test\"   # " + sources.file->string() + ":2"));
    BOOST_TEST(has_line(text, "level = \"warn\"   # KITH_LOG_LEVEL"));
    BOOST_TEST(has_line(text, "listen = \"127.0.0.1:8080\"   # default"));
    BOOST_TEST(has_line(text, "[federation]"));
    BOOST_TEST(has_line(text,
                        "retry_delays = [\"0s\", \"1m\", \"5m\", \"15m\", \"1h\", \"3h\", \"6h\", "
                        "\"12h\", \"1d\"]   "
                        "# default"));
}

BOOST_AUTO_TEST_CASE(what_is_printed_is_read_again_as_the_same) {
    Scratch scratch;
    const std::string first = print(
        load(scratch.file("server.host = \"a.test\"\nserver.title = \"a \\\"b\\\" \\\\ \\n c\"\n"
                          "federation.resolve = { \"b.test\" = \"::1\" }\nlimits.rate = false\n"))
            .value());
    const auto again = load(scratch.file(first));
    BOOST_REQUIRE_MESSAGE(again.has_value(), why(again));
    BOOST_TEST(again->server.title == "a \"b\" \\ \n c");
    BOOST_TEST(again->federation.resolve.at("b.test") == "::1");
    BOOST_TEST(!again->limits.rate);
}

BOOST_AUTO_TEST_CASE(passwords_of_the_database_are_masked) {
    const std::pair<const char*, const char*> cases[] = {
        {"postgres://kith:s3c@ret@db.test/kith", "postgres://kith:***@db.test/kith"},
        {"postgres://kith@db.test:5432/kith", "postgres://kith@db.test:5432/kith"},
        {"postgresql://db.test/kith?user=k&password=s3cret&x=1",
         "postgresql://db.test/kith?user=k&password=***&x=1"},
        {"postgresql://db.test:5432/kith?password=s3c@ret", "postgresql://db.test:5432/kith?password=***"},
        {"postgres://kith:s3/c?ret@db.test/kith", "postgres://kith:***@db.test/kith"},
    };
    for (const auto& [url, shown] : cases) {
        Scratch scratch;
        const std::string text =
            print(load(scratch.file("server.host = \"a.test\"\ndatabase.url = \"" +
                                    std::string(url) + "\""))
                      .value());
        BOOST_TEST(text.find("url = \"" + std::string(shown) + "\"") != std::string::npos, text);
        BOOST_TEST(text.find("ret@") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(passwords_of_mail_and_translation_are_masked) {
    Scratch scratch;
    const std::string text = print(load(scratch.file("server.host = \"a.test\"\n"
                                                     "mail.server = \"smtps://kith:s3cret@mail.test:465\"\n"
                                                     "translate.server = \"https://:s3cret@translate.test\"\n"))
                                       .value());
    BOOST_TEST(text.find("s3cret") == std::string::npos, text);
    BOOST_TEST(text.find("server = \"smtps://kith:***@mail.test:465\"") != std::string::npos);
    BOOST_TEST(text.find("server = \"https://:***@translate.test\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_wrong_database_url_does_not_show_its_password_in_the_message) {
    Scratch scratch;
    const auto config = load(scratch.file(
        "server.host = \"a.test\"\ndatabase.url = \"mysql://kith:s3cret@db.test/kith\""));
    BOOST_REQUIRE(!config.has_value());
    BOOST_TEST(config.error().detail.find("s3cret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_default_file_loads_with_the_defaults) {
    Scratch scratch;
    const auto config = load(scratch.file(default_toml("social.example")));
    BOOST_REQUIRE_MESSAGE(config.has_value(), why(config));
    BOOST_TEST(config->base_url() == "https://social.example");
    BOOST_TEST(config->origins.size() == 1u);
}

BOOST_AUTO_TEST_CASE(on_this_machine_the_default_file_speaks_http) {
    Scratch scratch;
    const auto config = load(scratch.file(default_toml("localhost:8080")));
    BOOST_REQUIRE_MESSAGE(config.has_value(), why(config));
    BOOST_TEST(config->base_url() == "http://localhost:8080");
}

BOOST_AUTO_TEST_CASE(every_commented_key_of_the_default_file_is_right_too) {
    Scratch scratch;
    std::istringstream in(default_toml("social.example"));
    std::string text;
    for (std::string line; std::getline(in, line);)
        text += (line.starts_with("#") && !line.starts_with("# ") ? line.substr(1) : line) + "\n";
    Sources sources = scratch.file(text);
    const auto config = load(sources);
    BOOST_REQUIRE_MESSAGE(config.has_value(), why(config));
    BOOST_TEST(config->origins.size() > 20u);
    BOOST_TEST(config->database.url == "sqlite:" + (scratch.path() / "kith.db").string());
}

BOOST_AUTO_TEST_CASE(the_default_file_is_the_owners_alone_and_never_overwritten) {
    Scratch scratch;
    const auto path = scratch.path() / "new.toml";
    BOOST_REQUIRE(write_default_file(path, "localhost:8080").has_value());
    BOOST_TEST(read(path) == default_toml("localhost:8080"));
    using std::filesystem::perms;
    BOOST_TEST(
        (std::filesystem::status(path).permissions() == (perms::owner_read | perms::owner_write)));
    const auto again = write_default_file(path, "other.test");
    BOOST_REQUIRE(!again.has_value());
    BOOST_TEST((again.error().code == Code::conflict));
    BOOST_TEST(read(path) == default_toml("localhost:8080"));
}

BOOST_AUTO_TEST_SUITE_END()
