"""Resident memory of a fresh node with one member, 30 seconds after its first answer."""

import time

import common
from framework import check
from framework.node import Node

SECONDS = 30
MIB_MAX = 30


def test_resident_memory_at_rest():
    node = Node(config={"log.level": "info"})
    node.cli("user", "add", "alice", "--email", "alice@mail.example", "--password", "long enough")
    node.start()
    time.sleep(SECONDS)  # what is measured is the node left alone for so long
    memory = common.resident_mib(node.process.pid)
    common.figure("idle", f"{memory:.1f}", "MiB",
                  f"VmRSS of /proc/PID/status {SECONDS} s after /health answered", f"{MIB_MAX}")
    check.at_most(memory, MIB_MAX, "MiB of resident memory")


if __name__ == "__main__":
    common.run(globals())
