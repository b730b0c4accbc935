"""npm's lemmy-js-client 0.19 (Lemmy's API v3) with two nodes: from signing up to moderation (lemmy_v3_journey.mjs)."""
from journey import walk

from framework.case import run
from framework.node import PASSWORD, Node


def test_a_journey_through_a_community():
    a, b = Node(config={"registration.mode": "open", "registration.confirm_email": False}).start(), Node().start()
    a.add_user("ann")
    a.add_user("mod", role="moderator")
    b.add_user("bob")
    walk("lemmy_v3_journey.mjs", 17, a.base, b.base, a.host, PASSWORD)


if __name__ == "__main__":
    run(globals())
