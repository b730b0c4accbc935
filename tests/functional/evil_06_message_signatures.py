"""Checklist lines 1, 6 and 7 for RFC 9421: method, target and content digest must be signed, with a time of
this hour, for this host, once, over the raw bytes, by the actor."""

import json
import time

from framework import check, raw
from framework.ap import encode
from framework.case import run
from framework.evil import Scene
from framework.message_sign import content_digest_of, signed_headers
from framework.sign import replaced

HOUR = 3600


def setup():
    global scene
    scene = Scene()


def _send(activity, change=lambda headers: headers, body=None, actor=None, **options):
    right = encode(activity)
    headers = change(signed_headers(actor or scene.carol, scene.node.inbox, right, **options))
    return raw.exchange(scene.node.inbox, raw.head_of("POST", scene.node.inbox, headers) + (body or right))


def _refused(what, statuses=(401,), **options):
    """The same mention in a bad way, then in the right way."""
    activity, word = scene.mention(scene.carol)
    answer = scene.refused(lambda: _send(activity, **options), statuses, what)
    check.equal(_send(activity).status, 202, f"the good twin of: {what}")
    check.eventually(lambda: scene.sees(word), 15, f"the effect of the good twin of: {what}")
    return answer


def test_what_peers_cover_is_taken():
    for components in (("@method", "@target-uri", "@authority", "host", "date", "content-digest"),
                       ("@method", "@target-uri", "date", "user-agent", "content-type", "content-digest"),
                       ("@method", "@target-uri", "content-digest")):
        activity, word = scene.mention(scene.carol)
        check.equal(_send(activity, components=components).status, 202, f"a signature over {components}")
        check.eventually(lambda w=word: scene.sees(w), 15, f"the effect of {components}")
    activity, word = scene.mention(scene.carol)
    check.equal(_send(activity, algorithm=None).status, 202, "without a name for the algorithm")
    check.eventually(lambda: scene.sees(word), 15, "its effect")


def test_each_part_left_unsigned():
    for part in ("@method", "@target-uri", "content-digest"):
        _refused(f"{part} unsigned",
                 components=[c for c in ("@method", "@target-uri", "content-digest") if c != part])
    _refused("nothing signed", components=())
    answer = _refused("a field that is not there", (400, 401), components=("@method", "@target-uri", "x-absent",
                                                                          "content-digest"))
    if answer.status == 401:
        asked = answer.header("Accept-Signature") or ""
        for part in ("@method", "@target-uri", "content-digest"):
            check.contains(asked, f'"{part}"', "what the refusal asks for")


def test_times():
    _refused("no created", created=False)
    for seconds in (-2 * HOUR, -HOUR - 600, HOUR + 600, 2 * HOUR):
        _refused(f"created {seconds} s from now", created=time.time() + seconds)
    _refused("expired", extra_parameters=f";expires={int(time.time()) - 60}")


def test_another_body_or_digest():
    activity, _ = scene.mention(scene.carol)
    other = json.dumps(activity, ensure_ascii=False, separators=(",", ":")).encode()
    other += b" " * (len(encode(activity)) - len(other))
    scene.refused(lambda: _send(activity, body=other), what="the same JSON in other bytes")
    _refused("the digest of something else", digest=content_digest_of(b"{}"))
    _refused("a weak digest", (400, 401), digest="md5=:1B2M2Y8AsgTpgAmY7PhCfg==:")
    _refused("no digest at all", change=lambda h: replaced(h, "Content-Digest", None))


def test_one_signature_only():
    _refused("two Signature-Input fields", (400, 401), change=lambda h: h + [
        ("Signature-Input", dict(h)["Signature-Input"])])
    _refused("two members", (400, 401), change=lambda h: replaced(replaced(
        h, "Signature-Input", dict(h)["Signature-Input"] + ", " + dict(h)["Signature-Input"].replace("sig1", "sig2")),
        "Signature", dict(h)["Signature"] + ", " + dict(h)["Signature"].replace("sig1", "sig2")))
    _refused("labels that differ", (400, 401), change=lambda h: replaced(
        h, "Signature", dict(h)["Signature"].replace("sig1", "sig2")))
    _refused("a component twice", (400, 401), components=("@method", "@method", "@target-uri", "content-digest"))
    _refused("an algorithm that is not the key's", algorithm="ed25519")
    _refused("an algorithm that nobody knows", (400, 401), algorithm="none")
    _refused("garbage", (400, 401), change=lambda h: replaced(h, "Signature-Input", "sig1=(((;;;"))


def test_for_another_host_or_path():
    for url in ("http://other.example/inbox", scene.node.base + "/u/alice/inbox",
                scene.node.inbox.replace("http:", "https:")):
        _refused(f"signed for {url}", signed_url=url)


def test_signed_by_somebody_else():
    activity, _ = scene.mention(scene.carol)
    scene.refused(lambda: _send(activity, actor=scene.eve), what="eve signs carol's activity")
    scene.refused(lambda: _send(activity, actor=scene.eve, key_id=scene.carol.key_id),
                  what="eve's key under carol's name")
    mallory = scene.good.actor("mallory")
    scene.introduce(mallory)
    scene.refused(lambda: _send(activity, actor=mallory), what="a neighbour signs carol's activity")


def test_the_same_again():
    activity, word = scene.mention(scene.carol)
    for _ in range(2):
        check.equal(_send(activity).status, 202, "the activity")
    check.eventually(lambda: scene.sees(word), 15, "its effect")
    check.equal(len(scene.alice.mentions_with(word)), 1, "notifications")


if __name__ == "__main__":
    run(globals())
