"""Runs the tests of one file: every function named test_*, in the order of the file.

A file may have `setup()`, run once before; nodes and peers made there live until the end, those
made inside a test end with it. Arguments on the command line choose tests by part of their name.
"""

import signal
import sys
import time
import traceback

TEST_SECONDS_MAX = 180

_open = []


def at_end(thing):
    """Registers something with `close(failed)`: called when the test that made it ends."""
    _open.append(thing)
    return thing


class TooLong(Exception):
    """Not an AssertionError: check.eventually must not take it for "not yet"."""


def _on_alarm(_signal, _frame):
    raise TooLong(f"a test took longer than {TEST_SECONDS_MAX} s")


def _close_down_to(count, failed):
    """Closes what was opened since, newest first, and returns the first problem met."""
    problem = None
    while len(_open) > count:
        thing = _open.pop()
        try:
            thing.close(failed)
        except Exception as error:  # the others must be closed all the same
            problem = problem or error
            failed = True
    return problem


def _tell_state():
    for thing in _open:
        tail = getattr(thing, "tail", None)
        if tail:
            print(tail(), file=sys.stderr)


def _guarded(function, keep):
    """Runs one function under the alarm; returns None or the error. Closes what it opened unless
    `keep` is set and it went well."""
    before = len(_open)
    error = None
    signal.alarm(TEST_SECONDS_MAX)
    try:
        function()
    except Exception as raised:
        error = raised
        traceback.print_exc()
        _tell_state()
    signal.alarm(0)
    if not keep or error:
        closing = _close_down_to(before, error is not None)
        error = error or closing
    return error


def run(names):
    """Runs the tests found in `names` (a module's globals()) and exits: 0 when all passed."""
    signal.signal(signal.SIGALRM, _on_alarm)
    wanted = [a for a in sys.argv[1:] if not a.startswith("-")]
    tests = [(n, f) for n, f in names.items() if n.startswith("test_") and callable(f)]
    tests = [(n, f) for n, f in tests if not wanted or any(w in n for w in wanted)]
    passed = failed = 0
    if "setup" in names:
        error = _guarded(names["setup"], keep=True)
        if error:
            print(f"FAIL setup: {error}\n0 passed, {len(tests)} failed", flush=True)
            sys.exit(1)
    for name, function in tests:
        start = time.monotonic()
        error = _guarded(function, keep=False)
        seconds = time.monotonic() - start
        if error:
            failed += 1
            print(f"FAIL {name} ({seconds:.1f} s): {error}", flush=True)
        else:
            passed += 1
            print(f"ok {name} ({seconds:.1f} s)", flush=True)
    error = _close_down_to(0, failed > 0)
    if error:
        failed += 1
        print(f"FAIL teardown: {error}", flush=True)
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)
