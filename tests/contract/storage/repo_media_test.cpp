// Uploads whose files are made after the answer, what files weigh, and files of other servers.
#include "storage/repo/media.hpp"

#include "storage/repo/posts.hpp"
#include "storage/repo/remote_files.hpp"
#include "tests/contract/storage/repo_world.hpp"

#include <array>

using namespace kith;
using namespace kith::test;

namespace {

repo::Upload waiting(Id owner, Id id) {
    repo::Upload upload;
    upload.picture.id = id;
    upload.picture.media_type = "video/webm";
    upload.owner_id = owner;
    upload.expires_at = noon + 1'000;
    upload.state = repo::UploadState::waiting;
    upload.source = "aa/one.upload";
    return upload;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repo_media)

KITH_STORAGE_TEST(an_upload_waits_until_its_file_is_made) {
    World world(db);
    const auto ann = world.person("ann");
    BOOST_TEST(!ask(db, repo::has_waiting_upload, noon));
    put(db, repo::insert_upload, waiting(ann, 7));
    BOOST_TEST(ask(db, repo::has_waiting_upload, noon));
    BOOST_TEST(ask(db, repo::count_waiting_uploads, ann) == 1);
    BOOST_TEST(ask(db, repo::count_waiting_uploads, ann + 1) == 0);
    auto claimed = put(db, repo::claim_upload, noon, noon + 60);
    BOOST_REQUIRE(claimed.has_value());
    BOOST_TEST(claimed->upload.source == "aa/one.upload");
    BOOST_TEST(claimed->upload.owner_id == ann);
    BOOST_TEST(claimed->attempts == 1);
    BOOST_TEST(!put(db, repo::claim_upload, noon, noon + 60).has_value());  // leased
    put(db, repo::release_uploads);
    BOOST_TEST(put(db, repo::claim_upload, noon, noon + 60)->attempts == 2);
    put(db, repo::postpone_upload, Id(7), noon + 10);
    BOOST_TEST(!ask(db, repo::has_waiting_upload, noon));

    auto made = claimed->upload.picture;
    made.media_type = "video/mp4";
    made.url = "/media/aa/one.mp4";
    made.width = 640;
    made.height = 360;
    made.duration_s = 2.5;
    made.details = "{}";
    BOOST_TEST(put(db, repo::finish_upload, made));
    const auto found = ask(db, repo::find_upload, ann, Id(7));
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->state == repo::UploadState::ready));
    BOOST_TEST(found->picture.duration_s.value() == 2.5);
    BOOST_TEST(found->picture.details == "{}");
    BOOST_TEST(found->source.empty());
    BOOST_TEST(!put(db, repo::finish_upload, made));  // done
    const auto post = world.post(ann);
    put(db, repo::add_attachment, post, 0, found->picture);
    const auto attached = ask(db, repo::attachments_of, std::array{post});
    BOOST_REQUIRE(attached.size() == 1);
    BOOST_TEST(attached[0].attachment.details == "{}");
    BOOST_TEST(ask(db, repo::find_own_attachment, ann, Id(7))->duration_s.value() == 2.5);
}

KITH_STORAGE_TEST(an_upload_that_failed_says_why) {
    World world(db);
    const auto ann = world.person("ann");
    put(db, repo::insert_upload, waiting(ann, 7));
    put(db, repo::set_preview, Id(7), "/media/aa/still.png", "L00");
    BOOST_TEST(put(db, repo::fail_upload, Id(7), "too long"));
    BOOST_TEST(!put(db, repo::fail_upload, Id(7), "again"));
    const auto found = ask(db, repo::find_upload, ann, Id(7));
    BOOST_TEST((found->state == repo::UploadState::failed));
    BOOST_TEST(found->problem == "too long");
    BOOST_TEST(found->picture.preview_url == "/media/aa/still.png");
    BOOST_TEST(!ask(db, repo::has_waiting_upload, noon));
}

KITH_STORAGE_TEST(files_are_measured_and_summed) {
    World world(db);
    BOOST_TEST(ask(db, repo::media_bytes) == 0);
    put(db, repo::note_file, "aa/one.png", std::optional<Id>(7), std::optional<Id>{}, noon, 100u);
    put(db, repo::note_file, "aa/two.png", std::optional<Id>(7), std::optional<Id>{}, noon, 0u);
    BOOST_TEST(ask(db, repo::unmeasured_files, 9) == std::vector<std::string>{"aa/two.png"});
    put(db, repo::measure_file, "aa/two.png", 20u);
    BOOST_TEST(ask(db, repo::unmeasured_files, 9).empty());
    put(db, repo::put_remote_file, repo::RemoteFile{"https://a.example/x", "bb/x.png", "image/png", 3, 0, noon});
    BOOST_TEST(ask(db, repo::media_bytes) == 123);
}

KITH_STORAGE_TEST(a_file_of_another_server_is_kept_while_it_is_used) {
    World world(db);
    const std::string url = "https://a.example/x";
    put(db, repo::put_remote_file, repo::RemoteFile{url, "", "", 0, noon + 50, noon});
    BOOST_TEST(ask(db, repo::find_remote_file, url)->retry_at == noon + 50);
    put(db, repo::put_remote_file, repo::RemoteFile{url, "bb/x.png", "image/png", 3, 0, noon});
    const auto found = ask(db, repo::find_remote_file, url);
    BOOST_TEST(found->name == "bb/x.png");
    BOOST_TEST(found->media_type == "image/png");
    BOOST_TEST(ask(db, repo::unused_remote_files, noon, 9).empty());
    BOOST_TEST(ask(db, repo::unused_remote_files, noon + 1, 9).size() == 1);
    put(db, repo::use_remote_file, url, noon + 10);
    BOOST_TEST(ask(db, repo::unused_remote_files, noon + 1, 9).empty());
    put(db, repo::forget_remote_file, url);
    BOOST_TEST(!ask(db, repo::find_remote_file, url).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
