#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <vector>

#include "tests/unit/federation_vocab/fixture.hpp"
#include "tests/unit/federation_vocab/record.hpp"

// tests/data/corpus holds activities in the shapes of other servers' programs, each beside a file
// .record with what is to be read of it. After a change that is meant, run this program with
// KITH_WRITE_CORPUS=1 and read the difference.

using namespace kith;
using namespace kith::vocab::test;

namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(KITH_TEST_DATA) / "corpus";

std::string content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> activities() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".json") paths.push_back(entry.path());
    std::ranges::sort(paths);
    return paths;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(corpus)

BOOST_AUTO_TEST_CASE(it_has_120_activities_of_twelve_programs) {
    std::set<fs::path> programs;
    for (const auto& path : activities()) programs.insert(path.parent_path());
    BOOST_TEST(activities().size() >= 120u);
    BOOST_TEST(programs.size() >= 12u);
}

BOOST_AUTO_TEST_CASE(each_activity_is_read_into_the_record_beside_it) {
    for (const auto& path : activities()) {
        const auto text = content_of(path);
        auto document = json::Document::parse(text);
        BOOST_REQUIRE_MESSAGE(document, path << " is not JSON");
        const auto record = record_of(document->root());
        BOOST_REQUIRE_MESSAGE(record, path << ": " << record.error().safe_text << " "
                                           << record.error().detail);
        auto beside = path;
        beside.replace_extension(".record");
        if (std::getenv("KITH_WRITE_CORPUS")) std::ofstream(beside, std::ios::binary) << *record;
        BOOST_TEST(content_of(beside) == *record, "differs: " << beside);
    }
}

BOOST_AUTO_TEST_SUITE_END()
