"""Polls between servers (FEP-9967): two nodes with a virtual clock, and a peer that votes as
Mastodon and GoToSocial do, and as nobody should. A vote is no post, counts once, in time, only from
those who may see the poll."""

from framework import ap, check, database
from framework.case import run
from framework.evil import marker
from framework.node import Node, VirtualClock
from framework.peer import Peer

OPEN_S, PAUSE_S = 600, 181   # all together less than the hour that a signature lives


def setup():
    global clock, a, b, ann, bea, peer, carol, dan
    clock = VirtualClock()
    a, b = Node(clock=clock).start(), Node(clock=clock).start()
    ann, bea = a.add_user("ann"), b.add_user("bea")
    peer = Peer()
    carol, dan = peer.actor("carol"), peer.actor("dan")
    bea.follow_accepted("ann@" + a.host)
    for actor in (carol, dan):
        actor.send(a.inbox, actor.follow(a.person_id("ann")))
    eventually(lambda: len(peer.activities("Accept")) == 2, 20, "ann has followers")
    ann.follow_accepted(carol.id)


def eventually(found, timeout, what):
    """As check.eventually; the clock goes on a little meanwhile, for what looks at it now and then."""
    return check.eventually(lambda: found() or clock.advance(0.1), timeout, what)


def _poll(options=("beans", "peas"), text=None, visibility="public", **more):
    form = {"status": text or marker(), "visibility": visibility, "poll[options]": list(options),
            "poll[expires_in]": OPEN_S, **{f"poll[{k}]": v for k, v in more.items()}}
    return ann.post("/api/v1/statuses", form)


def _poll_of(member, status):
    return member.get(f"/api/v1/polls/{status['poll']['id']}")


def _counts(member, status):
    return [o["votes_count"] for o in _poll_of(member, status)["options"]]


def _vote(voter, status, name, **more):
    """A vote as Mastodon sends it."""
    note = {"id": f"{voter.id}#votes/{marker()}", "type": "Note", "name": name,
            "attributedTo": voter.id, "inReplyTo": status["uri"], "to": a.person_id("ann"), **more}
    return {"@context": ap.CONTEXT[0], "id": note["id"] + "/activity", "type": "Create",
            "actor": voter.id, "to": note["to"], "object": note}


def _counted(voter, activity, status, counts):
    check.equal(voter.send(a.inbox, activity).status, 202, "status of a vote")
    eventually(lambda: _counts(ann, status) == counts, 20, f"counts are {counts}")


def _ignored(voter, activity, status):
    """Judged, and no table of the domain changed."""
    before = a.snapshot(database.JOURNAL_TABLES)
    answer = voter.send(a.inbox, activity)
    if answer.status == 202:
        eventually(lambda: a.inbox_state(activity) in ("applied", "refused"), 20, "judged")
    changes = database.difference(before, a.snapshot(database.JOURNAL_TABLES))
    check.equal(changes, [], "what a vote that does not count changes")


def _later():
    """The pause between two Updates of results is over."""
    clock.advance(PAUSE_S)


def test_a_poll_and_a_vote_between_two_nodes():
    status = _poll()
    there = eventually(lambda: next((s for s in bea.home() if s["uri"] == status["uri"]), None),
                             20, "bea sees the poll")
    check.equal([o["title"] for o in there["poll"]["options"]], ["beans", "peas"], "options")
    bea.post(f"/api/v1/polls/{there['poll']['id']}/votes", {"choices[]": "1"})
    check.equal(_poll_of(bea, there)["own_votes"], [1], "bea's own vote")
    eventually(lambda: _counts(ann, status) == [0, 1], 20, "the vote reaches ann's node")
    check.equal(ann.notifications("mention"), [], "a vote is no mention")
    check.equal(ann.context(status["id"])["descendants"], [], "nor a reply")
    check.equal(ann.get(f"/api/v1/statuses/{status['id']}")["replies_count"], 0, "nor counted as one")
    check.true(b.person_id("bea") not in str(_poll_of(ann, status)), "ann does not learn who voted")
    _later()
    eventually(lambda: _poll_of(bea, there)["voters_count"] == 1, 20, "results come back")
    check.equal(bea.get(f"/api/v1/statuses/{there['id']}")["edited_at"], None, "and are no edit")
    check.equal(_counts(bea, there), [0, 1], "counted once there too")

    clock.advance(OPEN_S)
    for member, seen in ((ann, status), (bea, there)):
        eventually(lambda: [n for n in member.notifications("poll")
                                  if n["status"]["id"] == seen["id"]], 20,
                         f"{member.me()['acct']} is told of the end")
        check.equal(_poll_of(member, seen)["expired"], True, "expired")


