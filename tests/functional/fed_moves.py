"""An account elsewhere moves (FEP-7628): those here who followed it follow its new account, there
or here, the old one is let go, and their clients and the two hosts learn of it."""

from framework import check
from framework.case import run
from framework.evil import Scene
from framework.peer import Peer


def setup():
    global scene, there
    scene = Scene()
    there = Peer()


def _moves(old, target_id):
    move = old.activity("Move", old.id, target=target_id, to=[old.followers])
    check.equal(old.send(scene.node.inbox, move).status, 202, "status of the Move")
    check.eventually(lambda: scene.node.inbox_state(move) in ("applied", "refused"),
                     what="the Move is handled")
    check.equal(scene.node.inbox_state(move), "applied", "state of the Move")


def test_followers_follow_the_new_account():
    old = scene.good.actor("olga")
    new = there.actor("olga2", alsoKnownAs=old.id)  # one, not in an array
    for client in (scene.alice, scene.bob):
        before = client.follow_accepted(old.id)
    scene.alice.post(f"/api/v1/accounts/{before['id']}/follow", {"reblogs": False})
    _moves(old, new.id)
    after = scene.alice.find_account(new.id)
    for client in (scene.alice, scene.bob):
        check.eventually(lambda: client.relationship(after["id"])["following"],
                         what="the new account accepts the follow")
        check.eventually(lambda: not client.relationship(before["id"])["following"],
                         what="the old account is let go")
        check.eventually(lambda: [n for n in client.notifications("moved")
                                  if n["account"]["id"] == before["id"]], what="they are told")
    check.equal(scene.alice.relationship(after["id"])["showing_reblogs"], False,
                "a choice about boosts is kept")
    check.equal(len([f for f in there.activities("Follow") if f["object"] == new.id]), 2,
                "Follows of the new account")
    check.eventually(lambda: len([u for u in scene.good.activities("Undo")
                                  if u["object"].get("object") == old.id]) == 2,
                     what="the old account's host learns of it")
    shown = scene.alice.get(f"/api/v1/accounts/{before['id']}")
    check.equal(shown["moved"]["id"], after["id"], "moved")


def test_a_mute_goes_along_and_a_block_stays():
    old = scene.good.actor("otto")
    new = there.actor("otto2", alsoKnownAs=[old.id])
    before = scene.alice.follow_accepted(old.id)
    scene.bob.follow_accepted(old.id)
    scene.alice.post(f"/api/v1/accounts/{before['id']}/mute")
    after = scene.bob.find_account(new.id)
    scene.bob.post(f"/api/v1/accounts/{after['id']}/block")
    _moves(old, new.id)
    check.eventually(lambda: scene.alice.relationship(after["id"])["following"],
                     what="alice follows the new account")
    check.equal(scene.alice.relationship(after["id"])["muting"], True, "alice mutes it")
    check.eventually(lambda: not scene.bob.relationship(before["id"])["following"],
                     what="bob follows the old account no more")
    relation = scene.bob.relationship(after["id"])
    check.equal((relation["following"], relation["requested"]), (False, False),
                "bob, who blocks the new account")


def test_an_account_moves_to_one_here():
    old = scene.good.actor("odo")
    before = scene.bob.follow_accepted(old.id)
    scene.node.cli("user", "alias", "add", "alice", old.id)
    check.contains(scene.carol.get(scene.alice_id).body.decode(), f'"alsoKnownAs":["{old.id}"]',
                   "the document of alice")
    _moves(old, scene.alice_id)
    check.eventually(lambda: scene.bob.relationship(scene.alice.me()["id"])["following"],
                     what="bob follows alice")
    check.eventually(lambda: not scene.bob.relationship(before["id"])["following"],
                     what="bob follows the old account no more")
    scene.node.cli("user", "alias", "remove", "alice", old.id)
    check.true(b'"alsoKnownAs":["http' not in scene.carol.get(scene.alice_id).body,
               "the alias is gone from the document")


def test_an_account_here_moves_away():
    """FEP-7628, the sending half: only to who names it, once; followers everywhere learn of it."""
    cli = scene.node.cli
    scene.node.add_user("mona")
    mona_id, mona = scene.node.person_id("mona"), scene.node.client("mona")
    fan = scene.good.actor("fan")
    fan.send(scene.node.inbox, fan.follow(mona_id))
    check.eventually(lambda: [a for a in scene.good.activities("Accept") if a["actor"] == mona_id],
                     what="mona has a follower elsewhere")
    scene.bob.post(f"/api/v1/accounts/{mona.me()['id']}/follow")
    new = there.actor("mona2")
    cli("user", "move", "mona", new.id, code=1)      # it does not name her yet
    cli("user", "move", "mona", there.base + "/u/none", code=1)
    cli("user", "move", "mona", mona_id, code=1)
    check.equal(scene.good.activities("Move"), [], "Moves sent by then")
    there.publish(new.document(alsoKnownAs=[mona_id]))
    check.contains(cli("user", "move", "mona", new.handle), new.id, "what the command says")
    move = check.eventually(lambda: scene.good.activities("Move"), what="the follower's host is told")[0]
    check.equal((move["actor"], move["object"], move["target"]), (mona_id, mona_id, new.id), "the Move")
    check.contains(scene.carol.get(mona_id).body.decode(), f'"movedTo":"{new.id}"', "mona's document")
    check.equal(mona.me()["moved"]["uri"], new.id, "moved, in her own account")
    check.eventually(lambda: scene.bob.relationship(scene.bob.find_account(new.id)["id"])["following"],
                     what="bob, here, follows the new account")
    mona.request("POST", "/api/v1/statuses", {"status": "still here?"}).error(403)
    carol = scene.alice.find_account(scene.carol.id)
    mona.request("POST", f"/api/v1/accounts/{carol['id']}/follow").error(403)
    there.actor("mona3", alsoKnownAs=[mona_id])
    cli("user", "move", "mona", there.actors["mona3"].id, code=1)   # within the cooldown


def test_a_stopped_node_moves_nobody():
    scene.node.stop()
    scene.node.cli("user", "move", "bob", there.actors["mona2"].id, code=1)
    scene.node.start()


if __name__ == "__main__":
    run(globals())
