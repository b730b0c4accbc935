// Objects that are files, pictures beside texts, and Events.
#include "federation/vocab/post_parts.hpp"
#include "tests/unit/federation_vocab/fixture.hpp"
#include "tests/unit/federation_vocab/samples.hpp"

using namespace kith;
using namespace kith::vocab;
using namespace kith::vocab::test;

BOOST_AUTO_TEST_SUITE(vocab_read_media)

BOOST_AUTO_TEST_CASE(a_video_is_the_first_file_among_its_links) {
    auto p = post_with(
        "'name':'A heron','duration':'PT61S','icon':[{'type':'Image','url':'https://a.example/h.jpg'}],"
        "'url':[{'type':'Link','mediaType':'text/html','href':'https://a.example/w/1'},"
        "{'type':'Link','mediaType':'application/x-bittorrent','href':'https://a.example/1.torrent'},"
        "{'type':'Link','mediaType':'video/mp4','href':'https://a.example/1.mp4','height':720,'width':1280}]",
        "Video");
    BOOST_REQUIRE(p);
    BOOST_TEST(p->url == "https://a.example/w/1");
    BOOST_REQUIRE(p->attachments.size() == 1u);
    const auto& file = p->attachments[0];
    BOOST_TEST(file.type == "Video");
    BOOST_TEST(file.media_type == "video/mp4");
    BOOST_TEST(file.url == "https://a.example/1.mp4");
    BOOST_TEST(file.preview_url == "https://a.example/h.jpg");
    BOOST_TEST(file.description == "A heron");
    BOOST_TEST((file.width == 1280 && file.height == 720));
    BOOST_TEST((file.duration_s == 61.0));
}

BOOST_AUTO_TEST_CASE(a_playlist_leads_to_its_files) {
    auto p = post_with(
        "'name':'x','url':[{'type':'Link','mediaType':'text/html','href':'https://a.example/w/1'},"
        "{'type':'Link','mediaType':'application/x-mpegURL','href':'https://a.example/m.m3u8','tag':["
        "{'type':'Infohash','name':'f00'},"
        "{'type':'Link','mediaType':'application/json','href':'https://a.example/s.json'},"
        "{'type':'Link','mediaType':'video/mp4','href':'https://a.example/f.mp4','height':480}]}]",
        "Video");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->attachments.size() == 1u);
    BOOST_TEST(p->attachments[0].url == "https://a.example/f.mp4");
}

BOOST_AUTO_TEST_CASE(a_video_without_a_file_shows_its_picture) {
    auto p = post_with("'name':'x','url':'https://a.example/w/1','icon':{'type':'Image','url':"
                       "'https://a.example/h.webp'}",
                       "Video");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->attachments.size() == 1u);
    BOOST_TEST(p->attachments[0].type == "Image");
    BOOST_TEST(p->attachments[0].media_type == "image/webp");
}

BOOST_AUTO_TEST_CASE(an_image_with_its_own_media_type_is_its_url) {
    auto p = post_with("'url':'https://a.example/p/1.png','mediaType':'image/png','name':'a pond'",
                       "Image");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->attachments.size() == 1u);
    BOOST_TEST(p->attachments[0].description == "a pond");
}

BOOST_AUTO_TEST_CASE(a_page_shows_its_picture_once) {
    auto p = post_with("'name':'x','image':{'type':'Image','url':'https://a.example/t.jpg'},"
                       "'attachment':[{'type':'Link','href':'https://b.example/news'}]",
                       "Page");
    BOOST_REQUIRE(p);
    BOOST_TEST(p->link_url == "https://b.example/news");
    BOOST_REQUIRE(p->attachments.size() == 1u);
    BOOST_TEST(p->attachments[0].url == "https://a.example/t.jpg");

    p = post_with("'name':'x','image':{'type':'Image','url':'https://a.example/t.jpg'},"
                  "'attachment':[{'type':'Image','url':'https://a.example/big.jpg'}]",
                  "Article");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->attachments.size() == 1u);
    BOOST_TEST(p->attachments[0].url == "https://a.example/big.jpg");
}

BOOST_AUTO_TEST_CASE(a_media_type_that_is_not_told_follows_from_the_name_or_the_type) {
    BOOST_TEST(media_type_by_name("https://a.example/x.PNG?v=1", "Document") == "image/png");
    BOOST_TEST(media_type_by_name("https://a.example/x", "Video") == "video/*");
    BOOST_TEST(media_type_by_name("https://a.example/x", "Document") == "");
}

