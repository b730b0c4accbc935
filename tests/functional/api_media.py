"""Pictures, videos and sounds of members: uploaded, described, attached to posts, changed, deleted; what is kept
holds no metadata and stands upright; what is none of them, or would be too large to decode, is refused. Files
of other servers come through the node, by URLs that it signed."""

from framework import api, ap, check, raw
from framework.case import run
from framework.files import DOOR, facts, recorded, remote_of
from framework.node import Node, VirtualClock
from framework.peer import Peer
from framework.pictures import converted, huge_png, png, size_of, with_exif
from framework.reply import Reply

MEDIA = "/api/v2/media"


def setup():
    global node, clock, alice, bob, anybody, site
    site = Peer()
    clock = VirtualClock()
    node = Node(clock=clock).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)


def _upload(data=None, client=None, path=MEDIA, **form):
    return (client or alice).upload("POST", path, {"file": data or png(60, 40)}, form).expect(200).json


def _record(data, thumbnail=None, path=MEDIA, **form):
    """A video or sound, when it is ready."""
    files = {"file": data, **({"thumbnail": thumbnail} if thumbnail else {})}
    made = alice.upload("POST", path, files, form).expect(200, 202).json
    return check.eventually(lambda: _ready(made["id"]), 30, "the file is made")


def _ready(id):
    answer = alice.request("GET", f"/api/v1/media/{id}")
    check.true(answer.status in (200, 206), f"{answer.status} {answer.body[:200]}")
    return answer.json if answer.status == 200 else None


def _bytes(url):
    """A file as anybody gets it; None where it is not there."""
    check.true(url.startswith(node.base), f"on this node: {url}")
    answer = anybody.request("GET", url[len(node.base):])
    return answer if answer.status == 200 else None


def test_a_picture_is_taken_and_served():
    made = _upload(png(900, 600), description="a gradient", focus="-0.5,0.25")
    check.equal((made["type"], made["description"], made["meta"]["focus"]), ("image", "a gradient", {"x": -0.5, "y": 0.25}),
                "what is said of it")
    original = made["meta"]["original"]
    check.equal((original["width"], original["height"], original["size"]), (900, 600, "900x600"), "its size")
    check.true(len(made["blurhash"]) == 28 and made["blurhash"][0] == "L", f"a blurhash: {made['blurhash']}")
    check.equal((made["remote_url"], made["url"] != made["preview_url"]), (None, True), "files of this node")
    served = _bytes(made["url"])
    check.equal(size_of(served.body), (900, 600), "the file")
    width, height = size_of(_bytes(made["preview_url"]).body)
    check.true(width * height <= 640 * 360 and abs(width / height - 1.5) < 0.02, f"the preview: {width}x{height}")
    for name, value in (("Content-Type", "image/png"), ("X-Content-Type-Options", "nosniff"),
                        ("Access-Control-Allow-Origin", "*")):
        check.equal(served.header(name), value, name)
    check.contains(served.header("Content-Security-Policy"), "sandbox", "nothing of it runs")
    check.contains(served.header("Cache-Control"), "immutable", "kept by browsers")
    check.equal(alice.get(f"/api/v1/media/{made['id']}"), made, "asked again")
    check.equal(_upload(path="/api/v1/media")["type"], "image", "by the older name")


def test_every_form_is_kept_as_one_that_all_can_see():
    plain = png(80, 50)
    for form, kept in (("jpg", "jpg"), ("webp", "webp"), ("gif", "gif"), ("avif", "jpg")):
        made = _upload(converted(plain, form))
        check.true(made["url"].endswith("." + kept), f"{form}: {made['url']}")
        check.equal(size_of(_bytes(made["url"]).body), (80, 50), f"size of a {form}")


