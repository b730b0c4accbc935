"""Checklist line 15: a Move counts only from the account itself, to one that names it as an alias
at its own origin now, and once in a cooldown; a Flag only from who signed it."""

from framework import ap, check
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


def _offer(group, target, **move):
    inner = {"type": "Move", "id": group.new_id("move"), "actor": group.id, "object": group.id, "target": target, **move}
    return group.activity("Offer", inner, target=target, to=[target])


def test_what_is_in_a_group_is_for_its_new_host_alone():
    node = scene.node
    here = node.add_group("attic", "alice")
    new = there.actor("loft", kind="Group", alsoKnownAs=[here])
    thief = scene.evil.actor("burglar", kind="Group", alsoKnownAs=[here])
    scene.introduce(new, thief)
    parts = ("settings", "members", "bans", "posts", "featured", "votes", "log")

    def asked(by):
        return {by.get(f"{here}/moving/{part}").status for part in parts}

    check.equal(asked(new), {404}, "a takeover that the owner has not begun")
    for target in (there.actor("cellar", kind="Group").id, scene.carol.id):
        node.cli("group", "move", "attic", "--to", target, code=1)
    check.equal(node.count("group_move", "NOT arrives"), 0, "a target without the alias is refused")
    node.cli("group", "move", "attic", "--to", new.id)
    offer = check.eventually(lambda: there.activities("Offer"), what="the Offer")[0]
    check.equal(asked(thief), {404}, "another one that names it")
    check.equal(asked(scene.eve), {404}, "a stranger")
    check.equal({ap.get(f"{here}/moving/{part}")[0] for part in parts}, {404}, "nobody")
    check.equal(asked(new), {200}, "the new host")
    answer = thief.activity("Accept", offer, to=[here])
    scene.refused_later(thief, answer, "an Accept by another one")
    check.equal(ap.get(here)[1].get("movedTo"), None, "it has not moved")
    forged = {**new.activity("Accept", offer, to=[here])}
    scene.refused_anyhow(thief, forged, "an Accept in the new host's name")
    node.cli("group", "move", "attic", "--cancel")
    check.equal(asked(new), {404}, "it stays after all")
    late = new.activity("Accept", offer, to=[here])
    scene.refused_later(new, late, "an Accept of an Offer that was taken back")
    check.equal(node.count("event", "kind = 31 AND actor_id = (SELECT id FROM actor WHERE ap_id = ?)", here), 0, "nobody was told of a Move")


def test_a_group_that_was_not_offered_by_itself_to_one_that_wants_it():
    node, here = scene.node, scene.node.add_group("orchard", "alice")
    group = scene.good.actor("meadow", kind="Group")
    thief = scene.evil.actor("thief", kind="Group", alsoKnownAs=[group.id])
    scene.introduce(group, thief)
    # What is counted of a group is written a moment after it is made.
    check.eventually(lambda: node.count("ops_event", "group_id = (SELECT id FROM actor WHERE ap_id = ?)", here) > 0, 15, "alice joined")
    scene.refused_later(group, _offer(group, here), "an Offer to a group that names no alias")
    node.cli("group", "take-over", "orchard", "--from", group.id)
    scene.refused_later(thief, _offer(thief, here), "an Offer of another group than the one that is named")
    scene.refused_later(thief, _offer(thief, here, object=group.id, actor=group.id), "an Offer of somebody else's group")
    scene.refused_later(scene.eve, _offer(scene.eve, here), "an Offer of a person")
    scene.refused_later(group, _offer(group, scene.alice_id), "an Offer to a person")
    check.equal(node.count("group_move"), 0, "nothing is taken over")
    good = _offer(group, here)
    group.send(node.inbox, good)
    check.eventually(lambda: scene.good.hits(f"{group.id}/moving/settings"), what="the named one's own Offer is taken")


if __name__ == "__main__":
    run(globals())
