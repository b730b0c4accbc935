"""Checklist line 4: what a member uploads is never served as an ActivityPub document, whatever it holds and
whatever is asked for; so it cannot speak for this host."""

import json

from framework import ap, api, check
from framework.case import run
from framework.node import Node
from framework.pictures import png


def setup():
    global node, alice, document
    node = Node().start()
    alice = node.add_user("alice")
    document = json.dumps({"@context": ap.CONTEXT, "id": node.base + "/u/root", "type": "Person",
                           "inbox": "http://evil.example/inbox", "preferredUsername": "root"})


def test_a_document_is_no_picture():
    check.equal(alice.upload("POST", "/api/v2/media", {"file": png(20, 20)}).status, 200, "a picture is taken")
    check.equal(alice.upload("POST", "/api/v2/media", {"file": document.encode()}).status, 422, "a document is not")
    check.equal(node.count("media"), 1, "uploads")


def test_a_picture_that_holds_a_document_is_served_as_a_picture_without_it():
    for data in (png(20, 20, text=document), png(20, 20) + document.encode()):
        made = alice.upload("POST", "/api/v2/media", {"file": data}).expect(200).json
        path = made["url"][len(node.base):]
        for accept in (ap.ACCEPT, "application/activity+json", "*/*"):
            served = api.Client(node.url, host=node.host).request("GET", path, headers={"Accept": accept})
            check.equal((served.status, served.header("Content-Type"), served.header("X-Content-Type-Options")),
                        (200, "image/png", "nosniff"), f"asked for {accept}")
            check.true(b"preferredUsername" not in served.body, "nothing of the document is left")


if __name__ == "__main__":
    run(globals())
