"""Checklist line 15: a Move counts only from the account itself, to one that names it as an alias
at its own origin now, and once in a cooldown; a Flag only from who signed it."""

from framework import check
from framework.case import run
from framework.evil import Scene
from framework.peer import Peer


def setup():
    global scene, there
    scene = Scene()
    there = Peer()


def _follow(name):
    """An actor of the honest host that alice follows, and its account id."""
    actor = scene.good.actor(name)
    return actor, scene.alice.follow_accepted(actor.id)["id"]


def _move(actor, target_id, **more):
    return actor.activity("Move", more.pop("object", actor.id), target=target_id, **more)


def _good_move(actor, account, target_id):
    actor.send(scene.node.inbox, _move(actor, target_id))
    check.eventually(lambda: not scene.alice.relationship(account)["following"],
                     what="a good Move is followed")


def test_a_target_that_does_not_name_the_account():
    actor, account = _follow("mia")
    there.actor("nobodys")
    there.actor("anothers", alsoKnownAs=[scene.carol.id])
    there.actor("nearly", alsoKnownAs=[actor.id + "/", actor.id.replace("/u/", "/U/")])
    there.actor("gone_on", alsoKnownAs=[actor.id], movedTo=scene.carol.id)
    for name in ("nobodys", "anothers", "nearly", "gone_on"):
        scene.refused_later(actor, _move(actor, there.actors[name].id), f"Move to {name}")
    scene.refused_later(actor, _move(actor, scene.alice_id), "Move to alice, who has no alias")
    scene.refused_later(actor, _move(actor, there.base + "/u/none"), "Move to nobody")
    scene.refused_later(actor, _move(actor, actor.id), "Move to itself")
    check.equal(scene.alice.relationship(account)["following"], True, "alice follows mia")
    good = there.actor("mia2", alsoKnownAs=[actor.id])
    _good_move(actor, account, good.id)


def test_the_alias_is_asked_for_now():
    actor, account = _follow("max")
    target = there.actor("max2", alsoKnownAs=[actor.id])
    scene.alice.find_account(target.id)  # is stored with the alias …
    there.publish(target.document())     # … which ends
    scene.refused_later(actor, _move(actor, target.id), "Move after the alias ended")
    there.publish(target.document(alsoKnownAs=[actor.id]))
    _good_move(actor, account, target.id)


def test_a_move_by_somebody_else():
    actor, account = _follow("moe")
    mine = scene.evil.actor("moe2", alsoKnownAs=[actor.id, scene.eve.id])
    scene.refused_later(scene.eve, _move(scene.eve, mine.id, object=actor.id), "Move of moe by eve")
    forged = {**_move(actor, mine.id), "id": scene.eve.new_id("activity")}
    scene.refused_anyhow(scene.eve, forged, "Move in moe's name, signed by eve")
    check.equal(scene.alice.relationship(account)["following"], True, "alice follows moe")
    _good_move(actor, account, there.actor("moe3", alsoKnownAs=[actor.id]).id)


def test_a_second_move_within_the_cooldown():
    actor, account = _follow("mel")
    first = there.actor("mel2", alsoKnownAs=[actor.id])
    second = there.actor("mel3", alsoKnownAs=[actor.id])
    _good_move(actor, account, first.id)
    scene.refused_later(actor, _move(actor, second.id), "a second Move at once")


def test_a_flag_whose_signer_is_not_its_actor():
    flag = {**scene.carol.activity("Flag", [scene.alice_id], content="forged")}
    scene.refused_anyhow(scene.eve, flag, "Flag in carol's name, signed by eve")
    check.equal(scene.node.count("report"), 0, "reports")
    scene.carol.send(scene.node.inbox, scene.carol.activity("Flag", [scene.alice_id], content="x"))
    check.eventually(lambda: scene.node.count("report") == 1, what="carol's own counts")


if __name__ == "__main__":
    run(globals())
