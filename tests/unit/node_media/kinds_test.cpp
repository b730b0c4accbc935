#include "node/media/kinds.hpp"
#include "node/media/probe.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>

using namespace kith::media;

namespace {

std::string with(std::string head) { return head + std::string(64, '\0'); }
std::string type_of(const std::string& bytes) {
    const auto kind = kind_of(bytes);
    return kind ? std::string(kind->type) : "";
}
std::string box(const std::string& brand) { return with(std::string("\0\0\0\x20", 4) + "ftyp" + brand); }

}  // namespace

BOOST_AUTO_TEST_SUITE(media_kinds)

BOOST_AUTO_TEST_CASE(a_file_is_what_its_first_bytes_say) {
    BOOST_TEST(type_of(with("\xff\xd8\xff\xe0")) == "image/jpeg");
    BOOST_TEST(type_of(with("GIF89a")) == "image/gif");
    BOOST_TEST(type_of(box("avif")) == "image/avif");
    BOOST_TEST(type_of(box("isom")) == "video/mp4");
    BOOST_TEST(type_of(box("qt  ")) == "video/quicktime");
    BOOST_TEST(type_of(box("M4A ")) == "audio/mp4");
    BOOST_TEST(type_of(with("\x1a\x45\xdf\xa3 webm")) == "video/webm");
    BOOST_TEST(type_of(with("OggS")) == "audio/ogg");
    BOOST_TEST(type_of(with("fLaC")) == "audio/flac");
    BOOST_TEST(type_of(with("RIFF1234WAVEfmt ")) == "audio/wav");
    BOOST_TEST(type_of(with("ID3\x04")) == "audio/mpeg");
    BOOST_TEST(type_of(with("\xff\xfb\x90\x64")) == "audio/mpeg");
    BOOST_TEST(type_of(with("\xff\xf1\x50\x80")) == "audio/aac");
}

BOOST_AUTO_TEST_CASE(what_could_lead_elsewhere_is_none) {
    for (const auto* head : {"#EXTM3U\n", "ffconcat version 1.0\n", "v=0\r\no=-", "<svg xmlns=", "<?xml version", "%PDF-1.7",
                             "<html>", "[playlist]\n", "\x1a\x45\xdf\xa3 matroska", ""})
        BOOST_TEST(type_of(with(head)).empty(), head);
    BOOST_TEST(type_of(box("jp2 ")).empty());
    BOOST_TEST(type_of("").empty());
    BOOST_TEST(type_of("\xff").empty());
}

BOOST_AUTO_TEST_CASE(names_are_shown_by_their_endings) {
    BOOST_TEST(type_of_name("aa/b.mp4") == "video/mp4");
    BOOST_TEST(type_of_name("aa/b.m4a") == "audio/mp4");
    for (const auto* name : {"aa/b.upload", "aa/b", "mp4", ".mp4", "aa/b.html", "aa/b.svg"})
        BOOST_TEST(type_of_name(name).empty(), name);
}

BOOST_AUTO_TEST_CASE(what_ffprobe_prints_is_read) {
    const auto facts = read_facts(R"({"streams":[
        {"codec_name":"mjpeg","codec_type":"video","width":90,"height":90,"disposition":{"attached_pic":1}},
        {"codec_name":"h264","codec_type":"video","width":640,"height":360,"pix_fmt":"yuv420p",
         "avg_frame_rate":"30000/1001","disposition":{"attached_pic":0},"side_data_list":[{"rotation":-90}]},
        {"codec_name":"aac","codec_type":"audio","sample_rate":"44100","channels":2,"channel_layout":"stereo"}],
        "format":{"duration":"12.5","bit_rate":"900000"}})");
    BOOST_REQUIRE(facts.has_value());
    BOOST_TEST((facts->has_video && facts->has_audio && facts->has_cover && facts->is_turned));
    BOOST_TEST(facts->width == 640);
    BOOST_TEST(facts->duration_s == 12.5);
    BOOST_TEST(facts->bitrate == 900'000);
    BOOST_TEST(facts->audio_rate == 44'100);
    BOOST_TEST(std::abs(frames_per_second(facts->frame_rate) - 29.97) < 0.01);
    BOOST_TEST(!read_facts("no JSON").has_value());
    const auto empty = read_facts("{}");
    BOOST_REQUIRE(empty.has_value());
    BOOST_TEST((!empty->has_video && !empty->has_audio && empty->duration_s == 0));
    BOOST_TEST(read_facts(R"({"format":{"duration":"nan","bit_rate":"-5"}})")->duration_s == 0);
}

BOOST_AUTO_TEST_CASE(rates_of_frames) {
    BOOST_TEST(frames_per_second("25/1") == 25);
    BOOST_TEST(frames_per_second("0/0") == 0);
    BOOST_TEST(frames_per_second("") == 0);
    BOOST_TEST(frames_per_second("10") == 10);
}

BOOST_AUTO_TEST_SUITE_END()