def test_the_question_as_it_is_sent():
    status = _poll(multiple="true")
    create = eventually(lambda: next((x for x in peer.activities("Create")
                                            if x["object"]["id"] == status["uri"]), None), 20, "Create")
    question = create["object"]
    check.equal(question["type"], "Question", "type")
    check.equal([(o["type"], o["name"], o["replies"]["totalItems"]) for o in question["anyOf"]],
                [("Note", "beans", 0), ("Note", "peas", 0)], "options")
    check.true(question["endTime"] and question["votersCount"] == 0, "endTime and votersCount")
    _counted(carol, _vote(carol, status, "beans"), status, [1, 0])
    _counted(carol, _vote(carol, status, "peas"), status, [1, 1])
    check.equal(_poll_of(ann, status)["voters_count"], 1, "one voter")
    _later()
    update = eventually(lambda: next((x for x in peer.activities("Update")
                                            if x["object"]["id"] == status["uri"]), None), 20, "Update")
    check.equal(update["object"]["votersCount"], 1, "votersCount in the Update")
    check.true("updated" not in update["object"], "an Update of results is no edit")


def test_votes_in_one_array():
    status = _poll(multiple="true")
    create = _vote(dan, status, "beans")
    second = {**create["object"], "id": create["object"]["id"] + "b", "name": "peas"}
    _counted(dan, {**create, "object": [create["object"], second]}, status, [1, 1])


def test_a_vote_counts_once():
    status = _poll()
    vote = _vote(carol, status, "peas")
    _counted(carol, vote, status, [0, 1])
    _ignored(carol, vote, status)
    _ignored(carol, _vote(carol, status, "peas"), status)
    _ignored(carol, _vote(carol, status, "beans"), status)
    _counted(dan, _vote(dan, status, "beans"), status, [1, 1])


def test_votes_that_nobody_may_give():
    status = _poll()
    _ignored(carol, _vote(carol, status, "leeks"), status)
    _ignored(carol, {**_vote(carol, status, "beans"), "actor": dan.id}, status)
    forged = _vote(carol, status, "beans", attributedTo=dan.id)
    _ignored(carol, forged, status)
    two = _vote(carol, status, "beans")
    other = {**two["object"], "id": two["object"]["id"] + "b", "attributedTo": dan.id, "name": "peas"}
    _ignored(carol, {**two, "object": [two["object"], other]}, status)
    both = {**two["object"], "id": two["object"]["id"] + "c", "name": "peas"}
    _ignored(carol, {**two, "object": [two["object"], both]}, status)
    _counted(carol, _vote(carol, status, "beans"), status, [1, 0])


def test_a_poll_for_some_is_for_them_only():
    status = _poll(text=f"{carol.handle} {marker()}", visibility="direct")
    _ignored(dan, _vote(dan, status, "beans"), status)
    _counted(carol, _vote(carol, status, "beans"), status, [1, 0])


def test_after_the_end_no_vote_counts():
    status = _poll()
    _counted(carol, _vote(carol, status, "beans"), status, [1, 0])
    clock.advance(OPEN_S + 1)
    _ignored(dan, _vote(dan, status, "beans"), status)
    update = eventually(lambda: next((x for x in peer.activities("Update")
                                            if x["object"]["id"] == status["uri"]
                                            and "closed" in x["object"]), None), 20, "it is closed")
    check.equal(update["object"]["oneOf"][0]["replies"]["totalItems"], 1, "the last count")


