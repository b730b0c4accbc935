"""Checklist line 25: bodies are bounded after unpacking, coming in (1 MiB, no Content-Encoding) and
going out (answers that do not end, or unpack to gigabytes)."""

import gzip
import io
import time

from framework import check, raw, sign
from framework.ap import encode
from framework.case import run
from framework.evil import Scene, marker, note_document
from framework.peer import Peer
from framework.reply import Reply

MIB = 1024 * 1024
MEMORY_KIB_MAX = 400 * 1024
FETCH_SECONDS_MAX = 40


def setup():
    global scene
    scene = Scene()


def _padded(size):
    """A good mention of exactly `size` bytes; the padding is a property nobody knows."""
    activity, word = scene.mention(scene.carol)
    missing = size - len(encode({**activity, "x-padding": ""}))
    return encode({**activity, "x-padding": "x" * missing}), word


def _memory_kib():
    with open(f"/proc/{scene.node.process.pid}/status") as status:
        return int(next(l for l in status if l.startswith("VmRSS")).split()[1])


def test_a_body_of_the_limit_and_one_above():
    body, word = _padded(MIB)
    check.equal(scene.carol.send(scene.node.inbox, body).status, 202, "a body of 1 MiB")
    check.eventually(lambda: scene.sees(word), what="its effect")
    for size in (MIB + 1, 10 * MIB):
        body, _ = _padded(size)
        scene.refused(lambda: scene.carol.send(scene.node.inbox, body), (413,), f"{size} bytes")


def test_an_encoded_body():
    activity, word = scene.mention(scene.carol)
    packed = gzip.compress(encode(activity))
    bomb = gzip.compress(b" " * (200 * MIB))
    for body, coding in ((packed, "gzip"), (bomb, "gzip"), (packed, "deflate"), (packed, "br")):
        scene.refused(lambda: scene.carol.send(scene.node.inbox, body,
                                               extra=[("Content-Encoding", coding)]),
                      (415,), f"Content-Encoding {coding}")
    check.at_most(_memory_kib(), MEMORY_KIB_MAX, "KiB of memory")
    scene.applied(scene.carol, activity, word)


def test_a_chunked_body_without_end():
    headers = sign.replaced(scene.carol.headers("POST", scene.node.inbox, b""),
                            "Content-Length", None)
    head = raw.head_of("POST", scene.node.inbox, headers + [("Transfer-Encoding", "chunked")])

    def send():
        connection = raw.Connection(scene.node.inbox)
        sent = 0
        try:
            connection.send(head)
            while sent < 64 * MIB:
                connection.send(b"10000\r\n" + b" " * 65536 + b"\r\n")
                sent += 65536
        except ConnectionError:
            pass
        check.at_most(sent, 32 * MIB, "bytes that were taken")
        answer = connection.read_response()
        connection.close()
        return answer
    scene.refused(send, (413, 0), "an endless body")  # 0: closed while we were still sending


def test_a_length_that_lies():
    activity, word = scene.mention(scene.carol)
    body = encode(activity)

    def send(length, close=False):
        headers = sign.replaced(scene.carol.headers("POST", scene.node.inbox, body),
                                "Content-Length", length)
        connection = raw.Connection(scene.node.inbox)
        connection.send(raw.head_of("POST", scene.node.inbox, headers) + body)
        if close:
            connection.close()
            return raw.Response()
        answer = connection.read_response()
        connection.close()
        return answer
    for length in ("-1", "1x", "0x10", "99999999999999999999999", "+5", "", "5, 6"):
        scene.refused(lambda: send(length), (400, 411, 413), f"Content-Length {length!r}")
    scene.refused(lambda: send(str(len(body) - 10)), (400, 401), "a length too short")
    scene.refused(lambda: send(str(len(body) + 10), close=True), (0,), "a length too long")
    scene.applied(scene.carol, activity, word)


def test_answers_without_end():
    peer = Peer()
    eve = peer.actor("eve")
    note = note_document(eve, marker())
    peer.serve("/endless", Reply(200, b" " * 65536, endless=True))
    blob = io.BytesIO()
    with gzip.GzipFile(fileobj=blob, mode="wb") as packed:
        for _ in range(1024):
            packed.write(b" " * MIB)
    peer.serve("/bomb", Reply(200, blob.getvalue(), headers=(("Content-Encoding", "gzip"),)))
    peer.serve("/large", Reply(200, b" " * (2 * MIB) + encode(note)))
    for path in ("/endless", "/bomb", "/large"):
        start = time.monotonic()
        scene.not_resolved(peer.base + path, path)
        check.at_most(time.monotonic() - start, FETCH_SECONDS_MAX, f"seconds for {path}")
    check.at_most(_memory_kib(), MEMORY_KIB_MAX, "KiB of memory")
    check.equal(scene.alice.find_status(note["id"])["uri"], note["id"], "a small document")


if __name__ == "__main__":
    run(globals())
