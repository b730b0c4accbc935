#include <zlib.h>

#include <boost/test/unit_test.hpp>

#include "config/limits/insight.hpp"
#include "fixture.hpp"
#include "node/insight/active.hpp"
#include "node/insight/graph.hpp"
#include "node/insight/shares.hpp"

using namespace kith;
using namespace kith::insight;
using namespace kith::insight::test;

namespace {

std::string gzip(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, uLong(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = uInt(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string tsv_error(const std::string& text) {
    const auto result = read_tsv(text, t0);
    return result ? "" : result.error().safe_text;
}

std::string edges_error(const std::string& text) {
    const auto result = read_edges(text);
    return result ? "" : result.error().safe_text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(insight_import)

BOOST_AUTO_TEST_CASE(a_tsv_file_becomes_joins_and_contributions_in_order_of_time) {
    const auto events = value_of(read_tsv(read_data("gold14.tsv"), t0));
    BOOST_TEST(events.size() == 13u + 25u);
    BOOST_TEST(std::is_sorted(events.begin(), events.end(), [](const auto& a, const auto& b) {
        return std::tie(a.at, a.kind) < std::tie(b.at, b.kind);
    }));
    const auto p6 = std::find_if(events.begin(), events.end(),
                                 [](const ImportedEvent& event) { return event.object == "p6"; });
    BOOST_REQUIRE((p6 != events.end()));
    BOOST_TEST((p6->role == Role::bot));
    BOOST_TEST(p6->parent == "p5");
    BOOST_TEST((p6->at - at(1, 10)) / minute_ms == 1);
    const auto g = std::find_if(events.begin(), events.end(),
                                [](const ImportedEvent& event) { return event.actor == "g"; });
    BOOST_TEST((g->origin == Origin::remote));
    BOOST_TEST((g->kind == ImportedKind::join));
}

BOOST_AUTO_TEST_CASE(lines_may_stand_in_any_order_and_twice) {
    const std::string forward = read_data("gold14.tsv");
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < forward.size();) {
        const auto end = forward.find('\n', start);
        lines.push_back(forward.substr(start, end - start + 1));
        start = end + 1;
    }
    std::string backward;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) backward += *line + *line;
    BOOST_TEST((value_of(read_tsv(backward, t0)) == value_of(read_tsv(forward, t0))));
}

BOOST_AUTO_TEST_CASE(a_reply_at_the_same_moment_comes_after_its_parent) {
    const auto events =
        value_of(read_tsv("post\ta\tx\tmember\t1\tz\npost\tz\ty\tmember\t1\t\r\n", t0));
    BOOST_REQUIRE(events.size() == 2u);
    BOOST_TEST(events[0].object == "z");
    BOOST_TEST(events[1].object == "a");
}

BOOST_AUTO_TEST_CASE(a_faulty_tsv_names_its_line) {
    BOOST_TEST(
        tsv_error("# fine\npost\tp\tx\tmember\n").starts_with("line 2: has not the columns"));
    BOOST_TEST(tsv_error("like\tp\tx\tmember\t1\t").starts_with("line 1: kind"));
    BOOST_TEST(tsv_error("actor\tx\tx\tking\t1\t").starts_with("line 1: role"));
    for (const char* hours : {"-1", "x", "", "nan", "inf", "1e300", "1h"})
        BOOST_TEST(tsv_error("actor\tx\tx\tmember\t" + std::string(hours) + "\t")
                       .starts_with("line 1: hours"));
    BOOST_TEST(tsv_error("actor\tx\ty\tmember\t1\t").starts_with("line 1: an actor row"));
    BOOST_TEST(tsv_error("post\tp q\tx\tmember\t1\t").starts_with("line 1: id and actor"));
    BOOST_TEST(
        tsv_error("post\t" + std::string(65, 'p') + "\tx\tmember\t1\t").starts_with("line 1: id"));
    BOOST_TEST(tsv_error("post\tp\tx\tmember\t1\tq").starts_with("line 1: its parent"));
    BOOST_TEST(tsv_error("post\tp\tx\tmember\t1\tq\npost\tq\tx\tmember\t2\t")
                   .starts_with("line 1: is older than its parent"));
    BOOST_TEST(tsv_error("post\tp\tx\tmember\t1\tq\npost\tq\tx\tmember\t1\tp").ends_with("circle"));
    BOOST_TEST(tsv_error("post\tp\tx\tmember\t1\tp").ends_with("circle"));
    BOOST_TEST(tsv_error("post\tp\tx\tmember\t1\t\npost\tp\tx\tmember\t2\t")
                   .starts_with("line 2: tells otherwise"));
    BOOST_TEST(tsv_error("actor\tx\tx\tmember\t1\t\npost\tp\tx\tbot\t2\t")
                   .starts_with("line 2: gives the actor another role"));
    BOOST_TEST(tsv_error(std::string(limits::import_line_bytes_max + 1, 'x'))
                   .starts_with("line 1: is longer"));
}

BOOST_AUTO_TEST_CASE(an_edges_file_becomes_answers_and_the_joins_they_imply) {
    const auto events = value_of(read_edges("src dst time\n1 2 200\n3\t1  100\n"));
    BOOST_REQUIRE(events.size() == 5u);
    BOOST_TEST((events[0].kind == ImportedKind::join));
    BOOST_TEST((events[0].at == 100'000 && events[1].at == 100'000));  // 1 and 3
    BOOST_TEST(events[2].object == "line-3");
    BOOST_TEST(events[2].actor == "3");
    BOOST_TEST(events[2].answers == "1");
    BOOST_TEST(events[3].actor == "2");
    BOOST_TEST((events[3].kind == ImportedKind::join));
    BOOST_TEST(events[4].object == "line-2");
}

BOOST_AUTO_TEST_CASE(a_faulty_edges_file_names_its_line) {
    BOOST_TEST(edges_error("").starts_with("the file is empty"));
    BOOST_TEST(edges_error("1 2 100\n").starts_with("line 1: is an edge"));
    BOOST_TEST(edges_error("src dst time\n1 2\n").starts_with("line 2: is not"));
    BOOST_TEST(edges_error("src dst time\n1 2 100\n1 2 -5\n").starts_with("line 3: the time"));
    BOOST_TEST(edges_error("src dst time\n1 2 99999999999\n").starts_with("line 2: the time"));
    BOOST_TEST(edges_error("src dst time\n1 2 100.5\n").starts_with("line 2: the time"));
}

BOOST_AUTO_TEST_CASE(gzip_is_unpacked_within_bounds) {
    BOOST_TEST(value_of(unpack_import("plain")) == "plain");
    BOOST_TEST(value_of(unpack_import(gzip("packed") + gzip(" twice"))) == "packed twice");
    const std::string packed = gzip("cut short in the middle");
    const auto cut = unpack_import(std::string_view(packed).substr(0, packed.size() - 9));
    BOOST_TEST((!cut && cut.error().code == Code::invalid));
    BOOST_TEST((!unpack_import(packed + "garbage")));
    const auto bomb = unpack_import(gzip(std::string(limits::import_bytes_max + 1, '\n')));
    BOOST_TEST((!bomb && bomb.error().code == Code::too_large));
    const auto large = read_tsv(std::string(limits::import_bytes_max + 1, '\n'), t0);
    BOOST_TEST((!large && large.error().code == Code::too_large));
}

BOOST_AUTO_TEST_CASE(more_lines_than_allowed_are_refused) {
    std::string text = "src dst time\n";
    for (std::size_t i = 0; i < limits::import_lines_max; ++i) text += "1 2 3\n";
    const auto result = read_edges(text);
    BOOST_TEST((!result && result.error().code == Code::too_large));
}

BOOST_AUTO_TEST_SUITE_END()

// The student network whose figures are published; see collegemsg-expected.txt.
BOOST_AUTO_TEST_SUITE(insight_collegemsg)

BOOST_AUTO_TEST_CASE(its_graph_and_activity_agree_with_the_published_figures) {
    const std::string text = value_of(unpack_import(read_data("CollegeMsg.txt.gz")));
    const GroupHistory history = history_of(value_of(read_edges(text)));
    BOOST_TEST(history.actors.size() == 1'899u);
    BOOST_TEST(history.contributions.size() == 59'835u);
    const TimeMs begin = history.contributions.front().at;
    const TimeMs end = history.contributions.back().at + 1;

    const Snapshot all(history, end);
    const auto graph = reply_graph(all, {begin, end}, GraphOf::members);
    BOOST_TEST(reciprocity(graph).of == 20'296);
    BOOST_TEST(reciprocity(graph).reciprocated == 12'916);
    BOOST_TEST(undirected_edges(graph) == 13'838);
    BOOST_TEST(mutual_dyads(graph).size() == 6'458u);
    const auto parts = components(graph);
    BOOST_REQUIRE(parts.size() == 4u);
    BOOST_TEST(parts[0].size() == 1'893u);
    BOOST_TEST(parts[3].size() == 2u);

    std::vector<std::int64_t> counts;
    for (const Contributor& c : contributors(all, {begin, end})) counts.push_back(c.contributions);
    BOOST_TEST(counts.size() == 1'350u);
    BOOST_TEST(*contributor_absence_factor(counts) == 106);

    const TimeMs day28 = begin + 28 * day_ms;
    const auto active = active_counts(Snapshot(history, day28), day28);
    BOOST_TEST(active.day == 275);
    BOOST_TEST(active.week == 560);
    BOOST_TEST(active.four_weeks == 717);
    // 28-day windows from the first message.
    const std::int64_t months[] = {717, 1'025, 481, 311, 270, 238};
    for (int i = 0; i < 6; ++i) {
        const TimeMs start = begin + i * 28 * day_ms;
        const auto people = active_people(all, {start, start + 28 * day_ms});
        BOOST_TEST(std::int64_t(people.size()) == months[i]);
    }
}

BOOST_AUTO_TEST_SUITE_END()
