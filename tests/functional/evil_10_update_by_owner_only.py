"""Checklist line 10: only its stored owner updates a thing; owner and type stay; an Update that is
older than what is stored is not applied."""

import time

from framework import ap, check
from framework.ap import iso
from framework.case import run
from framework.evil import Scene, marker


def setup():
    global scene, mallory
    scene = Scene()
    mallory = scene.good.actor("mallory")
    scene.introduce(mallory)


def _posted():
    """A note of carol's that alice has, edited once: the Update without an evil part works."""
    note = scene.note(scene.carol, marker(), published=iso(time.time() - 60))
    word = note["content"][3:-4]
    status = scene.applied(scene.carol, scene.carol.create(note), word)
    changed = {**note, "content": note["content"] + "<p>edited</p>"}
    check.equal(scene.carol.send(scene.node.inbox, scene.carol.update(changed)).status, 202,
                "Update")
    check.eventually(lambda: "edited" in _content(status), what="carol's own edit")
    return changed, status


def _content(status):
    return scene.alice.get(f"/api/v1/statuses/{status['id']}")["content"]


def test_an_update_by_a_stranger_of_the_same_host():
    note, status = _posted()
    evil = {**note, "content": "<p>evil</p>"}
    taken = {**evil, "attributedTo": mallory.id}
    scene.refused_later(mallory, mallory.update(taken), "mallory takes carol's note")
    scene.refused_anyhow(mallory, mallory.update(evil), "mallory writes under carol's name")
    check.true("evil" not in _content(status), "the note is carol's")


def test_an_update_by_a_stranger_of_another_host():
    note, status = _posted()
    evil = {**note, "content": "<p>evil</p>"}
    for owner in (scene.eve.id, scene.carol.id):
        scene.refused_anyhow(scene.eve, scene.eve.update({**evil, "attributedTo": owner}),
                             f"eve's Update attributed to {owner}")
    check.true("evil" not in _content(status), "the note is carol's")


def test_owner_and_type_do_not_change():
    note, _ = _posted()
    given = {**note, "attributedTo": mallory.id, "content": "<p>given away</p>"}
    scene.refused_anyhow(scene.carol, scene.carol.update(given), "carol gives her note away")
    for kind in ("Question", "Person", "Group", "Tombstone"):
        changed = {**note, "type": kind, "content": "<p>another type</p>"}
        scene.refused_anyhow(scene.carol, scene.carol.update(changed), f"the note becomes a {kind}")


def test_an_update_that_is_older_than_what_is_stored():
    note, status = _posted()
    old = {**note, "content": "<p>older</p>"}
    scene.refused_later(scene.carol, scene.carol.update(old, updated=iso(time.time() - 3600)),
                        "an Update from an hour ago")
    check.true("older" not in _content(status), "the newer text stays")


def test_an_actor_document_by_somebody_else():
    document = scene.carol.document(name="Evil", summary="evil")
    document.pop("@context")
    scene.refused_anyhow(mallory, mallory.update(document), "mallory updates carol")
    scene.refused_anyhow(scene.eve, scene.eve.update(document), "eve updates carol")


def test_a_group_of_ours_by_somebody_who_does_not_moderate_it():
    scene.node.add_group("garden", "alice")
    group = ap.get(scene.node.group_id("garden"))[1] | {"name": "Evil"}
    group.pop("@context")
    scene.refused_later(scene.eve, scene.eve.update(group), "eve updates the garden")
    person = ap.get(scene.alice_id)[1] | {"name": "Evil"}
    person.pop("@context")
    scene.refused_anyhow(scene.eve, scene.eve.update(person), "eve updates alice")
    scene.refused_later(scene.eve, scene.eve.update(person | {"type": "Group"}), "eve updates alice, who is said to be a group")
    scene.refused_later(scene.eve, scene.eve.update(group | {"id": scene.node.base + "/c/nobody"}), "eve updates a group that is not there")
    scene.refused_anyhow(scene.eve, scene.eve.activity("Create", group), "eve creates the garden")
    two = {**scene.eve.note(marker()), "id": scene.node.base + "/c/other", "type": ["Note", "Group"]}
    scene.refused_anyhow(scene.eve, scene.eve.update(two), "a note that is a group as well")


if __name__ == "__main__":
    run(globals())
