"""What the old host of a group may bring into the new one: it is read once, before the Move, and says nothing of other groups,
nor of what its members never gave to it."""

from framework import ap, check
from framework.case import run
from framework.evil import Scene, marker

KITH = "/api/kith/v1"
WAIT_S = 30
PARTS = ("settings", "members", "bans", "posts", "featured", "votes", "log")
DONE = 2


def setup():
    global scene, node, alice, bob, evil, eve
    scene = Scene()
    node, alice, bob, evil, eve = scene.node, scene.alice, scene.bob, scene.evil, scene.eve


def _old(name, **items):
    """A group of the evil host with what its new host reads of it."""
    old = evil.actor(name, "Group")
    _says(old, **items)
    scene.alice.find_account(old.handle)
    return old


def _says(old, **items):
    for part in PARTS:
        url = f"{old.id}/moving/{part}"
        evil.publish({"@context": ap.CONTEXT[0], "id": url, "type": "OrderedCollectionPage", "partOf": url, "orderedItems": items.get(part, [])})


def _offer(old, new):
    return old.activity("Offer", {"id": old.new_id("move"), "type": "Move", "actor": old.id, "object": old.id, "target": new})


def _state(new):
    rows = node.sql("SELECT m.state FROM group_move m JOIN actor g ON g.id = m.group_id WHERE g.ap_id = ?", new)
    return rows[0]["state"] if rows else None


def _settings(**more):
    return {"name": "The pond", "source": "", "approval": False, "posting": "everyone", "visibility": 0, "brief": "", "sensitive": False,
            "archived": False, "welcome": "", "order": "", "languages": [], "questions": [], "rules": [], **more}


def test_what_happened_elsewhere_is_not_in_its_log():
    other = node.add_group("other", "alice")
    hidden = alice.status("a secret", visibility="direct")
    post = alice.status(f"@other {marker()}")
    at = alice.find_account("other")["id"]
    act = alice.request("POST", f"{KITH}/groups/{at}/moderation", {"kind": "lock_post", "status_id": post["id"], "reason": "loud"}).expect(200).json
    stolen = node.sql("SELECT ap_id FROM group_act WHERE id = ?", int(act["id"]))[0]["ap_id"]
    node.add_group("pond", "bob")
    new = node.group_id("pond")
    line = {"kind": "remove_post", "actor": eve.id, "at": 1, "withPosts": False}
    old = _old("pond", settings=[_settings(rules=["be kind"] * 500)], log=[
        {**line, "id": stolen, "summary": "mine"}, {**line, "id": evil.base + "/activity/x1", "object": hidden["uri"], "summary": "x" * 9000},
        {**line, "id": evil.base + "/activity/x2", "object": post["uri"]}])
    node.cli("group", "take-over", "pond", "--from", old.id)
    check.equal(scene.judged(old, _offer(old, new), "an Offer", timeout=WAIT_S), "applied", "an Offer")
    check.eventually(lambda: [a for a in evil.activities("Accept") if ap.id_of(a["object"])], WAIT_S, "all is read")
    check.eventually(lambda: node.sql("SELECT 1 AS x FROM group_act WHERE ap_id = ?", evil.base + "/activity/x2"), WAIT_S, "its log, too")
    groups = node.sql("SELECT g.ap_id FROM group_act a JOIN actor g ON g.id = a.group_id WHERE a.ap_id = ?", stolen)
    check.equal([g["ap_id"] for g in groups], [other], "the line stays where it was")
    pond = bob.find_account("pond")["id"]
    log = bob.get(f"{KITH}/groups/{pond}/moderation_log")
    check.equal([x["status"] for x in log if x["kind"] == "remove_post"], [None, None], "posts of elsewhere")
    check.true(all(len(x["reason"]) <= 1000 for x in log), "no reason is longer than here")
    check.true(node.count("group_rule") <= 30, "and there are no more rules than here")


def test_an_old_host_that_comes_back():
    node.add_group("lake", "bob")
    new = node.group_id("lake")
    old = _old("lake", settings=[_settings(name="The lake")])
    node.cli("group", "take-over", "lake", "--from", old.id)
    check.equal(scene.judged(old, _offer(old, new), "an Offer", timeout=WAIT_S), "applied", "an Offer")
    check.eventually(lambda: _state(new) == 4, WAIT_S, "all is read")
    move = old.activity("Move", old.id, target=new, to=[ap.PUBLIC])
    evil.publish(old.document(movedTo=new))
    check.equal(scene.judged(old, move, "the Move", timeout=WAIT_S), "applied", "the Move")
    check.eventually(lambda: _state(new) == DONE, WAIT_S, "the move is done")
    lake = bob.find_account("lake")["id"]
    bob.request("PATCH", f"{KITH}/groups/{lake}", body={"visibility": "private"}).expect(200)
    check.equal(scene.judged(eve, eve.follow(new), "a Follow", timeout=WAIT_S), "applied", "a Follow")
    asking = check.eventually(lambda: bob.get(f"{KITH}/groups/{lake}/requests"), WAIT_S, "eve asks")[0]["account"]
    bob.post(f"{KITH}/groups/{lake}/requests/{asking['id']}/accept")
    _says(old, settings=[_settings(name="Eve's lake")], members=[{"id": eve.id, "role": "owner", "at": 1}])
    evil.publish(old.document())
    scene.judged(old, old.update(old.document()), "an Update without movedTo", timeout=WAIT_S)
    check.equal(scene.judged(old, _offer(old, new), "another Offer", timeout=WAIT_S), "refused", "another Offer after the Move")
    role = node.sql("SELECT m.role FROM membership m JOIN actor a ON a.id = m.actor_id JOIN actor g ON g.id = m.group_id WHERE g.ap_id = ? AND a.ap_id = ?",
                    new, eve.id)
    check.equal([r["role"] for r in role], [0], "eve is a member and nothing more")
    check.equal(bob.get(f"{KITH}/groups/{lake}")["visibility"], "private", "the group is what its owner made it")


if __name__ == "__main__":
    run(globals())
