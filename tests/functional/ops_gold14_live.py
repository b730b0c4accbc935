"""GOLD-14 as real activity: the recorded community joins, posts and answers on two nodes that share a
virtual clock, hour by hour, and the report is the one that its recording gives."""

import csv
import json
import time

from framework import case, check
from framework.node import ROOT, Node, VirtualClock

GOLD = ROOT / "tests/data/insight/gold14.tsv"
T0, AS_OF = "2026-01-05", "2026-02-02"
T0_MS = 1_767_571_200_000
HOUR_MS = 3_600_000
AS_OF_HOUR = 28 * 24
# What is due now is done while the clock stands; only what waits for its time needs it to go on.
PATIENCE_S, TICK_S = 5, 0.25


def recorded():
    """The rows of the recording, in the order of their hours."""
    with open(GOLD) as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return sorted(rows, key=lambda row: float(row["hours_since_T0"]))


class LiveCommunity:
    """`garden` on `here`; whoever is remote in the recording lives on `there`."""

    def __init__(self):
        self.clock = VirtualClock(T0_MS - HOUR_MS)
        self.here, self.there = (Node(clock=self.clock, config={"limits.rate": "off"}).start()
                                 for _ in range(2))
        self.handle = "garden@" + self.here.host
        self.people, self.posts = {}, {}

    def eventually(self, found, what):
        """As check.eventually; what takes long may wait for the clock."""
        impatient_at = time.monotonic() + PATIENCE_S
        return check.eventually(
            lambda: found() or (time.monotonic() > impatient_at and self.clock.advance(TICK_S)),
            60, what)

    def at(self, hours):
        """The hour comes; where the clock has gone on a little, events at the same hour follow it."""
        self.clock.set(max(self.clock.now_ms, T0_MS + round(hours * HOUR_MS)))

    def settle(self, name, role):
        """Makes an account before the community's time begins."""
        node = self.there if role == "remote" else self.here
        self.people[name] = node.add_user(name)
        if role == "bot":
            node.cli("user", "flag", name)

    def join(self, name, role):
        if role == "operator":
            self.here.add_group("garden", name)
        else:
            self.people[name].follow(self.handle)
        self.eventually(lambda: self.here.count("membership", "left_at IS NULL") == self.joined + 1,
                        f"{name} is a member")
        self.joined += 1
        if role == "optout":
            self.here.cli("ops", "opt-out", "--group", "garden", "--actor", name)

    joined = 0

    def post(self, post_id, name, parent):
        member = self.people[name]
        more = {}
        if parent:
            found = self.eventually(lambda: member.find_status(self.posts[parent]["uri"]),
                                    f"{name} sees {parent}")
            more["in_reply_to_id"] = found["id"]
        self.posts[post_id] = status = member.status(f"@{self.handle} {post_id}", **more)
        self.eventually(lambda: self.here.count("post", "ap_id = ?", status["uri"]) == 1,
                        f"{post_id} has come to the group")

    def live(self):
        rows = recorded()
        for row in rows:
            if row["#kind"] == "actor":
                self.settle(row["actor"], row["role"])
        for row in rows:
            self.at(float(row["hours_since_T0"]))
            if row["#kind"] == "actor":
                self.join(row["actor"], row["role"])
            else:
                self.post(row["id"], row["actor"], row["parent"])
        self.at(AS_OF_HOUR)


def report(node):
    return json.loads(node.cli("ops", "report", "--group", "garden", "--as-of", AS_OF, "--json"))


def recording():
    """The report on the recording itself. Its group belongs to an operator who is not in it."""
    node = Node(clock=VirtualClock(T0_MS + AS_OF_HOUR * HOUR_MS)).start()
    node.add_user("owner")
    node.add_group("garden", "owner")
    node.cli("ops", "import-events", str(GOLD), "--group", "garden", "--t0", T0)
    found = report(node)
    found["metrics"]["M15.dyads_with_operators"]["n"] -= 1
    found["relationships"]["component_sizes_with_operators"].remove(1)
    return found


def anonymous(document, community):
    """The same without what differs by nature: hosts of names, and the ids of posts."""
    text = json.dumps(document).replace("@" + community.there.host, "")
    document = json.loads(text)
    for row in document["responsiveness"]["posts"] + document["unanswered"]:
        row.pop("post")
    return document


STEPS = ("posted", "answered", "returned", "tied")


def values(document, *metrics):
    return [document["metrics"][metric]["value"] for metric in metrics]


def test_the_live_community_gives_the_table_and_what_its_recording_gives():
    community = LiveCommunity()
    community.live()
    live = report(community.here)

    check.equal(values(live, "M01.day", "M01.week", "M01.month"), [1, 3, 8], "M01")
    weeks = [[week["joined"]] + [week[step]["reached"] for step in STEPS]
             for week in live["newcomers"]["weeks"]]
    check.equal(weeks, [[3, 3, 3, 1, 1], [4, 4, 3, 2, 2], [3, 1, 1, 1, 0], [0, 0, 0, 0, 0]],
                "M05 and M06: the funnel")
    numbers = {post["uri"]: name for name, post in community.posts.items()}
    waits = {numbers[row["post"]]: (row["any_human"]["hours"], row["any_human"]["answered"])
             for row in live["responsiveness"]["posts"]}
    check.equal(waits, {"p5": (4, True), "p9": (1, True), "p12": (492, False), "p15": (24, True),
                        "p20": (0.5, True), "p22": (48, True), "p25": (24, False)}, "M08")
    check.equal(values(live, "M08.any_human", "M08.members_only"), [24, 24], "M08: medians")
    check.equal(values(live, "M09.24h", "M09.1h", "M09.1h_members_only"), [4 / 7, 2 / 7, 1 / 7], "M09")
    check.equal([numbers[row["post"]] for row in live["unanswered"]], ["p12", "p25"], "M11")
    check.equal(values(live, "M15.dyads", "M15.reciprocity", "M15.dyads_with_operators",
                       "M15.reciprocity_with_operators"), [4, 0.8, 5, 10 / 13], "M15")
    check.equal(values(live, "M16", "M23", "M25"), [0.3, 21 / 23, 3], "M16, M23 and M25")

    recorded_report = anonymous(recording(), community)
    for part, expected in recorded_report.items():
        check.equal(anonymous(live, community)[part], expected, f"{part} of the live community")


if __name__ == "__main__":
    case.run(globals())
