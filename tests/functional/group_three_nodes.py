"""A group on B with members on A and C: all three nodes show one thread, its score and its order.

A's member posts by mention, C's member replies and likes. Edits and deletes reach everybody, also a
host that has unfollowed since; after that nothing new flows there.
"""

import html
import re

from framework import ap, case, check
from framework.node import Node


class Triangle:
    """Nodes A, B and C; `garden` on B, owned by bea; ann on A and cid on C are members."""

    def __init__(self):
        self.a, self.b, self.c = (Node().start() for _ in range(3))
        self.ann = self.a.add_user("ann")
        self.bea = self.b.add_user("bea")
        self.cid = self.c.add_user("cid")
        self.group = self.b.add_group("garden", "bea")
        self.handle = "garden@" + self.b.host
        self.ann.follow_accepted(self.handle)
        self.cid.follow_accepted(self.handle)
        self.members = (self.ann, self.bea, self.cid)

    def seen(self, member, uri, timeout=20):
        """The status with that ActivityPub id on the member's node, once it is there."""
        def find():
            account = member.find_account(self.handle if member is not self.bea else "garden")
            for entry in member.get(f"/api/v1/accounts/{account['id']}/statuses", limit=40):
                post = entry.get("reblog") or entry
                if post["uri"] == uri:
                    return post
            return None
        return check.eventually(find, timeout, f"{uri} in the group")


def text_of(status):
    return html.unescape(re.sub(r"<[^>]+>", "", status["content"]))


def thread(member, status_id):
    """(text, likes) of all that stands below a status, in order."""
    below = member.context(status_id)["descendants"]
    return [(text_of(s), s["favourites_count"]) for s in below]


def page(node, path):
    status, _, response = ap.get(node.base + path, "text/html")
    check.equal(status, 200, f"{path} on {node.host}")
    return response.body.decode()


def test_one_thread_on_three_nodes():
    t = Triangle()
    root = t.ann.status(f"@{t.handle} Which tomatoes like shade?")
    on_b = t.seen(t.bea, root["uri"])
    on_c = t.seen(t.cid, root["uri"])
    reply = t.cid.status(f"@ann@{t.a.host} @{t.handle} Most do not.", in_reply_to_id=on_c["id"])
    t.cid.act(on_c["id"], "favourite")
    second = t.bea.status(f"@{t.handle} Mine do!", in_reply_to_id=on_b["id"])

    def agree():
        views = []
        for member, status_id in ((t.ann, root["id"]), (t.bea, on_b["id"]), (t.cid, on_c["id"])):
            status = member.get(f"/api/v1/statuses/{status_id}")
            views.append((status["favourites_count"], status["replies_count"], thread(member, status_id)))
        return views[0] if views[0] == views[1] == views[2] and len(views[0][2]) == 2 else None

    likes, replies, below = check.eventually(agree, 30, "three equal threads")
    check.equal((likes, replies), (1, 2), "score and replies")
    check.true("Most do not." in below[0][0] and "Mine do!" in below[1][0], "the order of replies")

    status, context, _ = ap.get(f"{t.a.base}/post/{root['id']}/context")
    check.equal(status, 200, "the thread as ActivityPub")
    check.equal(context["orderedItems"][0], root["uri"], "the thread begins with its first post")
    check.is_in(reply["uri"], context["orderedItems"], "the thread as ActivityPub")
    check.is_in(second["uri"], context["orderedItems"], "the thread as ActivityPub")

    texts = ["Which tomatoes like shade?", "Most do not.", "Mine do!"]
    for node, status_id in ((t.a, root["id"]), (t.b, on_b["id"]), (t.c, on_c["id"])):
        places = [page(node, f"/post/{status_id}").find(text) for text in texts]
        check.true(0 < places[0] < places[1] < places[2], f"the thread's page on {node.host}")
    check.contains(page(t.b, "/c/garden"), texts[0], "the group's page")


def test_edit_and_delete_reach_a_host_that_left():
    t = Triangle()
    root = t.ann.status(f"@{t.handle} Seeds to give away")
    on_c = t.seen(t.cid, root["uri"])
    group_on_c = t.cid.find_account(t.handle)
    t.cid.unfollow(group_on_c["id"])
    check.eventually(lambda: t.b.count("follow", "state = 1") == 2, 15, "C's follow to end at B")

    t.ann.put(f"/api/v1/statuses/{root['id']}", {"status": f"@{t.handle} Seeds, all gone"})
    def edited():
        return "all gone" in t.cid.get(f"/api/v1/statuses/{on_c['id']}")["content"]
    check.eventually(edited, 20, "the edit at C")

    later = t.ann.status(f"@{t.handle} This is for members")
    t.seen(t.bea, later["uri"])
    check.never(lambda: t.c.count("post", "ap_id = ?", later["uri"]) > 0, 1.5, "a new post at C")

    t.ann.delete(f"/api/v1/statuses/{root['id']}")
    check.eventually(lambda: t.cid.request("GET", f"/api/v1/statuses/{on_c['id']}").status == 404, 20, "the delete at C")


if __name__ == "__main__":
    case.run(globals())
