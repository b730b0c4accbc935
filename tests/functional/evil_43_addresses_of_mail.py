"""Checklist line 43: an e-mail address is read strictly, before it is stored or mailed to."""

from framework import check
from framework.case import run
from framework.node import PASSWORD, Node

GOOD = ("ann@example.org", "ann.b+c@sub.example.org", "o'neil_x-1@example.org")
BAD = ("", "ann", "@example.org", "ann@", "ann@@example.org", "ann@b@example.org", "ann example@example.org",
       "ann@example.org\nBcc: all@example.org", "ann@example.org\r", "\tann@example.org", "ann@exa mple.org",
       "ann@.example.org", "ann@example..org", "\N{FULLWIDTH LATIN SMALL LETTER A}nn@example.org",
       "ann\N{ZERO WIDTH SPACE}@example.org", "<ann@example.org>", "ann,bob@example.org",
       "ann@example.org,bob@example.org", "ann;@example.org", '"ann"@example.org', "ann(x)@example.org",
       "a" * 250 + "@example.org", "ann@-example.org", ".ann@example.org", "ann.@example.org",
       "a..nn@example.org", "ann@localhost@example.org", "ann\\@example.org")


def setup():
    global node
    node = Node().start()


def _add(name, address, code=0):
    return node.cli("user", "add", name, "--email", address, "--password", PASSWORD, code=code)


def test_good_addresses_are_taken():
    for number, address in enumerate(GOOD):
        _add(f"good{number}", address)


def test_bad_addresses_are_refused_and_leave_nothing():
    before = node.snapshot()
    for number, address in enumerate(BAD):
        message = _add(f"bad{number}", address, code=1)
        check.contains(message, "e-mail", f"what is wrong with {address!r}")
    check.equal(node.snapshot(), before, "all tables")


def test_an_address_belongs_to_one_in_any_case():
    _add("first", "Same@Example.org")
    for address in ("same@example.org", "SAME@EXAMPLE.ORG"):
        check.contains(_add("second", address, code=1), "in use", f"a second {address}")


if __name__ == "__main__":
    run(globals())