def test_a_vote_is_sent_to_the_author_only_one_create_a_choice():
    note = carol.note(marker(), type="Question", endTime="2100-01-01T00:00:00Z", votersCount=7, anyOf=[
        {"type": "Note", "name": n, "replies": {"type": "Collection", "totalItems": 3}}
        for n in ("north", "south", "east")])
    carol.send(a.inbox, carol.create(note))
    status = eventually(lambda: next((s for s in ann.home() if s["uri"] == note["id"]), None), 20,
                              "carol's poll is here")
    ann.request("POST", f"/api/v1/polls/{status['poll']['id']}/votes",
                {"choices": ["0", "2"]}).expect(200)
    votes = eventually(lambda: [x for x in peer.activities("Create")
                                      if x["object"].get("inReplyTo") == note["id"]][1:] and
                             [x for x in peer.activities("Create")
                              if x["object"].get("inReplyTo") == note["id"]], 20, "two Creates")
    check.equal(sorted(v["object"]["name"] for v in votes), ["east", "north"], "names")
    for vote in votes:
        check.equal(ap.as_list(vote["object"]["to"]), [carol.id], "to the author")
        check.true("content" not in vote["object"] and not vote["object"].get("cc"), "and nothing else")
    check.equal(_counts(ann, status), [4, 3, 4], "counted at once")

    # Results come as they are there, also smaller ones, but no nonsense.
    options = [{"type": "Note", "name": n, "replies": {"type": "Collection", "totalItems": t}}
               for n, t in (("north", 9), ("south", -5), ("east", "4"))]
    carol.send(a.inbox, carol.activity("Update", {**note, "anyOf": options, "votersCount": 10},
                                       to=[ap.PUBLIC]))
    eventually(lambda: _counts(ann, status) == [9, 0, 4], 20, "results")
    check.equal(_poll_of(ann, status)["own_votes"], [0, 2], "own votes stay")


def test_options_that_change_end_what_was_chosen():
    note = carol.note(marker(), type="Question", endTime="2100-01-01T00:00:00Z", oneOf=[
        {"type": "Note", "name": n, "replies": {"type": "Collection", "totalItems": 0}}
        for n in ("up", "down")])
    carol.send(a.inbox, carol.create(note))
    status = eventually(lambda: next((s for s in ann.home() if s["uri"] == note["id"]), None), 20,
                              "carol's poll is here")
    ann.post(f"/api/v1/polls/{status['poll']['id']}/votes", {"choices[]": "0"})
    changed = {**note, "oneOf": [{**note["oneOf"][0], "name": "sideways"}, note["oneOf"][1]]}
    carol.send(a.inbox, carol.update(changed, updated="2100-01-01T00:00:00Z"))
    eventually(lambda: [o["title"] for o in _poll_of(ann, status)["options"]]
                     == ["sideways", "down"], 20, "other options")
    check.equal(_poll_of(ann, status)["voted"], False, "ann may vote anew")


def _edit(status, text=None, **form):
    return ann.put(f"/api/v1/statuses/{status['id']}", {"status": text or marker(), **form})


def _edit_poll(status, options, **more):
    return _edit(status, **{"poll[options]": list(options), "poll[expires_in]": OPEN_S,
                            **{f"poll[{k}]": v for k, v in more.items()}})


def _at_bea(status):
    return next((s for s in bea.home() if s["uri"] == status["uri"]), None)


def _titles(status):
    return [o["title"] for o in status["poll"]["options"]] if status["poll"] else None


def test_an_edited_poll_goes_out_and_its_votes_are_reset_there_too():
    status = _poll()
    there = eventually(lambda: _at_bea(status), 20, "bea sees the poll")
    bea.post(f"/api/v1/polls/{there['poll']['id']}/votes", {"choices[]": "1"})
    eventually(lambda: _counts(ann, status) == [0, 1], 20, "the vote reaches ann's node")
    _counted(carol, _vote(carol, status, "beans"), status, [1, 1])
    edited = _edit_poll(status, ("beans", "leeks", "peas"), multiple="true")
    check.equal([o["votes_count"] for o in edited["poll"]["options"]], [0, 0, 0], "reset here")
    update = eventually(lambda: next((x for x in peer.activities("Update") if x["object"]["id"] == status["uri"]
                                      and "updated" in x["object"]), None), 20, "Update")["object"]
    check.equal((update["type"], [(o["name"], o["replies"]["totalItems"]) for o in update["anyOf"]], update["votersCount"]),
                ("Question", [("beans", 0), ("leeks", 0), ("peas", 0)], 0), "the Question as it is sent")
    eventually(lambda: _titles(_at_bea(status)) == ["beans", "leeks", "peas"], 20, "bea sees the new options")
    check.equal((_poll_of(bea, there)["voted"], _counts(bea, there)), (False, [0, 0, 0]), "and may vote anew")
    bea.request("POST", f"/api/v1/polls/{there['poll']['id']}/votes", {"choices": ["1", "2"]}).expect(200)
    eventually(lambda: _counts(ann, status) == [0, 1, 1], 20, "her new votes reach ann's node")
    _counted(carol, _vote(carol, status, "beans"), status, [1, 1, 1])
    check.equal(_poll_of(ann, status)["voters_count"], 2, "voters")


