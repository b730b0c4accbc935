"""Home pages a second, as a share of a static body.

`wrk` asks for a page of 20 posts over 8 kept-alive connections, then for the largest static body
that the node has. That one is smaller than the page; a static body of the page's size would come
slower, so the true share is somewhat higher than the one printed.
"""

import re
import shutil
import subprocess

import common
from framework import check
from framework.node import Node

POSTS = 30
PAGE = 20
SECONDS = 5
CONNECTIONS = 8
STATIC = "/assets/header.png"


def _requests_per_second(node, path, token=None):
    """(requests/s, CPU seconds of the node for one)."""
    headers = ["-H", f"Authorization: Bearer {token}"] if token else []
    before = common.cpu_seconds(node.process.pid)
    done = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *headers,
                           node.url + path], capture_output=True, text=True, check=True)
    check.true("Non-2xx" not in done.stdout, f"all answers are 2xx: {done.stdout}")
    cpu = common.cpu_seconds(node.process.pid) - before
    count = int(re.search(r"(\d+) requests in", done.stdout)[1])
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]), cpu / count


def test_home_beside_a_static_body():
    check.true(shutil.which("wrk"), "wrk is installed (apt-get install wrk)")
    node = Node(config={"log.level": "info"}).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    alice.follow_accepted(node.handle("bob"))
    for number in range(POSTS):
        bob.status(f"Number {number}: the beans are up, and the tomatoes want a #trellis.")
    path = f"/api/v1/timelines/home?limit={PAGE}"
    check.equal(len(alice.home(limit=PAGE)), PAGE, "posts on the page")
    page_bytes = len(alice.request("GET", path).body)
    static_bytes = len(alice.request("GET", STATIC).body)

    home, home_cpu_s = _requests_per_second(node, path, alice.token)
    static, static_cpu_s = _requests_per_second(node, STATIC)
    common.figure("home", f"{home:.0f}", "pages/s",
                  f"{home / static:.1%} of the rate of the static body; "
                  f"page: {page_bytes} bytes, {home_cpu_s * 1e6:.0f} µs of CPU each; "
                  f"static: {static:.0f}/s of {static_bytes} bytes, {static_cpu_s * 1e6:.0f} µs; "
                  f"wrk, {CONNECTIONS} connections, {SECONDS} s each, same cores")


if __name__ == "__main__":
    common.run(globals())
