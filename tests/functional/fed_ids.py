"""One id names one of all statuses: posts of others, whose ids are drawn for their time, boosts and the
entries of groups, also where hundreds come to be in one and the same moment."""

from framework import check
from framework.case import run
from framework.evil import marker
from framework.node import Node, VirtualClock
from framework.peer import Peer


def test_nothing_shares_an_id():
    node = Node(clock=VirtualClock(), config={"limits.rate": "off"}).start()
    alice = node.add_user("alice")
    node.add_group("garden", "alice")
    for n in range(60):
        alice.status(f"@garden topic {n}")
    carol = Peer().actor("carol")
    alice.follow_accepted(carol.id)
    # From a clock that is ahead of ours: they get ids of now.
    notes = [carol.note(marker(), published="2100-01-01T00:00:00Z") for _ in range(250)]
    for note in notes:
        carol.send(node.inbox, carol.create(note))
    check.eventually(lambda: node.count("post", "NOT local") == len(notes), 60, "all are here")
    for note in notes[:100]:
        carol.send(node.inbox, carol.announce(note["id"]))
    check.eventually(lambda: node.count("boost") == 100, 60, "and boosted")
    for n in range(60):
        alice.status(f"@garden later topic {n}")
    shared = node.sql("SELECT id FROM (SELECT id FROM post UNION ALL SELECT id FROM boost UNION ALL "
                      "SELECT id FROM group_entry) every GROUP BY id HAVING COUNT(*) > 1")
    check.equal(shared, [], "ids that name several")


if __name__ == "__main__":
    run(globals())
