#!/usr/bin/env python3
"""Functional and abuse tests of the HTTP front, against the server http_front_demo on loopback.

usage: front_test.py DEMO_BINARY [TEST...]

The last line is 'N passed, N failed'; the exit code is 0 only when none failed.
"""
import resource
import sys

import front_abuse, front_ends, front_framing, front_service   # each registers its tests
from front_harness import OWN, SHARED, Server, Tally, wait_until

ROOMY = ("--queue", 8192)   # 2,000 clients ask at once; a slow machine or a sanitizer must not refuse


def no_descriptor_leaks(server, at_start):
    wait_until("descriptors are closed", lambda: server.descriptors() <= at_start, 20)


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(20_000, hard), hard))
    tally = Tally()
    server = Server(*ROOMY)
    at_start = server.descriptors()
    for test in SHARED:
        tally.run(test, server)
        if server.process.poll() is not None:
            tally.failed += 1
            print(f"FAIL the server died with {server.process.returncode}", flush=True)
            server = Server(*ROOMY)
    tally.run(no_descriptor_leaks, server, at_start)
    server.stop()
    for test in OWN:
        tally.run(test)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 0 if tally.failed == 0 and tally.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
