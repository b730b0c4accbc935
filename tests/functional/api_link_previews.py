"""Link previews: what a page says about itself, who is named as its author, what links trend, and whose profile
links are verified."""

from urllib.parse import quote

from framework import api, check
from framework.case import run
from framework.check import eventually
from framework.files import remote_of
from framework.node import Node, VirtualClock
from framework.peer import Peer
from framework.pictures import png
from framework.reply import Reply


class Site(Peer):
    """Pages of a host that is no member of any federation."""

    def url(self, path):
        return self.base + path

    def page(self, path, head, kind="text/html; charset=utf-8", encoding="utf-8"):
        page = f"<!doctype html><html lang=\"en-GB\"><head>{head}</head><body>text</body></html>"
        self.serve(path, Reply(200, page.encode(encoding), kind))
        return self.url(path)

    def data(self, path, body, kind="text/html", status=200):
        self.serve(path, Reply(status, body, kind))
        return self.url(path)


def setup():
    global site, node, clock, alice, bob, anybody, admin
    site = Site()
    clock = VirtualClock()
    node = Node(clock=clock).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)
    node.add_user("boss", role="admin")
    admin = api.Client(node.url, node.token("boss", "read write admin:read"), node.host)


def _card(post, who=None):
    return (who or anybody).get(f"/api/v1/statuses/{post['id']}")["card"]


def _when_there(post):
    return eventually(lambda: _card(post), what="the card")


def _never(post, path):
    """The page was asked for, and there is nothing to show."""
    eventually(lambda: site.hits(path), what=f"{path} is asked for")
    marker = site.page(f"/after{len(site.requests)}", "<title>after</title>")
    after = alice.status(f"see {marker}")
    _when_there(after)
    check.equal(_card(post), None, path)


def test_open_graph():
    url = site.page("/article", """<title>plain &amp; simple</title>
        <meta property="og:title" content="A &quot;title&quot; <b>with marks</b>">
        <meta property="og:description" content=" two
          lines ">
        <meta property="og:site_name" content="The Site"><meta name="author" content="Ann Author">
        <meta property="og:image" content="/pic.png"><meta property="og:image:alt" content="a picture">
        <meta property="og:image:width" content="640"><meta property="og:image:height" content="480">
        <meta property="article:published_time" content="2026-01-05T12:00:00+01:00">""")
    post = alice.status(f"@bob #tag read {url}#part and https://nowhere.invalid/")
    card = _when_there(post)
    check.equal((card["url"], card["title"], card["description"]), (url, 'A "title" <b>with marks</b>', "two lines"), "texts")
    check.equal((card["provider_name"], card["author_name"], card["language"]), ("The Site", "Ann Author", "en"), "who")
    check.equal((remote_of(card["image"]), card["image_description"], card["width"], card["height"]),
                (site.url("/pic.png"), "a picture", 640, 480), "its picture")
    check.equal((card["type"], card["html"], card["published_at"]), ("link", "", "2026-01-05T11:00:00.000Z"), "the rest")
    check.equal(card["authors"], [{"name": "Ann Author", "url": "", "account": None}], "authors")
    second = bob.status(f"again {url}")
    check.equal(_card(second)["title"], card["title"], "known at once")
    check.equal(site.hits("/article"), 1, "a page is asked for once")


def test_the_picture_of_a_page_comes_through_the_node():
    picture = site.data("/wide.png", png(90, 60), "image/png")
    url = site.page("/pictured", f'<title>pictured</title><meta property="og:image" content="{picture}">')
    card = _when_there(alice.status(f"look {url}"))
    check.equal((card["width"], card["height"], len(card["blurhash"])), (90, 60, 28), "what is known of it")
    check.equal(remote_of(card["image"]), picture, "where it is from")
    served = anybody.request("GET", card["image"][len(node.base):]).expect(200)
    check.equal((served.body, served.header("Content-Type")), (png(90, 60), "image/png"), "the picture")
    check.equal(site.hits("/wide.png"), 1, "asked for once")


