"""Checklist line 6: on a POST request-target, host, date and digest must be signed, the digest is
taken over the raw bytes, and a duplicate Signature, Digest, Host or Content-Length is refused."""

import json

from framework import raw, sign
from framework.ap import encode
from framework.case import run
from framework.evil import Scene


def setup():
    global scene
    scene = Scene()


def _refused(what, statuses=(401,), change=lambda headers: headers, **options):
    """Sends a good mention in a bad way, then in the right way."""
    activity, word = scene.mention(scene.carol)
    right = encode(activity)

    def send():
        headers = scene.carol.headers("POST", scene.node.inbox, right, **options)
        head = raw.head_of("POST", scene.node.inbox, change(headers))
        return raw.exchange(scene.node.inbox, head + right)
    scene.refused(send, statuses, what)
    scene.applied(scene.carol, activity, word)


def test_no_signature():
    _refused("unsigned", change=lambda h: sign.replaced(h, "Signature", None))
    _refused("empty", (400, 401), change=lambda h: sign.replaced(h, "Signature", ""))
    _refused("garbage", (400, 401), change=lambda h: sign.replaced(h, "Signature", 'a="b",,='))


def test_each_part_left_unsigned():
    parts = ("(request-target)", "host", "date", "digest")
    for part in parts:
        _refused(f"{part} unsigned", names=tuple(p for p in parts if p != part))
    _refused("date only", names=("date",))
    _refused("no headers parameter means date only", change=lambda h: sign.replaced(
        h, "Signature", dict(h)["Signature"].replace(
            'headers="(request-target) host date digest content-type",', "")))


def test_parts_that_are_absent():
    _refused("no digest", digest=None)
    _refused("no date", date=None)


def test_another_body():
    activity, word = scene.mention(scene.carol)
    right = encode(activity)
    wrong = json.dumps(activity, ensure_ascii=False, separators=(",", ":")).encode()
    wrong += b" " * (len(right) - len(wrong))  # the same JSON and the same length, other bytes

    def send():
        head = raw.head_of("POST", scene.node.inbox,
                           scene.carol.headers("POST", scene.node.inbox, right))
        return raw.exchange(scene.node.inbox, head + wrong)
    scene.refused(send, what="the same JSON in other bytes")
    scene.applied(scene.carol, activity, word)


def test_another_digest():
    _refused("digest of something else", digest=sign.digest_of(b"{}"))
    _refused("a weak digest", digest="MD5=1B2M2Y8AsgTpgAmY7PhCfg==")
    _refused("not base64", digest="SHA-256=!!!", statuses=(400, 401))


def test_duplicate_headers():
    def twice(name):
        return lambda headers: headers + [(name, dict(headers)[name])]
    for name in ("Signature", "Digest", "Host", "Content-Length", "Date"):
        _refused(f"two {name} headers", (400, 401), change=twice(name))
    _refused("a second, other digest", (400, 401),
             change=lambda h: h + [("Digest", sign.digest_of(b"x"))])


def test_another_target():
    activity, word = scene.mention(scene.carol)
    headers = scene.carol.headers("POST", scene.node.inbox, encode(activity))
    other = scene.node.person_id("bob") + "/inbox"

    def send():
        return raw.exchange(other, raw.head_of("POST", other, headers) + encode(activity))
    scene.refused(send, what="signed for /inbox, sent to bob's inbox")
    scene.applied(scene.carol, activity, word)


if __name__ == "__main__":
    run(globals())
