"""Checklist line 5: a Linked Data signature proves nothing here. Whoever forwards a signed
document, as it is or rearranged, aliased or wrapped, does not speak for the one who made it."""

from framework import check
from framework.ap import CONTEXT
from framework.case import run
from framework.evil import DOOR_STATUSES, Scene, marker

ALIASES = {"as": CONTEXT[0] + "#", "who": {"@id": "as:actor", "@type": "@id"},
           "actor": "https://other.example/#nothing"}


def setup():
    global scene
    scene = Scene()


def _with_ld_signature(activity, actor):
    return {**activity, "signature": {
        "type": "RsaSignature2017", "creator": actor.key_id, "created": "2026-01-05T10:00:00Z",
        "signatureValue": "c2lnbmF0dXJl" * 20}}


def _signed():
    activity, word = scene.mention(scene.carol)
    return _with_ld_signature(activity, scene.carol), word


def _refused_from_eve(activity, what, statuses=(401,)):
    scene.refused(lambda: scene.eve.send(scene.node.inbox, activity), statuses, what)


def test_forwarded_as_it_is():
    activity, word = _signed()
    _refused_from_eve(activity, "carol's signed document, sent by eve")
    scene.applied(scene.carol, activity, word)


def test_rearranged_and_aliased():
    activity, word = _signed()
    _refused_from_eve(dict(reversed(activity.items())), "other order")
    aliased = {**activity, "@context": [*CONTEXT, ALIASES], "who": scene.eve.id}
    _refused_from_eve(aliased, "redefined actor")
    nested = {**activity, "object": {**activity["object"], "@context": [CONTEXT[0], ALIASES]}}
    _refused_from_eve(nested, "nested @context")
    without = {k: v for k, v in aliased.items() if k != "actor"}
    _refused_from_eve(without, "no plain actor", DOOR_STATUSES)
    scene.applied(scene.carol, activity, word)


def test_wrapped_in_an_envelope():
    for wrapper in ("@graph", "@included", "@reverse"):
        victim, hidden = _signed()
        envelope, word = scene.mention(scene.eve)
        inside = {"as:actor": victim} if wrapper == "@reverse" else [victim]
        answer = scene.eve.send(scene.node.inbox, {**envelope, wrapper: inside})
        check.is_in(answer.status, (202, *DOOR_STATUSES), f"status of {wrapper}")
        scene.applied(scene.eve, *scene.mention(scene.eve))  # what came before it has been handled
        check.equal(scene.sees(hidden), None, f"carol's note inside {wrapper}")
        check.equal(scene.node.count("post", "ap_id = ?", victim["object"]["id"]), 0, "its row")
        if answer.status == 202:
            check.eventually(lambda: scene.sees(word), what="eve's own part")


def test_only_the_signature_block():
    word = marker()
    bare = scene.carol.create(scene.note(scene.carol, word))
    signed = _with_ld_signature(bare, scene.carol)
    _refused_from_eve({k: v for k, v in signed.items() if k != "id"}, "no id", DOOR_STATUSES)
    scene.applied(scene.carol, signed, word)


if __name__ == "__main__":
    run(globals())
