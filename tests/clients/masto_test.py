"""npm's masto, for REST and WebSocket: a member's way from signing up to logging out (masto_journey.mjs)."""
from journey import walk

from framework.case import run
from framework.node import Node

# A point of P-256 and a secret, as a browser would make them (RFC 8291, appendix A).
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


def test_a_journey_from_signing_up_to_logging_out():
    node = Node(config={"registration.mode": "open", "registration.confirm_email": False}).start()
    node.add_user("bob")
    node.add_user("eve")
    node.add_user("mod", role="moderator")
    walk("masto_journey.mjs", 17, KITH_URL=node.url, KITH_BOB=node.token("bob"),
         KITH_MODERATOR=node.token("mod", "read write admin:read admin:write"), KITH_P256DH=P256DH, KITH_AUTH=AUTH)


if __name__ == "__main__":
    run(globals())