def test_what_shows_no_page():
    url = site.page("/hidden", "<title>hidden</title>")
    direct = bob.status(f"@alice {url}", visibility="direct")
    edited = alice.status("no link yet")
    alice.put(f"/api/v1/statuses/{edited['id']}", {"status": f"now {site.page('/later', '<title>later</title>')}"})
    check.equal(_when_there(edited)["title"], "later", "an edit brings a link")
    alice.put(f"/api/v1/statuses/{edited['id']}", {"status": "and it is gone"})
    check.equal(_card(edited), None, "an edit takes it away")
    check.equal((_card(direct, alice), site.hits("/hidden")), (None, 0), "a direct post is nobody else's business")
    own = alice.status(f"{node.base}/@bob")
    check.equal(_card(own), None, "our own pages")


def test_pages_of_every_kind():
    title = "<title>見出し</title>"
    by_meta = site.page("/sjis", f'<meta charset="shift_jis">{title}', kind="text/html", encoding="shift_jis")
    check.equal(_when_there(alice.status(by_meta))["title"], "見出し", "a charset that the page names")
    by_header = site.page("/euc", title, kind="text/html; charset=EUC-JP", encoding="euc_jp")
    check.equal(_when_there(alice.status(by_header))["title"], "見出し", "a charset that the head names")
    long = site.page("/long", f"<title>{'x' * 5000}</title>")
    check.equal(len(_when_there(alice.status(long))["title"]), 300, "a long title is cut")
    site.data("/picture", b"\x89PNG", "image/png", 200)
    site.data("/empty", b"", "text/html", 200)
    site.data("/gone", b"<title>gone</title>", "text/html", 410)
    site.data("/broken", b"<title>" + bytes(range(256)) * 50, "text/html", 200)
    for path in ("/picture", "/empty", "/gone"):
        _never(alice.status(site.url(path)), path)
    alice.status(site.url("/broken"))
    site.data("/round", b"<html>" * 100_000, "text/html", 200)
    _never(alice.status(site.url("/round")), "/round")
    check.equal(anybody.request("GET", "/health").status, 200, "alive")


def test_players():
    oembed = site.url("/oembed")
    site.data("/oembed", b"""{"type":"video","title":"A film","author_name":"Filmer",
        "author_url":"https://films.example/filmer","provider_name":"Films","provider_url":"https://films.example/","width":480,
        "height":270,"html":"<script>evil()</script><IFRAME width=1 src='https://films.example/embed?a=1&amp;b=2' onload=evil()>x</iframe>"}""", "application/json")
    url = site.page("/film", f'<link rel="alternate" type="application/json+oembed" href="{oembed}">')
    card = _when_there(alice.status(url))
    check.equal((card["type"], card["title"], card["provider_name"], card["author_url"]),
                ("video", "A film", "Films", "https://films.example/filmer"), "oEmbed")
    check.true(card["html"].startswith('<iframe src="https://films.example/embed?a=1&amp;b=2" width="480" height="270" sandbox='),
               f"a player of our own making: {card['html']}")
    check.true("evil" not in card["html"], "nothing of theirs")
    site.data("/oembed", b'{"type":"photo","title":"A photo","url":"/p.jpg","width":20,"height":"x"}', "application/json", 200)
    card = _when_there(alice.status(site.page("/photo", f'<link rel="alternate" type="application/json+oembed" href="{oembed}">')))
    check.equal((card["type"], remote_of(card["embed_url"]), card["width"], card["height"]), ("photo", site.url("/p.jpg"), 20, 0),
                "a photo")
    site.data("/oembed", b'{"type":"video","width":1,"height":1,"html":"<iframe src=javascript:evil()>"}', "application/json", 200)
    card = _when_there(alice.status(site.page("/evil", f'<title>evil</title><link rel="alternate" type="application/json+oembed" href="{oembed}">')))
    check.equal((card["type"], card["html"]), ("link", ""), "no player of such a kind")


def test_authors_agree():
    named = site.page("/by-alice", f'<title>by alice</title><meta name="fediverse:creator" content="@alice@{node.host}">')
    check.equal(_when_there(bob.status(named))["authors"], [], "whom the site may not name is not named")
    error = alice.request("PATCH", "/api/v1/accounts/update_credentials", {"attribution_domains[]": "no host"})
    check.equal((error.status, "Attribution domains" in error.json["error"]), (422, True), "no host")
    account = alice.request("PATCH", "/api/v1/accounts/update_credentials", {"attribution_domains[]": site.host}).json
    check.equal(account["source"]["attribution_domains"], [site.host], "kept")
    named = site.page("/by-alice-too", f'<title>by alice</title><meta name="fediverse:creator" content="alice@{node.host}">')
    authors = _when_there(bob.status(named))["authors"]
    check.equal([a["account"]["username"] for a in authors], ["alice"], "both agree")
    document = anybody.request("GET", "/u/alice", headers={"Accept": "application/activity+json"}).json
    check.equal(document["attributionDomains"], [site.host], "peers are told")