def test_a_poll_comes_and_goes_with_edits_between_two_nodes():
    status = ann.status(marker())
    eventually(lambda: _at_bea(status), 20, "bea sees the post")
    status = _edit_poll(status, ("up", "down"))
    there = eventually(lambda: _titles(_at_bea(status)) and _at_bea(status), 20, "bea sees its poll")
    bea.post(f"/api/v1/polls/{there['poll']['id']}/votes", {"choices[]": "0"})
    eventually(lambda: _counts(ann, status) == [1, 0], 20, "her vote counts")
    clock.advance(1)
    _edit(status)
    eventually(lambda: _at_bea(status)["poll"] is None, 20, "the poll is gone at bea's")
    update = peer.activities("Update")[-1]["object"]
    check.equal((update["id"], update["type"], "oneOf" in update), (status["uri"], "Note", False), "as it is sent")


def _question(names=("up", "down"), end="2100-01-01T00:00:00Z", **more):
    return carol.note(marker(), type="Question", endTime=end, oneOf=[
        {"type": "Note", "name": n, "replies": {"type": "Collection", "totalItems": 0}} for n in names], **more)


def _arrives(note):
    carol.send(a.inbox, carol.create(note))
    return eventually(lambda: next((s for s in ann.home() if s["uri"] == note["id"]), None), 20, "carol's post is here")


def test_an_edit_elsewhere_takes_the_poll_away_or_brings_one():
    question = _question()
    status = _arrives(question)
    ann.post(f"/api/v1/polls/{status['poll']['id']}/votes", {"choices[]": "0"})
    plain = {k: v for k, v in question.items() if k not in ("oneOf", "endTime")} | {"type": "Note"}
    carol.send(a.inbox, carol.update(plain, updated="2100-01-01T00:00:00Z"))
    shown = lambda: ann.get(f"/api/v1/statuses/{status['id']}")
    eventually(lambda: shown()["poll"] is None, 20, "the poll is gone")
    carol.send(a.inbox, carol.update(question, updated="2100-01-02T00:00:00Z"))
    eventually(lambda: _titles(shown()) == ["up", "down"], 20, "it is back")
    check.equal(_poll_of(ann, status)["voted"], False, "without the votes")
    history = ann.get(f"/api/v1/statuses/{status['id']}/history")
    check.equal(["poll" in e for e in history], [True, False, True], "its history")


def test_an_end_elsewhere_that_comes_nearer():
    later, sooner = ap.iso(clock.now_ms / 1000 + OPEN_S), ap.iso(clock.now_ms / 1000 + 60)
    question = _question(end=later)
    status = _arrives(question)
    ann.post(f"/api/v1/polls/{status['poll']['id']}/votes", {"choices[]": "0"})
    carol.send(a.inbox, carol.update({**question, "endTime": sooner}, updated=ap.iso(clock.now_ms / 1000 + 1)))
    eventually(lambda: _poll_of(ann, status)["expires_at"][:19] == sooner[:19], 20, "another end")
    check.equal(_poll_of(ann, status)["own_votes"], [0], "the vote stays")
    clock.advance(61)
    eventually(lambda: [n for n in ann.notifications("poll") if n["status"]["id"] == status["id"]], 20, "ann is told")


def test_a_vote_in_a_poll_that_is_gone_is_no_post():
    gone, plain = _poll(), ann.status(marker())
    ann.delete(f"/api/v1/statuses/{gone['id']}")
    never = {**gone, "uri": a.base + "/post/1"}
    for status in (gone, never, plain):
        name = marker()
        _ignored(carol, _vote(carol, status, name), status)
        check.equal(ann.mentions_with(name), [], "nobody reads it")


def test_counts_that_nobody_believes():
    huge = 2 ** 63 - 1
    note = carol.note(marker(), type="Question", endTime="2100-01-01T00:00:00Z", votersCount=huge,
                      oneOf=[{"type": "Note", "name": n, "replies": {"totalItems": t}}
                             for n, t in (("many", huge), ("more", huge), ("float", 1e300))])
    carol.send(a.inbox, carol.create(note))
    status = eventually(lambda: next((s for s in ann.home() if s["uri"] == note["id"]), None), 20,
                        "carol's poll is here")
    most = 10 ** 9
    check.equal(_counts(ann, status), [most, most, 0], "what is believed")
    check.equal((status["poll"]["votes_count"], status["poll"]["voters_count"]), (2 * most, most),
                "and their sum")
    ann.post(f"/api/v1/polls/{status['poll']['id']}/votes", {"choices[]": "0"})
    check.equal(_poll_of(ann, status)["own_votes"], [0], "ann votes all the same")


if __name__ == "__main__":
    run(globals())
