#!/usr/bin/env python3
"""kith's HTTP signatures, both flavours, against npm's http-message-signatures and
@peertube/http-signature (oracles.mjs). Needs `npm ci` in this folder and the build of preset dev."""
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOOL = HERE.parents[1] / "build/dev/tests/vectors/signature_tool"


def main():
    node = shutil.which("node")
    for needed, what in ((node, "node"), (TOOL.exists(), str(TOOL)),
                         ((HERE / "node_modules").exists(), "npm ci in tests/vectors")):
        if not needed:
            print(f"missing: {what}\n0 passed, 1 failed")
            return 1
    return subprocess.run([node, str(HERE / "oracles.mjs"), str(TOOL)], timeout=300).returncode


sys.exit(main())
