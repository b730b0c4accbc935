"""Feeds of groups and threads, as a feed reader takes them (RFC 4287, RFC 4685)."""

import xml.etree.ElementTree as etree

from framework import ap, check
from framework.case import run
from framework.node import Node

ATOM, THREAD = "{http://www.w3.org/2005/Atom}", "{http://purl.org/syndication/thread/1.0}"
OTHERS = ("private", "direct")


def setup():
    global node, alice, bob
    node = Node().start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    node.add_group("garden", "alice", "The <green> garden")


def _feed(path, headers=()):
    status, _, response = ap.get(node.base + path, "application/atom+xml", headers)
    if status != 200:
        return status, response, None
    check.equal(response.header("Content-Type"), "application/atom+xml; charset=utf-8", "what it is")
    return status, response, etree.fromstring(response.body)


def _text(element, name):
    return element.findtext(ATOM + name)


def test_a_group_s_feed():
    uri = bob.status("Tomatoes & <basil>\n#food @garden")["uri"]
    warned = bob.status("the end is sad @garden", spoiler_text="about a \x0bfilm")["uri"]
    alice.status("only a comment", in_reply_to_id=bob.get(f"/api/v2/search?q={uri}&resolve=false")["statuses"][0]["id"])
    _, response, feed = _feed("/c/garden/feed.atom")
    check.equal((_text(feed, "title"), _text(feed, "id")), ("The <green> garden", node.base + "/c/garden/feed.atom"), "whose")
    entries = feed.findall(ATOM + "entry")
    check.equal([_text(e, "id") for e in entries], [warned, uri], "threads, newest first")
    check.equal(_text(entries[0], "title"), "about a film", "a warning is all that is shown")
    check.equal((_text(entries[0], "content"), _text(entries[0], "summary")), (None, "about a film"), "behind a warning")
    check.contains(_text(entries[1], "content"), "Tomatoes &amp; &lt;basil&gt;", "HTML within")
    check.equal([c.get("term") for c in entries[1].findall(ATOM + "category")], ["food"], "hashtags")
    check.equal(entries[1].find(ATOM + "author").findtext(ATOM + "name"), "bob (@bob)", "by whom")
    tag = response.header("ETag")
    check.equal(_feed("/c/garden/feed.atom", [("If-None-Match", tag)])[0], 304, "nothing new")
    page = ap.get(node.base + "/c/garden", "text/html")[2].body.decode()
    check.contains(page, f'type="application/atom+xml" href="{node.base}/c/garden/feed.atom"', "readers find it")


def test_a_thread_s_feed():
    root = alice.status("Which soil? @garden")
    first = bob.status("clay", in_reply_to_id=root["id"])
    second = alice.status("sand", in_reply_to_id=first["id"])
    hidden = [bob.status(f"{v} word", in_reply_to_id=root["id"], visibility=v) for v in OTHERS]
    path = f"/post/{root['id']}/feed.atom"
    _, _, feed = _feed(path)
    entries = feed.findall(ATOM + "entry")
    check.equal([_text(e, "id") for e in entries], [second["uri"], first["uri"], root["uri"]], "newest first")
    check.equal([e.find(THREAD + "in-reply-to").get("ref") for e in entries[:2]], [first["uri"], root["uri"]], "what answers what")
    check.equal(_text(feed, "updated"), _text(entries[0], "updated"), "as new as its newest entry")
    alice.delete(f"/api/v1/statuses/{second['id']}")
    check.equal([_text(e, "id") for e in _feed(path)[2].findall(ATOM + "entry")], [first["uri"], root["uri"]], "deleted")
    for post in hidden:
        check.equal(_feed(f"/post/{post['id']}/feed.atom")[0], 404, post["visibility"])


def test_what_has_no_feed():
    for path in ("/c/nobody/feed.atom", "/c/alice/feed.atom", "/post/1234567890123456/feed.atom", "/post/x/feed.atom"):
        check.equal(_feed(path)[0], 404, path)


if __name__ == "__main__":
    run(globals())