BOOST_AUTO_TEST_CASE(an_event_says_when_and_where) {
    auto p = post_with(
        "'name':'Picnic','startTime':'2026-06-01T18:00:00+02:00','endTime':'2026-06-01T20:00:00+02:00',"
        "'ical:status':'CONFIRMED','location':{'type':'Place','name':'City park','address':"
        "{'type':'PostalAddress','streetAddress':'Park 1','addressLocality':'Springfield',"
        "'postalCode':'1234','addressCountry':'Nowhere'}}",
        "Event");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->gathering.has_value());
    BOOST_TEST((p->gathering->start == 1'780'329'600'000));
    BOOST_TEST(*p->gathering->end - *p->gathering->start == 2 * hour_ms);
    BOOST_TEST(p->gathering->utc_offset_minutes == 120);
    BOOST_TEST(p->gathering->place == "City park");
    BOOST_TEST(p->gathering->address == "Park 1, 1234, Springfield, Nowhere");
    BOOST_TEST((p->gathering->status == GatheringStatus::scheduled));
}

BOOST_AUTO_TEST_CASE(an_event_may_be_online_or_cancelled) {
    auto p = post_with("'startTime':'2026-06-01T18:00:00Z','status':'cancelled','location':"
                       "[{'type':'VirtualLocation','url':'https://meet.example/1'},'Room 5']",
                       "Event");
    BOOST_REQUIRE(p);
    BOOST_REQUIRE(p->gathering.has_value());
    BOOST_TEST(p->gathering->place == "Room 5");
    BOOST_TEST(p->gathering->place_url == "https://meet.example/1");
    BOOST_TEST((p->gathering->status == GatheringStatus::cancelled));
    BOOST_TEST(!post_with("'name':'x'", "Event")->gathering.has_value());
}

BOOST_AUTO_TEST_CASE(an_event_says_how_it_is_answered) {
    auto p = post_with("'startTime':'2026-06-01T18:00:00-03:30','endTime':'2026-06-01T20:00:00-03:30','displayEndTime':false,"
                       "'timezone':'America/St_Johns','eventStatus':'https://schema.org/EventPostponed','joinMode':'invite',"
                       "'maximumAttendeeCapacity':20,'participantCount':3,'attendees':{'type':'Collection','totalItems':'4'},"
                       "'actor':'https://peer.example/u/moe','location':{'type':'Place','name':'Hall','latitude':47.5,'longitude':-52.7}",
                       "Event");
    BOOST_REQUIRE(p);
    const auto& g = *p->gathering;
    BOOST_TEST((g.shows_end == false && g.utc_offset_minutes == -210 && g.time_zone == "America/St_Johns"));
    BOOST_TEST((g.status == GatheringStatus::postponed && g.join_mode == JoinMode::restricted));
    BOOST_TEST((g.capacity == 20 && g.attendees == 4));
    BOOST_TEST((g.latitude == 47.5 && g.longitude == -52.7));
    BOOST_TEST(g.organizer == "https://peer.example/u/moe");
    p = post_with("'startTime':'2026-06-01T18:00:00Z','eventStatus':'EventMovedOnline','joinMode':7,'participantCount':-1,"
                  "'externalParticipationUrl':'mailto:a@b.example','location':{'type':'Place','name':'x','latitude':91,'longitude':0}",
                  "Event");
    BOOST_REQUIRE(p);
    BOOST_TEST((p->gathering->status == GatheringStatus::scheduled && !p->gathering->join_mode && !p->gathering->attendees));
    BOOST_TEST((!p->gathering->latitude && p->gathering->participation_url == "mailto:a@b.example"));
}

BOOST_AUTO_TEST_CASE(an_event_that_is_written_is_read_as_the_same) {
    auto hybrid = group_event();
    hybrid.gathering->place_url = "https://meet.example/seeds";
    for (const auto& post : {group_event(), cancelled_event(), hybrid}) {
        const auto document = json::Document::parse(write_post(post));
        BOOST_REQUIRE(document);
        const auto read = read_post(document->root());
        BOOST_REQUIRE(read);
        const auto &a = *post.gathering, &b = *read->gathering;
        BOOST_TEST((a.start == b.start && a.end == b.end && a.shows_end == b.shows_end && a.utc_offset_minutes == b.utc_offset_minutes));
        BOOST_TEST((a.time_zone == b.time_zone && a.place == b.place && a.address == b.address && a.place_url == b.place_url));
        BOOST_TEST((a.latitude == b.latitude && a.longitude == b.longitude && a.status == b.status && a.join_mode == b.join_mode));
        BOOST_TEST((a.participation_url == b.participation_url && a.capacity == b.capacity && a.attendees == b.attendees));
        BOOST_TEST(b.organizer.empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