def test_authors_of_elsewhere():
    peer = Peer()
    peer.actor("writer", attributionDomains=[site.host])
    named = site.page("/by-writer", f'<title>elsewhere</title><meta name="fediverse:creator" content="@writer@{peer.host}">')
    authors = _when_there(bob.status(named))["authors"]
    check.equal([a["account"]["acct"] for a in authors], [f"writer@{peer.host}"], "asked for at its node")


def test_a_peers_post_is_not_followed_at_once():
    peer = Peer()
    writer = peer.actor("writer")
    url = site.page("/far", "<title>far</title>")
    note = writer.note(f'<p><a href="{peer.base}/tags/x" class="mention hashtag" rel="tag">#x</a> <a href="{url}">far</a></p>',
                       mentions=[(node.person_id("alice"), "@alice")])
    writer.send(node.inbox, writer.create(note))
    post = eventually(lambda: next((n["status"] for n in alice.get("/api/v1/notifications") if n["type"] == "mention" and
                                    n["status"]["uri"] == note["id"]), None), what="the post")
    check.equal(site.hits("/far"), 0, "others ask too: not all at once")
    clock.advance(61)
    check.equal(_when_there(post)["title"], "far", "later")


def test_trending_links():
    url = site.page("/talk", "<title>talk of the town</title>")
    check.equal(anybody.request("GET", f"/api/v1/timelines/link?url={quote(url)}").status, 404, "not trending")
    posts = [who.status(f"look {url}") for who in (alice, bob)]
    _when_there(posts[0])
    clock.advance(601)

    def trending():
        clock.advance(0.1)
        return next((link for link in anybody.get("/api/v1/trends/links") if link["url"] == url), None)
    link = eventually(trending, what="a link that trends")
    check.equal((link["title"], len(link["history"]), link["history"][0]["accounts"], link["history"][0]["uses"]),
                ("talk of the town", 7, "2", "2"), "with its history")
    check.equal([p["id"] for p in anybody.get(f"/api/v1/timelines/link?url={quote(url)}")], [p["id"] for p in reversed(posts)], "its posts")
    access = anybody.get("/api/v2/instance")["configuration"]["timelines_access"]["trending_link_feeds"]
    check.equal(access, {"local": "public", "remote": "public"}, "and the node says so")
    check.equal([l["url"] for l in admin.get("/api/v1/admin/trends/links") if l["url"] == url], [url], "for moderators")
    check.equal(alice.request("GET", "/api/v1/admin/trends/links").status, 403, "for moderators only")


def test_profile_links_are_verified():
    back = site.page("/me", f'<link rel="me" href="{node.base}/@bob">')
    other = site.page("/not-me", f'<a rel="me" href="{node.base}/@alice">')
    bob.request("PATCH", "/api/v1/accounts/update_credentials",
                {"fields_attributes[0][name]": "home", "fields_attributes[0][value]": back,
                 "fields_attributes[1][name]": "not mine", "fields_attributes[1][value]": other,
                 "fields_attributes[2][name]": "text", "fields_attributes[2][value]": "no link"})

    def verified():
        clock.advance(5)    # the job looks at its time
        fields = anybody.get("/api/v1/accounts/lookup?acct=bob")["fields"]
        return fields if fields[0]["verified_at"] else None
    fields = eventually(verified, what="a verified link")
    check.true('rel="me ' in fields[0]["value"], "the link says me")
    eventually(lambda: clock.advance(5) or site.hits("/not-me"), what="the other is asked for")
    bob.request("PATCH", "/api/v1/accounts/update_credentials",
                {"fields_attributes[0][name]": "still home", "fields_attributes[0][value]": back,
                 "fields_attributes[1][name]": "not mine", "fields_attributes[1][value]": other})
    now = anybody.get("/api/v1/accounts/lookup?acct=bob")["fields"]
    check.equal([f["verified_at"] for f in now], [fields[0]["verified_at"], None], "stays, and the other's is none")


if __name__ == "__main__":
    run(globals())
