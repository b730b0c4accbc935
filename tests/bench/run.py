#!/usr/bin/env python3
"""Prints the figures of docs/benchmarks.md, each with its method.

Usage: run.py [--no-build] [BENCH…]        delivery, inbound, home, idle, streams; none = all

Builds the release binary first (build/release/kith; KITH_BENCH names another one). A bench fails
where its figure is outside its bound.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BENCHES = ("delivery", "inbound", "home", "idle", "streams")
SUMMARY = re.compile(r"^(\d+) passed, (\d+) failed$")


def build():
    environment = {"CCACHE_DIR": str(ROOT / "build" / "ccache"), **os.environ}
    jobs = subprocess.run([ROOT / "deploy" / "jobs"], capture_output=True, text=True,
                          check=True).stdout.strip()
    return all(subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr).returncode == 0
               for command in (["cmake", "--preset", "release"],
                               ["cmake", "--build", "build/release", "--target", "kith",
                                "--parallel", jobs]))


def run(name):
    """Runs one bench, its output passed on; returns (passed, failed)."""
    print(f"\n== {name}", flush=True)
    process = subprocess.Popen([sys.executable, "-B", str(HERE / f"{name}.py")],
                               stdout=subprocess.PIPE, text=True)
    counts = (0, 1)
    for line in process.stdout:
        found = SUMMARY.match(line.rstrip("\n"))
        if found:
            counts = (int(found[1]), int(found[2]))
        else:
            print(line, end="", flush=True)
    process.wait()
    return counts


def main(arguments):
    wanted = [a for a in arguments if not a.startswith("-")]
    unknown = set(wanted) - set(BENCHES)
    if unknown:
        sys.exit(f"no bench {', '.join(sorted(unknown))}; there are: {', '.join(BENCHES)}")
    if "--no-build" not in arguments and "KITH_BENCH" not in os.environ and not build():
        print("FAIL the release build\n0 passed, 1 failed")
        return 1
    counts = [run(name) for name in BENCHES if not wanted or name in wanted]
    passed, failed = sum(c[0] for c in counts), sum(c[1] for c in counts)
    print(f"\n{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
