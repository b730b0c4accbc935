"""npm's lemmy-js-client (Lemmy's API v4) on five nodes: one community and what its members, its moderators and the people
who run its node do, as the others see it two hops away (lemmy_nodes_journey.mjs)."""
from journey import walk

from framework import check
from framework.case import run
from framework.node import PASSWORD, START_SECONDS_MAX, Node

NODES = 5


def test_a_journey_through_five_nodes():
    nodes = [Node(config={"registration.mode": "open", "registration.confirm_email": False}).start(wait=False) for _ in range(NODES)]
    for node in nodes:
        check.eventually(node.healthy, START_SECONDS_MAX, f"{node.host} answers /health")
    nodes[0].cli("user", "add", "root", "--email", "root@mail.example", "--password", PASSWORD, "--role", "admin")
    walk("lemmy_nodes_journey.mjs", 24, PASSWORD, *(node.base for node in nodes))


if __name__ == "__main__":
    run(globals())
