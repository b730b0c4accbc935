"""Checklist line 26: JSON is bounded and read one way only: depth, number of members, duplicate
keys, invalid UTF-8 and NUL are refused, and no wrong type in any field harms the node."""

import json

from framework import check
from framework.ap import encode
from framework.case import run
from framework.evil import DOOR_STATUSES, MALFORMED, Scene


def setup():
    global scene
    scene = Scene()


def _refused(body, what, statuses=MALFORMED):
    scene.refused(lambda: scene.eve.send(scene.node.inbox, body), statuses, what)


def _spoiled(old, new):
    """The bytes of a good mention with one part replaced."""
    activity, _ = scene.mention(scene.eve)
    body = encode(activity)
    check.contains(body, old, "the part to spoil")
    return body.replace(old, new, 1)


def _nested(depth):
    activity, word = scene.mention(scene.eve)
    body = encode(activity)[:-1] + b',"x-deep":' + b"[" * depth + b"]" * depth + b"}"
    return body, word


def test_depth():
    body, word = _nested(20)
    check.equal(scene.eve.send(scene.node.inbox, body).status, 202, "a depth of 21")
    check.eventually(lambda: scene.sees(word), what="its effect")
    for depth in (40, 1000, 200_000):
        _refused(_nested(depth)[0], f"a depth of {depth}")
    _refused(b"[" * 100_000, "100,000 open brackets")
    _refused(b'{"a":' * 100_000, "100,000 open objects")


def test_duplicate_keys():
    carol = scene.carol.id.encode()
    mine = scene.eve.id.encode()
    _refused(_spoiled(b'"actor": "%s"' % mine, b'"actor": "%s", "actor": "%s"' % (mine, carol)),
             "two actors")
    _refused(_spoiled(b'"actor": "%s"' % mine, b'"actor": "%s", "actor": "%s"' % (carol, mine)),
             "two actors, the signer last")
    _refused(_spoiled(b'"actor"', b'"\\u0061ctor": "%s", "actor"' % carol), "one of them escaped")
    _refused(_spoiled(b'"attributedTo"', b'"attributedTo": "%s", "attributedTo"' % carol),
             "two authors of the object")
    scene.introduce(scene.eve)


def test_text_that_is_none():
    for bad, what in ((b"\xff\xfe", "bytes that are no UTF-8"), (b"\xc0\xaf", "an overlong form"),
                      (b"\xed\xa0\x80", "an encoded surrogate"), (b"\xf5\x80\x80\x80", "too large"),
                      (b"\\u0000", "an escaped NUL"), (b"\x00", "a NUL"),
                      (b"\n", "a raw line end")):
        _refused(_spoiled(b"<p>", b"<p>" + bad), what)
    body = encode(scene.mention(scene.eve)[0])
    _refused(body.decode().encode("utf-16"), "UTF-16")
    _refused(body + b"{}", "a second document")
    _refused(body[:-1], "a document cut off")
    _refused(b"", "no document")
    _refused(b"null", "null")
    _refused(b"[]", "a list")
    _refused(b'"x"', "a text")


def test_numbers_and_members():
    activity, word = scene.mention(scene.eve)
    many = {**activity, "x-many": {str(n): n for n in range(50_000)}}
    _refused(encode(many), "50,000 members", (*MALFORMED, 413))
    huge = encode({**activity, "x-number": 0}).replace(b'"x-number": 0', b'"x-number": 1e999999')
    check.is_in(scene.eve.send(scene.node.inbox, huge).status, (202, *MALFORMED), "a huge number")
    scene.introduce(scene.eve)


def test_wrong_types_in_every_field():
    """Whatever the answer is, the node must go on: a good activity is applied afterwards."""
    eve = scene.eve
    note = scene.note(eve, "types")
    activities = [eve.create(note), eve.update(note), eve.delete(note), eve.follow(scene.alice_id),
                  eve.accept(eve.follow(scene.alice_id)), eve.reject(eve.follow(scene.alice_id)),
                  eve.like(note), eve.announce(note["id"]), eve.undo(eve.like(note)),
                  eve.block(scene.alice_id)]
    values = (None, True, 0, -1.5, "", "x", [], {}, [[]], [None], {"id": 1}, {"type": []}, "\u202e")
    for activity in activities:
        for field in activity:
            for value in values:
                _survives({**activity, field: value})
        if isinstance(activity["object"], dict):
            for field in activity["object"]:
                for value in values:
                    _survives({**activity, "object": {**activity["object"], field: value}})
    scene.introduce(scene.carol)   # not eve: some of these were true Blocks


def _survives(activity):
    activity = json.loads(json.dumps(activity))
    if isinstance(activity.get("id"), str) and activity["id"].startswith("http"):
        activity["id"] = scene.eve.new_id("activity")
    answer = scene.eve.send(scene.node.inbox, activity)
    check.is_in(answer.status, (202, 429, *DOOR_STATUSES), f"answer to {str(activity)[:200]}")


if __name__ == "__main__":
    run(globals())
