"""Checklist line 3: only a document served with an ActivityPub content type is one: activity+json,
or ld+json with the ActivityStreams profile. An upload or a page that looks alike is refused."""

import json

from framework import check
from framework.ap import CONTEXT
from framework.case import run
from framework.evil import Scene, marker, note_document
from framework.reply import Reply

RIGHT = ["application/activity+json", "application/activity+json; charset=utf-8",
         f'application/ld+json; profile="{CONTEXT[0]}"',
         f'application/ld+json;charset=utf-8;profile="{CONTEXT[0]}"']
WRONG = ["text/html", "application/json", "application/octet-stream", "image/png", "text/plain",
         "application/ld+json; profile=\"https://other.example/\"", "application/activity+jsonx",
         "text/html; x=application/activity+json", None]


def setup():
    global scene
    scene = Scene()


def _serve_note(kind):
    note = note_document(scene.eve, marker())
    path = note["id"].removeprefix(scene.evil.base)
    scene.evil.serve(path, Reply(200, json.dumps(note).encode(), kind))
    return note["id"]


def test_right_types_are_taken():
    for kind in RIGHT:
        url = _serve_note(kind)
        check.equal(scene.alice.find_status(url)["uri"], url, f"note served as {kind}")


def test_a_note_of_another_type():
    for kind in WRONG:
        scene.not_resolved(_serve_note(kind), f"a note served as {kind}")


def test_an_actor_and_its_key_of_another_type():
    for index, kind in enumerate(WRONG):
        actor = scene.evil.actor(f"typed{index}")
        document = json.dumps(actor.document()).encode()
        scene.evil.serve(f"/u/{actor.name}", Reply(200, document, kind))
        activity, _ = scene.mention(actor)
        scene.refused(lambda: actor.send(scene.node.inbox, activity), what=f"a key in {kind}")
    actor = scene.evil.actor("rightly")
    scene.applied(actor, *scene.mention(actor))


if __name__ == "__main__":
    run(globals())
