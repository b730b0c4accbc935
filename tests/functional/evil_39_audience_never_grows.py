"""Checklist line 39: nobody's audience grows afterwards: not by an Update of the author's, not by a boost,
not by being mentioned in somebody's reply."""

import time

from framework import check
from framework.ap import PUBLIC, iso, mention
from framework.case import run
from framework.evil import Scene, marker


def setup():
    global scene, watcher
    scene = Scene()
    watcher = scene.node.client()
    scene.alice.follow_accepted(scene.carol.handle)


def _private_note():
    """A followers-only note of carol's, which alice sees as her follower."""
    note = scene.carol.note(word := marker(), to=[scene.carol.followers], cc=[],
                            published=iso(time.time() - 60))
    answer = scene.carol.send(scene.node.inbox, scene.carol.create(note))
    check.equal(answer.status, 202, "the Create")
    status = check.eventually(lambda: next((s for s in scene.alice.home() if word in s["content"]), None),
                              15, "alice sees the note at home")
    return note, status


def _is_private(status, what):
    scene.bob.request("GET", f"/api/v1/statuses/{status['id']}").error(404)
    watcher.request("GET", f"/api/v1/statuses/{status['id']}").error(404)
    seen = scene.alice.get(f"/api/v1/statuses/{status['id']}")
    check.equal(seen["visibility"], "private", f"visibility after {what}")


def test_an_update_to_public():
    note, status = _private_note()
    _is_private(status, "the Create")
    wide = {**note, "to": [PUBLIC], "cc": [scene.carol.followers, scene.node.person_id("bob")],
            "content": "<p>now for all</p>", "tag": [mention(scene.node.person_id("bob"), "@bob")]}
    check.equal(scene.carol.send(scene.node.inbox, scene.carol.update(wide)).status, 202, "the Update")
    check.eventually(lambda: "now for all" in
                     scene.alice.get(f"/api/v1/statuses/{status['id']}")["content"], 15, "the edit is shown")
    _is_private(status, "an Update to public")
    check.equal(scene.bob.mentions_with("now for all"), [], "mentions of bob")


def test_a_boost_by_the_author_and_by_others():
    note, status = _private_note()
    for actor in (scene.carol, scene.eve):
        scene.refused_later(actor, actor.announce(note["id"]), f"a boost by {actor.name}")
        _is_private(status, f"a boost by {actor.name}")
    answer = scene.alice.request("POST", f"/api/v1/statuses/{status['id']}/reblog")
    check.is_in(answer.status, (403, 404, 422), "a boost by a follower here")
    _is_private(status, "a boost by a follower here")


def test_a_reply_that_names_others():
    note, status = _private_note()
    scene.alice.status(f"@bob look at this {marker()}", in_reply_to_id=status["id"], visibility="direct")
    _is_private(status, "a reply that mentions bob")
    check.true(all(s["id"] != status["id"] for s in scene.bob.home()), "bob's home")


def test_an_edit_of_ours_adds_nobody():
    word = marker()
    status = scene.alice.status(f"for those who follow {word}", visibility="private")
    scene.alice.put(f"/api/v1/statuses/{status['id']}", {"status": f"@bob now you too {word}"})
    scene.bob.request("GET", f"/api/v1/statuses/{status['id']}").error(404)
    check.equal(scene.bob.mentions_with(word), [], "mentions of bob")


if __name__ == "__main__":
    run(globals())
