"""Assertions whose messages say what was seen, and bounded waiting."""

import time


class CheckFailed(AssertionError):
    """An expectation of a test that did not hold."""


def _show(value, limit=600):
    text = repr(value)
    return text if len(text) <= limit else text[:limit] + f"... ({len(text)} characters)"


def fail(message):
    raise CheckFailed(message)


def true(value, what):
    if not value:
        fail(f"{what}: got {_show(value)}")


def equal(actual, expected, what="value"):
    if actual != expected:
        fail(f"{what}: expected {_show(expected)}, got {_show(actual)}")


def is_in(actual, allowed, what="value"):
    if actual not in allowed:
        fail(f"{what}: expected one of {_show(allowed)}, got {_show(actual)}")


def contains(container, item, what="value"):
    if item not in container:
        fail(f"{what}: expected {_show(item)} within {_show(container)}")


def at_most(actual, bound, what="value"):
    if actual > bound:
        fail(f"{what}: expected at most {bound}, got {actual}")


def eventually(fn, timeout=10.0, what=None, every=0.05):
    """Calls `fn` until it gives something true, and returns that. Where it raises a failed check,
    that is taken as "not yet"; after `timeout` seconds the last state is reported."""
    deadline = time.monotonic() + timeout
    while True:
        problem = None
        value = None
        try:
            value = fn()
            if value:
                return value
        except AssertionError as failed:
            problem = failed
        if time.monotonic() >= deadline:
            name = what or getattr(fn, "__name__", "condition")
            fail(f"{name}: not within {timeout} s; last: {problem or _show(value)}")
        time.sleep(every)


def never(fn, during=1.0, what=None, every=0.05):
    """Fails as soon as `fn` gives something true within `during` seconds. Where the node leaves a
    trace of having refused (a status, a row), wait for that instead: it is faster and sure."""
    deadline = time.monotonic() + during
    while time.monotonic() < deadline:
        value = fn()
        if value:
            fail(f"{what or 'this must never hold'}: got {_show(value)}")
        time.sleep(every)


def steady(fn, quiet=0.4, timeout=15.0, what="state", every=0.1):
    """Returns what `fn` gives once it has given the same for `quiet` seconds."""
    deadline = time.monotonic() + timeout
    last = fn()
    since = time.monotonic()
    while time.monotonic() - since < quiet:
        if time.monotonic() >= deadline:
            fail(f"{what}: did not come to rest within {timeout} s")
        time.sleep(every)
        now = fn()
        if now != last:
            last, since = now, time.monotonic()
    return last
