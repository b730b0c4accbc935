"""Folded comments on three nodes: there for all, but shown closed, with the reason. A is the host of the group, B has a
moderator, C the author of a comment; a Peer is a stranger."""

from framework import ap, api, check
from framework.case import run
from framework.check import eventually
from framework.node import Node
from framework.peer import Peer

KITH = "/api/kith/v1"


def setup():
    global a, b, c, ann, stew, bea, cid, handle, at, uri
    a, b, c = (Node().start() for _ in range(3))
    ann, stew = a.add_user("ann"), a.add_user("stew")
    bea, cid = b.add_user("bea"), c.add_user("cid")
    a.add_group("garden", "ann")
    handle = "garden@" + a.host
    at = {a: ann.find_account("garden")["id"]}
    stew.post(f"/api/v1/accounts/{at[a]}/follow")
    for client, node in ((bea, b), (cid, c)):
        client.follow_accepted(handle)
        at[node] = client.find_account(handle)["id"]
    _act(ann, a, "add_moderator", account_id=ann.find_account(f"bea@{b.host}")["id"], reason="x").expect(200)
    for node in (b, c):
        eventually(lambda: node.count("remote_moderator") == 2, 20, f"{node.host} knows who moderates")
    uri = _everywhere(ann.status("@garden What do you think?")["uri"])


def _everywhere(uri):
    for node in (a, b, c):
        node.post_id(uri)
    return uri


def _comment(client, node, text):
    return _everywhere(client.status(text, in_reply_to_id=node.post_id(uri))["uri"])


def _act(client, node, kind, **more):
    return client.request("POST", f"{KITH}/groups/{at[node]}/moderation", {"kind": kind, **more})


def _folded(node, comment):
    rows = api.Client(node.url, host=node.host).get(f"{KITH}/statuses/{node.post_id(uri)}/thread")["folded"]
    return next((r["reason"] for r in rows if r["id"] == str(node.post_id(comment))), None)


def _is_folded(comment, reason):
    for node in (a, b, c):
        eventually(lambda: _folded(node, comment) == reason, 20, f"folded on {node.host}: {reason}")


def _page(node):
    return api.Client(node.url, host=node.host).request("GET", f"/@x/{node.post_id(uri)}", headers={"Accept": "text/html"}).body.decode()


def test_a_steward_folds_and_unfolds():
    comment = _comment(cid, c, "Off topic, sorry")
    _act(stew, a, "fold_post", status_id=a.post_id(comment), reason="x").error(403)
    _act(ann, a, "give_role", account_id=stew.me()["id"], role="steward").expect(200)
    check.equal(_act(stew, a, "fold_post", status_id=a.post_id(comment)).status, 422, "not without a reason")
    check.equal(_act(stew, a, "fold_post", status_id=a.post_id(uri), reason="x").status, 422, "no thread")
    act = _act(stew, a, "fold_post", status_id=a.post_id(comment), reason="Off topic & more").expect(200).json
    check.equal((act["kind"], act["role"], act["reason"], act["quiet"]), ("fold_post", "steward", "Off topic & more", False), "the act")
    check.equal(_act(stew, a, "fold_post", status_id=a.post_id(comment), reason="again").status, 422, "once")
    _is_folded(comment, "Off topic & more")
    for node in (a, b, c):
        page = _page(node)
        check.contains(page, "<details class=\"folded\"><summary>Folded by the group's team: Off topic &amp; more</summary>",
                       f"closed on {node.host}")
        check.contains(page, "Off topic, sorry", "and still there")
        shown = api.Client(node.url, host=node.host).get(f"/api/v1/statuses/{node.post_id(comment)}")
        check.equal((shown["spoiler_text"], shown["sensitive"]), ("", False), "in other apps as its author wrote it")
        eventually(lambda: "fold_post" in [x["kind"] for x in api.Client(node.url, host=node.host).get(
            f"{KITH}/groups/{at[node]}/moderation_log")], 20, f"in the log of {node.host}")
    told = eventually(lambda: cid.notifications("moderation_warning"), 20, "its author is told")
    check.contains(told[0]["moderation_warning"]["text"], "your comment is shown folded. Off topic & more", "why")
    _act(stew, a, "unfold_post", status_id=a.post_id(comment)).expect(200)
    _is_folded(comment, None)
    check.true("class=\"folded\"" not in _page(a), "open again")


def test_a_moderator_elsewhere_and_an_appeal():
    comment = _comment(stew, a, "A joke")
    _act(bea, b, "fold_post", status_id=b.post_id(comment), reason="not funny").expect(200)
    _is_folded(comment, "not funny")
    act = next(x for x in stew.get(f"{KITH}/groups/{at[a]}/moderation_log") if x["kind"] == "fold_post" and x["reason"] == "not funny")
    appeal = stew.post(f"{KITH}/group_acts/{act['id']}/appeal", {"text": "It is"})
    ann.post(f"{KITH}/group_appeals/{appeal['id']}/accept", {"answer": "well"})
    _is_folded(comment, None)
    mine = _comment(ann, a, "A moderator's own")
    check.equal(_act(stew, a, "fold_post", status_id=a.post_id(mine), reason="x").status, 403, "helpers act against no moderator")


def test_strangers_fold_nothing():
    comment = _comment(cid, c, "Leave me open")
    peer = Peer()
    eve, club = peer.actor("eve"), peer.actor("club", kind="Group")
    garden = a.group_id("garden")
    fold = eve.activity("Fold", comment, to=[ap.PUBLIC], cc=[garden], audience=garden, summary="mine")
    for node in (a, b, c):
        eve.send(node.inbox, fold)
    for node in (a, b, c):
        eventually(lambda: node.inbox_state(fold) == "refused", 20, f"refused on {node.host}")
    cid.follow_accepted(club.id)
    told = club.announce(fold)
    club.send(c.inbox, told)
    eventually(lambda: c.inbox_state(told) == "refused", 20, "by another group")
    _act(ann, a, "fold_post", status_id=a.post_id(comment), reason="a while").expect(200)
    _is_folded(comment, "a while")
    undo = eve.undo(eve.activity("Fold", comment), to=[ap.PUBLIC], cc=[garden])
    eve.send(a.inbox, undo)
    eventually(lambda: a.inbox_state(undo) == "refused", 20, "nor opens anything")
    _is_folded(comment, "a while")


if __name__ == "__main__":
    run(globals())
