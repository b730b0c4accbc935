#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "node/http/params.hpp"

using namespace kith::http;

namespace {

constexpr const char* json = "application/json; charset=utf-8";
constexpr const char* form = "application/x-www-form-urlencoded";

Params read(std::string_view query, std::string_view type = "", std::string_view body = "") {
    auto params = Params::read(query, type, body);
    BOOST_REQUIRE(params.has_value());
    return std::move(*params);
}

bool refused(std::string_view query, std::string_view type = "", std::string_view body = "") {
    const auto params = Params::read(query, type, body);
    return !params && params.error().code == kith::Code::invalid;
}

std::string joined(const std::vector<std::string_view>& list) {
    std::string out;
    for (const auto item : list) out += std::string(item) + ",";
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(params)

BOOST_AUTO_TEST_CASE(query_and_body_are_one_set_and_the_last_value_counts) {
    const auto p = read("a=1&b=2&a=3", form, "b=4&c=x+y%26");
    BOOST_TEST(p.get("a").value() == "3");
    BOOST_TEST(p.get("b").value() == "4");
    BOOST_TEST(p.get("c").value() == "x y&");
    BOOST_TEST(!p.get("d"));
    BOOST_TEST(read("&&a&=b").has("a"));
}

BOOST_AUTO_TEST_CASE(lists_come_in_every_spelling) {
    for (const auto* query : {"id[]=1&id[]=2", "id%5B%5D=1&id%5B%5D=2", "id=1&id=2",
                              "id[1]=2&id[0]=1", "id[0]=1&id[1]=2"})
        BOOST_TEST(joined(read(query).list("id")) == "1,2,", query);
    BOOST_TEST(joined(read("", json, R"({"id":["1",2]})").list("id")) == "1,2,");
    BOOST_TEST(joined(read("", json, R"({"id":"1"})").list("id")) == "1,");
    BOOST_TEST(read("idea[]=1&id[x][]=2").list("id").empty());
}

BOOST_AUTO_TEST_CASE(json_says_what_is_empty_and_what_is_null) {
    const auto p = read("c=1", json, R"({"a":null,"b":{"x":null},"c":null,"d":[],"e":{},"f":{"g":{}}})");
    BOOST_TEST(p.is_null("a"));
    BOOST_TEST(p.is_null("b[x]"));
    for (const auto* absent : {"a", "b", "b[x]", "f"}) BOOST_TEST(!p.has(absent), absent);
    BOOST_TEST(!p.is_null("c"));  // the query says it
    BOOST_TEST(p.get("c").value() == "1");
    BOOST_TEST(!p.is_null("d"));
    for (const auto* empty : {"d", "e", "f[g]"}) BOOST_TEST(p.get(empty).value_or("absent") == "", empty);
}

BOOST_AUTO_TEST_CASE(flags_are_read_as_ruby_clients_mean_them) {
    for (const auto* no : {"0", "f", "F", "false", "False", "FALSE", "off", "OFF"})
        BOOST_TEST(read("x=" + std::string(no)).flag("x").value() == false, no);
    for (const auto* yes : {"1", "true", "True", "on", "yes"})
        BOOST_TEST(read("x=" + std::string(yes)).flag("x").value() == true, yes);
    BOOST_TEST(!read("x=").flag("x"));
    BOOST_TEST(!read("").flag("x"));
    BOOST_TEST(read("", json, R"({"x":false})").flag("x").value() == false);
}

BOOST_AUTO_TEST_CASE(numbers_that_are_none_are_absent) {
    BOOST_TEST(read("n=-40").integer("n").value() == -40);
    BOOST_TEST(read("", json, R"({"n":40})").integer("n").value() == 40);
    for (const auto* n : {"", "4x", "x", "1.5", "99999999999999999999"})
        BOOST_TEST(!read("n=" + std::string(n)).integer("n"), n);
    BOOST_TEST(read("max_id=4711").id("max_id").value() == 4711);
    BOOST_TEST(!read("max_id=-1").id("max_id"));
}

BOOST_AUTO_TEST_CASE(json_and_forms_give_the_same_nested_keys) {
    const auto from_form = read("poll[options][]=a&poll[options][]=b&poll[expires_in]=60");
    const auto from_json = read("", json, R"({"poll":{"options":["a","b"],"expires_in":60}})");
    for (const auto* p : {&from_form, &from_json}) {
        BOOST_TEST(joined(p->list("poll[options]")) == "a,b,");
        BOOST_TEST(p->get("poll[expires_in]").value() == "60");
        BOOST_TEST(joined(p->nested("poll").list("options")) == "a,b,");
    }
    BOOST_TEST(read("", json, R"({"a":null,"b":true})").get("b").value() == "true");
    BOOST_TEST(!read("", json, R"({"a":null})").has("a"));
}

BOOST_AUTO_TEST_CASE(arrays_of_objects_come_in_every_spelling) {
    for (const auto* query : {"f[0][name]=a&f[0][value]=1&f[1][name]=b&f[1][value]=2",
                              "f[1][name]=b&f[1][value]=2&f[0][name]=a&f[0][value]=1",
                              "f[][name]=a&f[][value]=1&f[][name]=b&f[][value]=2"}) {
        const auto children = read(query).children("f");
        BOOST_REQUIRE_EQUAL(children.size(), 2u);
        BOOST_TEST(children[0].get("name").value() == "a");
        BOOST_TEST(children[1].get("value").value() == "2");
    }
    for (const auto* text : {R"({"f":[{"name":"a"},{"name":"b","x":["1","2"]}]})",
                             R"({"f":{"0":{"name":"a"},"1":{"name":"b","x":["1","2"]}}})"}) {
        const auto children = read("", json, text).children("f");
        BOOST_REQUIRE_EQUAL(children.size(), 2u);
        BOOST_TEST(children[1].get("name").value() == "b");
        BOOST_TEST(joined(children[1].list("x")) == "1,2,");
    }
}

BOOST_AUTO_TEST_CASE(what_is_broken_is_refused) {
    BOOST_TEST(refused("a=%z"));
    BOOST_TEST(refused("a=%ff"));
    BOOST_TEST(refused("a=%00"));
    BOOST_TEST(refused("", json, "{"));
    BOOST_TEST(refused("", json, "[1]"));
    BOOST_TEST(refused("", json, R"({"a":"\u0000"})"));
    BOOST_TEST(refused(std::string(257, 'k') + "=1"));
    std::string many;
    for (int i = 0; i < 1'001; ++i) many += "a&";
    BOOST_TEST(refused(many));
    BOOST_TEST(read("", json, "").empty());
    BOOST_TEST(read("", "text/plain", "a=b").empty());
}

BOOST_AUTO_TEST_CASE(a_multipart_form_gives_text_and_files) {
    const std::string body =
        "--B\r\nContent-Disposition: form-data; name=\"status\"\r\n\r\nhallo\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
        "--B  \r\ncontent-disposition: form-data; name=\"file\"; filename=\"a%22 \\\"b.png\"\r\n"
        "Content-Type: image/png\r\n\r\n\r\n--b\r\n\r\n"
        "--B\r\nContent-Disposition: form-data; name=none; filename=\"\"\r\n\r\n\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"utf\"; filename=\"x\"; "
        "filename*=UTF-8''na%C3%AFve.txt\r\n\r\ny\r\n"
        "--B--\r\n";
    const auto p = read("", "multipart/form-data; boundary=B", body);
    BOOST_TEST(p.get("status").value() == "hallo");
    BOOST_TEST(p.get("empty").value() == "");
    const auto* file = p.file("file");
    BOOST_REQUIRE(file != nullptr);
    BOOST_TEST(file->filename == "a\" \"b.png");
    BOOST_TEST(file->content_type == "image/png");
    BOOST_TEST(file->bytes == "\r\n--b\r\n");
    BOOST_TEST(p.file("none") == nullptr);
    BOOST_TEST(p.file("utf")->filename == "na\xc3\xafve.txt");
    BOOST_TEST(p.files().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_broken_multipart_form_is_refused) {
    const std::string head = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";
    const std::string whole = "--B\r\n" + head + "x\r\n--B--\r\n";
    BOOST_TEST(read("", "multipart/form-data; boundary=\"B\"", whole).get("a").value() == "x");
    BOOST_TEST(refused("", "multipart/form-data", whole));
    BOOST_TEST(refused("", "multipart/form-data; boundary=", whole));
    BOOST_TEST(refused("", "multipart/form-data; boundary=" + std::string(201, 'B'), whole));
    for (std::size_t n = 0; n < whole.size() - 4; ++n)
        BOOST_TEST(refused("", "multipart/form-data; boundary=B", whole.substr(0, n)), n);
    BOOST_TEST(refused("", "multipart/form-data; boundary=B",
                       "--B\r\nContent-Disposition: form-data; name=" + std::string(5'000, 'a')));
    BOOST_TEST(refused("", "multipart/form-data; boundary=B", "--B\r\nX: y\r\n\r\nx\r\n--B--\r\n"));
}

BOOST_AUTO_TEST_SUITE_END()
