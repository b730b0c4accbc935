#!/usr/bin/env python3
"""Plants one fault after the other into a copy of the tree and expects a test to notice each.

Usage: run.py [FAULT…]        names of faults, or parts of them; none = all

The copy and its build live in build/faults. Every named test must pass without a fault, and for
each fault at least one of its tests must fail.
"""
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "faults"
TREE = WORK / "tree"
BUILD = TREE / "build" / "dev"
TEST_SECONDS_MAX = 600


@dataclass(frozen=True)
class Fault:
    """`tests` are "unit_program:case" or "file.py:test" below tests/functional."""
    name: str
    tests: tuple

    @property
    def patch(self):
        return Path(__file__).resolve().parent / f"{self.name}.patch"


FAULTS = (
    Fault("skip_the_digest",
          ("unit_inbox:digested_wants_this_host_this_hour_and_these_bytes",
           "evil_06_signed_parts.py:")),
    Fault("skip_signer_is_actor",
          ("unit_inbox:the_signer_must_be_the_actor_and_both_of_one_origin_with_the_id",
           "evil_01_signer_is_actor.py:")),
    Fault("accept_a_foreign_id",
          ("unit_inbox:the_signer_must_be_the_actor_and_both_of_one_origin_with_the_id",)),
    Fault("delete_a_delivery_before_success",
          ("unit_delivery:a_failing_host_backs_off_opens_and_is_probed_with_its_oldest_row",
           "fed_delivery_waits.py:test_a_peer_that_fails_at_first")),
    Fault("drop_the_announce_event",
          ("group_spreads.py:test_what_a_remote_member_posts",)),
    Fault("let_min_id_start_at_the_newest",
          ("api_timelines.py:test_cursors_mean_what_they_say",)),
    Fault("show_followers_only_in_context",
          ("api_visibility.py:test_in_context_and_in_lists",)),
)


# -- the copy ------------------------------------------------------------------------------------

def tree_files():
    """What git knows, and what is new and not ignored."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def same(one, other):
    return (other.is_file() and one.stat().st_size == other.stat().st_size
            and one.read_bytes() == other.read_bytes())


def copy_tree():
    """Brings the copy up to date; what did not change keeps its time, so that little is rebuilt."""
    wanted = tree_files()
    for name in wanted:
        source, target = ROOT / name, TREE / name
        if not same(source, target):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for path in [p for p in TREE.rglob("*") if p.is_file()]:
        name = path.relative_to(TREE).as_posix()
        if not name.startswith("build/") and "__pycache__" not in name and name not in wanted:
            path.unlink()


def apply(patch, *options):
    """True where `git apply` took the patch. It must not see the repository around the copy."""
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(WORK)}
    done = subprocess.run(["git", "apply", *options, str(patch)], cwd=TREE, env=environment,
                          capture_output=True, text=True)
    if done.returncode != 0:
        print("  " + done.stderr.strip().replace("\n", "\n  "))
    return done.returncode == 0


# -- building and testing ------------------------------------------------------------------------

def targets(faults):
    programs = {test.split(":")[0] for fault in faults for test in fault.tests}
    return ["kith", *sorted(p for p in programs if not p.endswith(".py"))]


def build(names):
    """True where the targets were built. The copy has a path of its own, which the compiler's
    cache is told to leave out of account."""
    environment = {"CCACHE_DIR": str(ROOT / "build" / "ccache"), **os.environ,
                   "CCACHE_BASEDIR": str(TREE), "CCACHE_NOHASHDIR": "1"}
    jobs = subprocess.run([ROOT / "deploy" / "jobs"], capture_output=True, text=True,
                          check=True).stdout.strip()
    log = WORK / "build.log"
    with open(log, "w") as out:
        for command in (["cmake", "--preset", "dev"],
                        ["cmake", "--build", str(BUILD), "--parallel", jobs, "--target", *names]):
            if subprocess.run(command, cwd=TREE, env=environment, stdout=out,
                              stderr=out).returncode != 0:
                tail = log.read_text(errors="replace").splitlines()[-20:]
                print("  " + "\n  ".join(tail) + f"\n  log: {log}")
                return False
    return True


def command_of(test):
    program, _, case = test.partition(":")
    if program.endswith(".py"):
        script = TREE / "tests" / "functional" / program
        return ["/usr/bin/python3", "-B", str(script), *([case] if case else [])]
    # In a suite or not.
    return [str(BUILD / "tests" / "unit" / program), f"--run_test=*/{case}:{case}"]


def passes(test):
    """Runs one test in a session of its own, which is ended whole when it takes too long."""
    log = WORK / "logs" / (test.replace(":", ".").rstrip(".") + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "KITH": str(BUILD / "kith")}
    with open(log, "wb") as out:
        process = subprocess.Popen(command_of(test), cwd=TREE, env=environment, stdout=out,
                                   stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                   start_new_session=True)
        try:
            return process.wait(TEST_SECONDS_MAX) == 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            return False


def noticed_by(fault):
    """The first test that fails, or None."""
    return next((test for test in fault.tests if not passes(test)), None)


def try_fault(fault, names):
    """None where the fault was noticed, else what is wrong."""
    if not apply(fault.patch, "--check") or not apply(fault.patch):
        return f"{fault.patch.name} does not apply to the tree as it is"
    try:
        if not build(names):
            return "with the fault the tree does not build"
        test = noticed_by(fault)
        if test is None:
            return "no test noticed it: " + ", ".join(fault.tests)
        print(f"  noticed by {test}")
        return None
    finally:
        apply(fault.patch, "-R")


def main(wanted):
    faults = [f for f in FAULTS if not wanted or any(word in f.name for word in wanted)]
    copy_tree()
    names = targets(faults)
    print("building without a fault", flush=True)
    if not build(names):
        print(f"FAIL the tree does not build\n0 passed, {len(faults)} failed")
        return 1
    broken = {test for test in sorted({t for f in faults for t in f.tests}) if not passes(test)}
    failed = 0
    for fault in faults:
        start = time.monotonic()
        sick = broken.intersection(fault.tests)
        problem = (f"fails without the fault: {', '.join(sorted(sick))}" if sick
                   else try_fault(fault, names))
        failed += problem is not None
        verdict = f"FAIL {fault.name}: {problem}" if problem else f"ok {fault.name}"
        print(f"{verdict} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"{len(faults) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
