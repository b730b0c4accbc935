"""Checklist line 46: which domains are blocked, and why, is shown only as the operator wants: by default to
nobody."""

from framework import ap, check
from framework.case import run
from framework.node import Node


def test_a_block_is_seen_by_nobody():
    node = Node().start()
    alice = node.add_user("alice")
    node.cli("domain", "block", "blocked.example", "--reason", "a private reason")
    check.contains(node.cli("domain", "list"), "blocked.example", "what the operator sees")
    for path in ("/api/v1/instance/domain_blocks", "/api/v1/instance", "/api/v2/instance",
                 "/api/v1/instance/peers", "/nodeinfo/2.0", "/nodeinfo/2.1", "/"):
        for client in (alice, node.client()):
            answer = client.request("GET", path)
            check.true(b"blocked.example" not in answer.body and b"private reason" not in answer.body,
                       f"{path} does not tell of blocks")
    _, document, _ = ap.get(node.base + "/actor")
    check.true("blocked.example" not in str(document), "the node's actor does not tell of blocks")


if __name__ == "__main__":
    run(globals())