def test_nothing_of_where_and_how_it_was_taken_is_kept():
    made = _upload(png(40, 40, text="behind the church"))
    check.true(b"church" not in _bytes(made["url"]).body, "a comment")
    photo = with_exif(converted(png(80, 50), "jpg"), 6, "at home, third floor")
    check.equal(size_of(photo), (80, 50), "as it lies in the file")
    made = _upload(photo)
    body = _bytes(made["url"]).body
    check.true(b"third floor" not in body and b"Exif" not in body, "metadata")
    check.equal((made["meta"]["original"]["width"], made["meta"]["original"]["height"], size_of(body)),
                (50, 80, (50, 80)), "it stands upright")


def test_what_is_refused():
    for what, data in (("a page", b"<!doctype html><script>alert(1)</script>"), ("nothing", b""),
                       ("an SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
                       ("a head alone", b"\xff\xd8\xff\xe0"),
                       ("more pixels than may be decoded", huge_png(60_000, 60_000)),
                       ("too many bytes", png(8, 8) + b"\0" * (16 << 20)),
                       ("a PDF", b"%PDF-1.4\n1 0 obj\n")):
        answer = alice.upload("POST", MEDIA, {"file": data})
        check.equal(answer.status, 422, f"{what}: {answer.body[:100]}")
        check.true(answer.error(422), what)
    alice.request("POST", MEDIA, {"description": "no file"}).error(422)
    for bad in ({"focus": "5,0"}, {"focus": "left"}, {"focus": "nan,0"}, {"description": "x" * 1501}):
        check.true(alice.upload("POST", MEDIA, {"file": png(9, 9)}, bad).error(422), f"refused: {str(bad)[:40]}")
    check.equal(node.count("media_file") % 2, 0, "no half picture")
    for path in ("/media/../kith.toml", "/media/aa/..%2f..%2fkith.toml", "/media/aa/bb.db", "/media/aa/none.png"):
        check.equal(anybody.request("GET", path).status, 404, path)


def test_whose_it_is():
    made = _upload()
    path = f"/api/v1/media/{made['id']}"
    for verb, form in (("GET", None), ("PUT", {"description": "x"}), ("DELETE", None)):
        bob.request(verb, path, form).error(404)
        anybody.request(verb, path, form).error(401)
        api.Client(node.url, node.token("alice", "read"), node.host).request(verb, path, form).error(403)
    check.equal(anybody.upload("POST", MEDIA, {"file": png(9, 9)}).status, 401, "nobody's upload")
    check.equal(bob.request("POST", "/api/v1/statuses", {"status": "mine", "media_ids": [made["id"]]}).status, 422,
                "bob cannot post it")
    changed = alice.put(path, {"description": "by alice", "focus": "0,1"})
    check.equal((changed["description"], changed["meta"]["focus"]), ("by alice", {"x": 0.0, "y": 1.0}), "described")
    check.equal(alice.delete(path), {}, "deleted")
    alice.request("GET", path).error(404)


def _post(text="a picture", **more):
    return alice.post("/api/v1/statuses", {"status": text, **more})


def test_pictures_of_a_post():
    one, two, *more = (_upload(description=text) if text else _upload() for text in ("one", "two", "", "", ""))
    five = [made["id"] for made in (one, two, *more)]
    for bad in ({"media_ids": five}, {"media_ids": ["1"]}, {"media_ids": ["x"]}):
        check.equal(alice.request("POST", "/api/v1/statuses", {"status": "x", **bad}).status, 422, f"refused: {bad}")
    post = _post(media_ids=five[:2])    # what was refused is still hers
    shown = bob.get(f"/api/v1/statuses/{post['id']}")["media_attachments"]
    check.equal([(m["id"], m["description"]) for m in shown], [(one["id"], "one"), (two["id"], "two")], "in order")
    check.equal(alice.request("POST", "/api/v1/statuses", {"status": "again", "media_ids": [one["id"]]}).status, 422,
                "each hangs on one post")
    alice.request("PUT", f"/api/v1/media/{one['id']}", {"description": "late"}).error(422)
    alice.request("DELETE", f"/api/v1/media/{one['id']}").error(422)
    code, note, _ = ap.get(post["uri"])
    check.equal([(a["mediaType"], a["name"], a["width"]) for a in note["attachment"]],
                [("image/png", "one", 60), ("image/png", "two", 60)], "for peers")
    three = more[0]
    edited = alice.request("PUT", f"/api/v1/statuses/{post['id']}", body={
        "status": "edited", "media_ids": [two["id"], three["id"]],
        "media_attributes": [{"id": two["id"], "description": "two, better", "focus": "0.1,0.2"}]}).expect(200).json
    check.equal([(m["id"], m["description"]) for m in edited["media_attachments"]],
                [(two["id"], "two, better"), (three["id"], None)], "after an edit")
    bare = alice.put(f"/api/v1/statuses/{_post(media_ids=[more[2]['id']])['id']}", {"status": "text only"})
    check.equal(bare["media_attachments"], [], "an edit that does not name them takes them away")
    only = _post("", media_ids=five[3:4])
    check.equal((only["content"], len(only["media_attachments"])), ("", 1), "without text")
    me = alice.me()["id"]
    found = [s["id"] for s in bob.get(f"/api/v1/accounts/{me}/statuses", only_media=True)]
    check.equal(found, [only["id"], post["id"]], "only_media")
    page = raw.exchange(f"{node.url}/@alice/{post['id']}", b"GET /@alice/%s HTTP/1.1\r\nHost: %s\r\nAccept: text/html\r\n"
                        b"Connection: close\r\n\r\n" % (post["id"].encode(), node.host.encode()))
    check.contains(page.body.decode(), "two, better", "the page has the alt text")


def test_deleted_and_written_anew():
    made = _upload(description="kept", focus="0.5,-0.5")
    post = _post(media_ids=[made["id"]])
    gone = alice.delete(f"/api/v1/statuses/{post['id']}")
    check.equal(gone["media_attachments"], post["media_attachments"], "what it had")
    bob.request("POST", "/api/v1/statuses", {"status": "mine", "media_ids": [made["id"]]}).error(422)
    anew = _post("written anew", media_ids=[m["id"] for m in gone["media_attachments"]])
    check.equal(anew["media_attachments"], post["media_attachments"], "the same picture")
    for path in ("url", "preview_url"):
        check.equal(_bytes(made[path]).status, 200, f"its {path}")
    alice.delete(f"/api/v1/statuses/{anew['id']}?delete_media=true")
    alice.request("GET", f"/api/v1/media/{made['id']}").error(404)


# -- video and sound -----------------------------------------------------------------------------------------------

def test_a_video():
    film = recorded("mov", "-pix_fmt", "yuv444p", "-metadata", "title=at home, third floor", seconds=2)
    first = alice.upload("POST", MEDIA, {"file": film}, {"description": "bars", "focus": "0,0.5"}).expect(202).json
    check.equal((first["type"], first["url"], first["description"]), ("video", None, "bars"), "at first")
    made = check.eventually(lambda: _ready(first["id"]), 30, "the film is made")
    meta = made["meta"]
    check.equal((made["type"], made["id"], meta["focus"]), ("video", first["id"], {"x": 0.0, "y": 0.5}), "what it is")
    check.equal((meta["original"]["width"], meta["original"]["height"], meta["original"]["frame_rate"], meta["fps"],
                 meta["audio_encode"]), (64, 48, "10/1", 10, "aac"), f"what is said of it: {meta}")
    check.true(1.9 < meta["duration"] < 2.3 and meta["length"].startswith("0:00:0"), f"its length: {meta['length']}")
    check.true(made["url"].endswith(".mp4") and len(made["blurhash"]) > 6, "its file")
    said = facts(_bytes(made["url"]).body)
    check.true("codec_name=h264" in said and "pix_fmt=yuv420p" in said and "third floor" not in said, said)
    check.equal(size_of(_bytes(made["preview_url"]).body), (64, 48), "a still")
    post = _post(media_ids=[made["id"]])
    shown = bob.get(f"/api/v1/statuses/{post['id']}")["media_attachments"][0]
    check.equal((shown["type"], shown["meta"]), ("video", meta), "on a post")
    code, note, _ = ap.get(post["uri"])
    told = note["attachment"][0]
    check.equal((told["type"], told["mediaType"], told["width"], told["icon"]["url"]),
                ("Document", "video/mp4", 64, made["preview_url"]), "for peers")
    check.true(told["duration"].startswith("PT2"), f"its length for peers: {told['duration']}")


def test_forms_of_video_and_sound():
    cover = png(70, 70)
    webm = recorded("webm", "-c:v", "libvpx", "-c:a", "libopus")
    made = _record(webm, thumbnail=cover)
    check.equal((made["type"], size_of(_bytes(made["preview_url"]).body)), ("video", (70, 70)), "WebM, with a still sent")
    for ending, kept, codec in (("ogg", "mp3", "mp3"), ("wav", "mp3", "mp3"), ("m4a", "m4a", "aac")):
        made = _record(recorded(ending, "-metadata", "artist=somebody", video=None), path="/api/v1/media")
        check.equal((made["type"], made["preview_url"], made["url"].rsplit(".")[-1]), ("audio", None, kept), ending)
        said = facts(_bytes(made["url"]).body)
        check.true(f"codec_name={codec}" in said and "somebody" not in said, f"{ending}: {said}")
        check.true(0.9 < made["meta"]["original"]["duration"] < 1.3 and made["meta"]["audio_channels"] == "mono", "its meta")
    later = alice.upload("PUT", f"/api/v1/media/{made['id']}", {"thumbnail": cover}).expect(200).json
    check.equal(size_of(_bytes(later["preview_url"]).body), (70, 70), "a cover sent later")


def test_a_picture_that_moves_is_a_video():
    made = _record(recorded("gif", sound=None))
    check.equal((made["type"], made["url"].endswith(".mp4")), ("gifv", True), "what it is")
    check.true("audio" not in facts(_bytes(made["url"]).body), "without sound")


def test_hostile_recordings():
    film, large = recorded("mp4"), recorded("mp4", sound=None, video="color=size=4400x2480:rate=1")
    hidden = film + b"\0\0\0\x20free<script>alert(1)</script>"
    for what, data in (("a playlist", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
                       ("a list of files", b"ffconcat version 1.0\nfile /etc/passwd\n"),
                       ("a description of a session", b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"),
                       ("a playlist behind a film's head", film[:40] + b"#EXTM3U\nhttp://127.0.0.1/\n"),
                       ("a film that is cut short", film[:len(film) // 2]),
                       ("Matroska", recorded("mkv")), ("a film too large", large),
                       ("a sound too long", recorded("flac", video=None, sound="anullsrc=r=8000:cl=mono", seconds=3700)),
                       ("a head alone", b"OggS" + b"\0" * 60), ("a RIFF of nothing", b"RIFF\xff\xff\xff\x7fWAVEfmt ")):
        answer = alice.upload("POST", MEDIA, {"file": data})
        check.equal(answer.status, 422, f"{what}: {answer.body[:100]}")
        check.contains(answer.error(422), "File ", what)
    made = _record(hidden)
    check.true(b"<script>" not in _bytes(made["url"]).body, "what does not belong to a film is not kept")
    check.equal(alice.upload("POST", MEDIA, {"file": png(9, 9), "thumbnail": png(9, 9)}).status, 422, "a thumbnail of a picture")
    wrong = alice.upload("POST", MEDIA, {"file": film, "thumbnail": b"no picture"})
    check.equal(wrong.status, 422, "a thumbnail that is none")


def test_parts_of_files():
    url = _upload(png(60, 40))["url"][len(node.base):]
    whole = anybody.request("GET", url).expect(200)
    size, tag = len(whole.body), whole.header("ETag")
    check.equal(whole.header("Accept-Ranges"), "bytes", "parts may be asked for")

    def part(field, status, **more):
        return anybody.request("GET", url, headers={"Range": field, **more}).expect(status)

    for field, body, told in (("bytes=0-3", whole.body[:4], f"bytes 0-3/{size}"),
                              ("bytes=4-", whole.body[4:], f"bytes 4-{size - 1}/{size}"),
                              ("bytes=-5", whole.body[-5:], f"bytes {size - 5}-{size - 1}/{size}"),
                              (f"bytes=1-{size * 2}", whole.body[1:], f"bytes 1-{size - 1}/{size}")):
        answer = part(field, 206)
        check.equal((answer.body, answer.header("Content-Range")), (body, told), field)
    for field in ("bytes=5-2", "lines=1-2", "bytes=0-1,3-4", "bytes=x-"):
        check.equal(part(field, 200).body, whole.body, f"{field}: all of it")
    check.equal(part(f"bytes={size}-", 416).header("Content-Range"), f"bytes */{size}", "behind its end")
    check.equal(part("bytes=0-3", 200, **{"If-Range": '"other"'}).body, whole.body, "a part of another file")
    check.equal(part("bytes=0-3", 206, **{"If-Range": tag}).body, whole.body[:4], "a part of the same")
    head = anybody.request("HEAD", url).expect(200)
    check.equal((head.body, head.header("Content-Length")), (b"", str(size)), "its head alone")
    check.equal(anybody.request("GET", url).body, whole.body, "and the connection goes on")


# -- files of other servers ----------------------------------------------------------------------------------------

def _face(path, data, kind="image/png", status=200):
    """The URL at which a remote person's avatar is given to clients."""
    site.serve(path, Reply(status, data, kind))
    name = f"p{len(site.actors)}"
    actor = site.actor(name, icon={"type": "Image", "url": site.base + path})
    shown = alice.find_account(actor.handle)["avatar"]
    check.equal(remote_of(shown), site.base + path, "whose it is")
    check.true(shown.startswith(node.base + DOOR), f"through the node: {shown}")
    return shown[len(node.base):]


def test_files_of_others_come_through_the_node():
    picture = png(50, 50)
    url = _face("/face.png", picture, kind="text/html")
    served = anybody.request("GET", url).expect(200)
    check.equal((served.body, served.header("Content-Type"), served.header("X-Content-Type-Options")),
                (picture, "image/png", "nosniff"), "by its bytes, not by what its server calls it")
    check.contains(served.header("Content-Security-Policy"), "sandbox", "nothing of it runs")
    check.equal(anybody.request("GET", url, headers={"Range": "bytes=0-3"}).expect(206).body, picture[:4], "a part")
    check.equal(site.hits("/face.png"), 1, "asked for once")
    signature, encoded = url[len(DOOR):].split("/")
    for forged in (f"{DOOR}{signature[::-1]}/{encoded}", f"{DOOR}{signature}/{encoded[:-4]}", f"{DOOR}{signature}x/{encoded}",
                   f"{DOOR}/{encoded}", f"{DOOR}{signature}/aHR0cDovLzEyNy4wLjAuMS8"):
        check.equal(anybody.request("GET", forged).status, 404, forged)
    page = _face("/face.html", b"<html>" + b"x" * 5000, kind="image/png")
    gone = _face("/gone.png", b"", status=404)
    for url in (page, gone, page, gone):
        check.equal(anybody.request("GET", url).status, 404, "no picture")
    check.equal((site.hits("/face.html"), site.hits("/gone.png")), (1, 1), "that is remembered")


def test_files_of_others_are_kept_for_some_time():
    url = _face("/kept.png", png(20, 20))
    check.equal(anybody.request("GET", url).status, 200, "it is there")
    clock.advance(15 * 24 * 3600)
    check.eventually(lambda: _sweep() and node.count("remote_file") == 0, 20, "it is deleted")
    check.equal(anybody.request("GET", url).status, 200, "and asked for again")
    check.equal(site.hits("/kept.png"), 2, "twice in all")
    node.cli("domain", "block", site.host, "--severity", "noop", "--reject-media")
    check.equal(anybody.request("GET", url).status, 404, "of a host whose media are not taken")
    node.cli("domain", "unblock", site.host)


def _sweep():
    clock.advance(3700)
    return True


def test_what_nothing_names_is_deleted():
    kept = _upload()
    post, gone = _post(media_ids=[kept["id"]]), _upload()
    lost = _post(media_ids=[_upload()["id"]])
    lost_url = lost["media_attachments"][0]["url"]
    alice.delete(f"/api/v1/statuses/{lost['id']}")
    check.eventually(lambda: _sweep() and not _bytes(lost_url), 20, "of a deleted post")
    clock.advance(25 * 3600)
    check.eventually(lambda: _sweep() and not _bytes(gone["url"]), 20, "of an upload that was never posted")
    alice.request("GET", f"/api/v1/media/{gone['id']}").error(404)
    check.true(_bytes(post["media_attachments"][0]["url"]), "what is posted stays")


def test_pictures_of_a_profile():
    before = alice.me()["avatar"]
    path = "/api/v1/accounts/update_credentials"
    me = alice.upload("PATCH", path, {"avatar": png(900, 600), "header": png(3000, 500)},
                      {"display_name": "Alice"}).expect(200).json
    check.equal((size_of(_bytes(me["avatar"]).body), size_of(_bytes(me["header"]).body), me["display_name"]),
                ((400, 400), (1500, 500), "Alice"), "cut to their places")
    check.equal(bob.get(f"/api/v1/accounts/{me['id']}")["avatar"], me["avatar"], "for others")
    code, person, _ = ap.get(node.person_id("alice"))
    check.equal((person["icon"]["url"], person["image"]["url"]), (me["avatar"], me["header"]), "for peers")
    check.equal(alice.upload("PATCH", path, {"avatar": b"no picture"}, {"display_name": "Mallory"}).status, 422, "refused")
    check.equal((alice.me()["avatar"], alice.me()["display_name"]), (me["avatar"], "Alice"), "and nothing changed")
    check.equal(alice.delete("/api/v1/profile/avatar")["avatar"], before, "the avatar is the default again")
    check.equal(bob.get(f"/api/v1/accounts/{me['id']}")["header"], me["header"], "the header stays")
    alice.delete("/api/v1/profile/header")
    for what in ("avatar", "header"):
        anybody.request("DELETE", f"/api/v1/profile/{what}").error(401)


def test_what_the_node_says_it_takes():
    told = anybody.get("/api/v2/instance")["configuration"]
    check.true({"image/avif", "video/mp4", "audio/ogg"} <= set(told["media_attachments"]["supported_mime_types"]), "forms")
    check.equal((told["statuses"]["max_media_attachments"], told["media_attachments"]["image_size_limit"],
                 told["media_attachments"]["description_limit"]), (4, 16 << 20, 1500), "limits")


def test_without_recordings_and_without_a_door():
    shown = alice.find_account(site.actors["p0"].handle)["avatar"]
    node.stop()
    node.config.update({"media.recordings": False, "media.proxy_remote": False})
    node.write_config()
    node.start()
    answer = alice.upload("POST", MEDIA, {"file": recorded("mp4")})
    check.contains(answer.error(422), "does not take", "no video")
    told = alice.get("/api/v2/instance")["configuration"]["media_attachments"]
    check.true("video/mp4" not in told["supported_mime_types"] and told["video_size_limit"] == 0, "what it says")
    check.equal(alice.find_account(site.actors["p0"].handle)["avatar"], remote_of(shown), "URLs of others as they are")
    check.equal(anybody.request("GET", shown[len(node.base):]).status, 404, "and nothing through the node")
    check.equal(_upload(recorded("gif", sound=None))["type"], "image", "a picture that moves stays one")


if __name__ == "__main__":
    run(globals())
