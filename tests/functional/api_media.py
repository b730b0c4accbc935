"""Pictures of members: uploaded, described, attached to posts, changed, deleted; what is kept holds no
metadata and stands upright; what is no picture, or would be too large to decode, is refused."""

from framework import api, ap, check, raw
from framework.case import run
from framework.node import Node, VirtualClock
from framework.pictures import converted, huge_png, png, size_of, with_exif

MEDIA = "/api/v2/media"


def setup():
    global node, clock, alice, bob, anybody
    clock = VirtualClock()
    node = Node(clock=clock).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)


def _upload(data=None, client=None, path=MEDIA, **form):
    return (client or alice).upload("POST", path, {"file": data or png(60, 40)}, form).expect(200).json


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
    one, two = _upload(description="one"), _upload(description="two")
    post = _post(media_ids=[one["id"], two["id"]])
    shown = bob.get(f"/api/v1/statuses/{post['id']}")["media_attachments"]
    check.equal([(m["id"], m["description"]) for m in shown], [(one["id"], "one"), (two["id"], "two")], "in order")
    check.equal(alice.request("POST", "/api/v1/statuses", {"status": "again", "media_ids": [one["id"]]}).status, 422,
                "each hangs on one post")
    alice.request("PUT", f"/api/v1/media/{one['id']}", {"description": "late"}).error(422)
    alice.request("DELETE", f"/api/v1/media/{one['id']}").error(422)
    code, note, _ = ap.get(post["uri"])
    check.equal([(a["mediaType"], a["name"], a["width"]) for a in note["attachment"]],
                [("image/png", "one", 60), ("image/png", "two", 60)], "for peers")
    three = _upload()
    edited = alice.request("PUT", f"/api/v1/statuses/{post['id']}", body={
        "status": "edited", "media_ids": [two["id"], three["id"]],
        "media_attributes": [{"id": two["id"], "description": "two, better", "focus": "0.1,0.2"}]}).expect(200).json
    check.equal([(m["id"], m["description"]) for m in edited["media_attachments"]],
                [(two["id"], "two, better"), (three["id"], None)], "after an edit")
    check.equal(len(alice.put(f"/api/v1/statuses/{post['id']}", {"status": "text only"})["media_attachments"]), 2,
                "an edit that does not speak of them")
    only = _post("", media_ids=[_upload()["id"]])
    check.equal((only["content"], len(only["media_attachments"])), ("", 1), "without text")
    me = alice.me()["id"]
    found = [s["id"] for s in bob.get(f"/api/v1/accounts/{me}/statuses", only_media=True)]
    check.equal(found, [only["id"], post["id"]], "only_media")
    five = [_upload()["id"] for _ in range(5)]
    for bad in ({"media_ids": five}, {"media_ids": ["1"]}, {"media_ids": ["x"]}):
        check.equal(alice.request("POST", "/api/v1/statuses", {"status": "x", **bad}).status, 422, f"refused: {bad}")
    check.equal(alice.request("GET", f"/api/v1/media/{five[0]}").status, 200, "and what was refused is still hers")
    page = raw.exchange(f"{node.url}/@alice/{post['id']}", b"GET /@alice/%s HTTP/1.1\r\nHost: %s\r\nAccept: text/html\r\n"
                        b"Connection: close\r\n\r\n" % (post["id"].encode(), node.host.encode()))
    check.contains(page.body.decode(), "two, better", "the page has the alt text")


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
    check.true("image/avif" in told["media_attachments"]["supported_mime_types"], "forms")
    check.equal((told["statuses"]["max_media_attachments"], told["media_attachments"]["image_size_limit"],
                 told["media_attachments"]["description_limit"]), (4, 16 << 20, 1500), "limits")


if __name__ == "__main__":
    run(globals())
