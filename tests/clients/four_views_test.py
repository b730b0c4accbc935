"""One thread in a group, and four who look at it: a member with a Mastodon client (Mastodon.py), one with a
Lemmy client (lemmy-js-client), an actor of a Fedify server, and somebody who just reads the page. They see the
same authors, the same order, the same votes, and the same things removed."""

import html
import re
import sys

from lemmy_member import HERE, LemmyMember
from mastodonpy_client import signed_in

sys.path.insert(0, str(HERE.parent / "peers"))

from fedify_peer import FedifyPeer  # noqa: E402
from framework import ap, check  # noqa: E402
from framework.case import run  # noqa: E402
from framework.node import Node  # noqa: E402


def setup():
    global home, away, mia, lem, fedify
    home, away = Node().start(), Node().start()
    home.add_user("lem")
    away.add_user("mia")
    home.add_group("garden", "lem", "The garden")
    mia, lem, fedify = signed_in(away, "mia"), LemmyMember(home, "lem"), FedifyPeer()
    for name in "fred", "fern":
        fedify.call("actor", name=name)
    fedify.call("follow", actor="fred", target=home.group_id("garden"))
    check.eventually(lambda: fedify.call("relations", actor="fred")["following"].get(home.group_id("garden")), 30, "fred joins")
    garden = mia.search_v2(f"@garden@{home.host}")["accounts"][0]["id"]
    mia.account_follow(garden)
    check.eventually(lambda: mia.account_relationships(garden)[0]["following"], 30, "mia joins")


def _words(markup):
    """The text without its title, which a status has in its first line, and without whom it names."""
    markup = re.sub(r"^<p><strong>[^<]*</strong></p>|<span class=\"h-card.*?</span>", "", markup)
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def _in_depth(posts):
    """(id, parent, row) oldest first -> the rows as a thread is read: each answer below what it answers."""
    def below(parent):
        for post_id, its_parent, row in posts:
            if its_parent == parent:
                yield row
                yield from below(post_id)
    return list(below(None))


def by_mastodon_client(uri):
    root = mia.search_v2(uri, resolve=False)["statuses"][0]
    posts = [root, *mia.status_context(root["id"])["descendants"]]
    return [(p["account"]["username"], _words(p["content"]), p["favourites_count"]) for p in posts]


def by_lemmy_client(uri):
    post = lem.call("resolveObject", q=uri)
    rows = [(post["creator"]["name"], post["post"]["body"], post["post"]["upvotes"])]
    comments = lem.call("getComments", post_id=post["post"]["id"], sort="old", limit=50)["items"]
    def parent(path):
        above = path.split(".")[-2]
        return None if above == "0" else above
    return rows + _in_depth([(str(c["comment"]["id"]), parent(c["comment"]["path"]), (
        c["creator"]["name"], c["comment"]["content"], c["comment"]["upvotes"]))
        for c in comments if not c["comment"]["removed"] and not c["comment"]["deleted"]])


def by_fedify_actor(uri):
    def read(url):  # not by fred, who sees what was removed of his own
        return fedify.call("lookup", actor="fern", url=url)
    def likes(document):
        # Of its own posts it knows what it was told.
        if document["id"].startswith(fedify.origin):
            return len({like["actor"] for like in fedify.received("Like") if like["json"]["object"] == document["id"]})
        return read(document["likes"])["totalItems"]
    documents = [read(post) for post in ap.as_list(read(read(uri)["context"])["orderedItems"])]
    return _in_depth([(d["id"], d.get("inReplyTo"), (d["attributedTo"].rsplit("/", 1)[-1], _words(d["content"]), likes(d))) for d in documents])


def by_web_visitor(node, path):
    status, _, response = ap.get(node.base + path, "text/html")
    check.equal(status, 200, path)
    rows = []
    for article in re.findall(r"<article.*?</article>", response.body.decode(), re.S):
        acct = re.search(r'class="quiet">@([^<]+)<', article)[1]
        likes = re.search(r"(\d+) likes?", article)[1]
        rows.append((acct.split("@")[0], _words(re.search(r'<div class="content"[^>]*>(.*?)</div>', article, re.S)[1]), int(likes)))
    return rows


def test_they_all_see_the_same():
    community = lem.call("getCommunity", name="garden")["community_view"]["community"]["id"]
    post = lem.call("createPost", name="Shade", body="Which tomatoes like shade?", community_id=community)["post_view"]["post"]
    uri = post["ap_id"]
    mine = check.eventually(lambda: mia.search_v2(uri, resolve=False)["statuses"], 30, "mia has it")[0]
    first = mia.status_post("Most do not.", in_reply_to_id=mine["id"])
    check.eventually(lambda: len(by_lemmy_client(uri)) == 2, 30, "mia's answer at home")
    fedify.call("post", actor="fred", content="Mine do!", group=home.group_id("garden"), inReplyTo=uri, mentions=[])
    check.eventually(lambda: len(by_lemmy_client(uri)) == 3, 30, "fred's answer at home")
    comments = {c["comment"]["content"]: c["comment"]["id"] for c in lem.call("getComments", post_id=post["id"])["items"]}
    lem.call("createComment", post_id=post["id"], content="Not here.", parent_id=comments["Most do not."])
    fedify.call("post", actor="fred", content="Buy seeds!", group=home.group_id("garden"), inReplyTo=first["uri"])
    check.eventually(lambda: len(by_lemmy_client(uri)) == 5, 30, "all five at home")
    mia.status_favourite(mine["id"])
    fedify.call("like", actor="fred", object=first["uri"], group=home.group_id("garden"))
    lem.call("likeComment", comment_id=comments["Mine do!"], is_upvote=True)

    bought = next(c for c in lem.call("getComments", post_id=post["id"])["items"] if "seeds" in c["comment"]["content"])
    lem.call("removeComment", comment_id=bought["comment"]["id"], removed=True, reason="an advert")

    def same():
        views = {"Mastodon.py": by_mastodon_client(uri), "lemmy-js-client": by_lemmy_client(uri),
                 "Fedify": by_fedify_actor(uri), "page at home": by_web_visitor(home, f"/post/{post['id']}"),
                 "page elsewhere": by_web_visitor(away, f"/post/{mine['id']}")}
        for name, view in views.items():
            check.equal(view, views["lemmy-js-client"], f"by {name}")
        return views["lemmy-js-client"]
    # Who writes with Lemmy's client votes for it.
    check.equal(check.eventually(same, 30, "the same"), [
        ("lem", "Which tomatoes like shade?", 2), ("mia", "Most do not.", 1), ("lem", "Not here.", 1), ("fred", "Mine do!", 1)], "the thread")


if __name__ == "__main__":
    run(globals())
