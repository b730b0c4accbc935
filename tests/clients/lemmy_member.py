"""`LemmyMember`: somebody who uses lemmy-js-client (lemmy_member.mjs)."""

import json
import subprocess

from journey import HERE, NODE_BINARY

from framework import case, check
from framework.node import PASSWORD


class LemmyMember:
    def __init__(self, node, name):
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", str(NODE_BINARY), str(HERE / "lemmy_member.mjs"), node.base, name, PASSWORD],
            cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        case.at_end(self)

    def call(self, method, **form):
        """What a method of the client gives."""
        self.process.stdin.write(json.dumps([method, form]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            check.fail(f"lemmy-js-client's {method}: {answer['error']}")
        return answer["data"]

    def close(self, _failed=False):
        self.process.kill()
        self.process.wait()
