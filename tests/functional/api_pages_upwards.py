"""Paging upwards: min_id gives the page just above an entry, since_id the newest ones above it, and
following the links from the bottom passes every entry once."""

from framework import check
from framework.case import run
from framework.node import Node

POSTS = 25
PAGE = 4


def setup():
    global node, alice, account, ids
    node = Node().start()
    alice = node.add_user("alice")
    account = alice.me()["id"]
    ids = [alice.status(f"number {n}")["id"] for n in range(POSTS)]


def _paths():
    return ("/api/v1/timelines/home", f"/api/v1/accounts/{account}/statuses",
            "/api/v1/timelines/public")


def _ids_of(statuses):
    return [s["id"] for s in statuses]


def test_min_id_gives_the_page_just_above():
    for path in _paths():
        page = alice.get(path, min_id=ids[5], limit=PAGE)
        check.equal(_ids_of(page), ids[6:6 + PAGE][::-1], f"{path}: the page above the 6th post")


def test_since_id_gives_the_newest():
    for path in _paths():
        page = alice.get(path, since_id=ids[5], limit=PAGE)
        check.equal(_ids_of(page), ids[-PAGE:][::-1], f"{path}: the newest page")


def test_links_upwards_pass_every_entry_once():
    for path in _paths():
        pages = alice.pages(path, "prev", min_id=ids[0], limit=PAGE)
        seen = [status["id"] for page in pages for status in reversed(page)]
        check.equal(seen, ids[1:], f"{path}: what was passed on the way up")


def test_links_downwards_pass_every_entry_once():
    for path in _paths():
        check.equal(_ids_of(alice.all(path, limit=PAGE)), ids[::-1], f"{path}: on the way down")


if __name__ == "__main__":
    run(globals())
