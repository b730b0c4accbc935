"""`kith ops import-events`, `report` and `opt-out`: the recorded community GOLD-14 gives its table, and
what members do on a node is in the report too."""

import json

from framework import case, check
from framework.node import ROOT, Node

GOLD = ROOT / "tests/data/insight/gold14.tsv"
T0, AS_OF = "2026-01-05", "2026-02-02"


def imported():
    node = Node().start()
    node.add_user("owner")
    node.add_group("garden", "owner")
    node.cli("ops", "import-events", str(GOLD), "--group", "garden", "--t0", T0)
    return node


def report(node, *more):
    return json.loads(node.cli("ops", "report", "--group", "garden", "--as-of", AS_OF, "--json", *more))


def value(document, metric):
    return document["metrics"][metric]["value"]


def test_the_recorded_community_gives_its_table():
    node = imported()
    document = report(node)
    check.equal(value(document, "M01.day"), 1, "active on the last day")
    check.equal(value(document, "M01.week"), 3, "active in the last week")
    check.equal(value(document, "M01.month"), 8, "active in the last 28 days")
    check.equal(value(document, "M15.dyads"), 4, "mutual dyads")
    check.equal(value(document, "M25"), 3, "contributor absence factor")
    check.equal(round(value(document, "M23"), 6), 0.913043, "member share")
    check.equal(len(document["unanswered"]), 2, "posts that were never answered")
    text = node.cli("ops", "report", "--group", "garden", "--as-of", AS_OF)
    check.contains(text, "garden", "the report for a terminal")


def test_importing_twice_changes_nothing():
    node = imported()
    before = report(node)
    node.cli("ops", "import-events", str(GOLD), "--group", "garden", "--t0", T0)
    check.equal(report(node), before, "the report after a second import")


def test_who_opts_out_is_named_nowhere_and_answers_still_count():
    node = imported()
    before = report(node)
    node.cli("ops", "opt-out", "--group", "garden", "--actor", "a")
    after = report(node)
    check.true('"a"' not in json.dumps(after["newcomers"]), "a's name is in no list")
    check.true(value(after, "M01.month") < value(before, "M01.month"), "a is not counted")


def test_a_faulty_file_changes_nothing():
    node = Node().start()
    node.add_user("owner")
    node.add_group("garden", "owner")
    bad = node.directory / "bad.tsv"
    bad.write_text("actor\ta\ta\tmember\t0\t\npost\tp1\tnobody-known\twizard\tsoon\t\n")
    before = node.snapshot(exclude=("ops_event",))
    message = node.cli("ops", "import-events", str(bad), "--group", "garden", "--t0", T0, code=1)
    check.contains(message, "line 2", "what was wrong and where")
    check.equal(node.snapshot(exclude=("ops_event",)), before, "all tables")
    check.equal(node.count("ops_event", "origin = 'import'"), 0, "imported events")


def test_what_members_do_here_is_in_the_report():
    node = Node().start()
    owner = node.add_user("owner")
    ann = node.add_user("ann")
    node.add_group("garden", "owner")
    ann.follow_accepted("garden")
    post = ann.status("@garden My first question")
    owner.status("@garden An answer", in_reply_to_id=post["id"])

    def counted():
        document = json.loads(node.cli("ops", "report", "--group", "garden", "--json"))
        return value(document, "M01.month_all") and document
    document = check.eventually(counted, 15, "the post in the report")
    check.equal(document["unanswered"], [], "unanswered posts")


if __name__ == "__main__":
    case.run(globals())
