"""npm's lemmy-js-client (Lemmy's API v4) with two nodes: from a community to its moderation (lemmy_journey.mjs)."""
from journey import walk

from framework.case import run
from framework.node import PASSWORD, Node


def test_a_journey_through_a_community():
    a, b = Node().start(), Node().start()
    a.add_user("ann")
    a.add_user("mod", role="moderator")
    b.add_user("bob")
    walk("lemmy_journey.mjs", 23, a.base, b.base, a.host, PASSWORD)


if __name__ == "__main__":
    run(globals())
