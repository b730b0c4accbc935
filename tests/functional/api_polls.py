"""Polls by the client API: made, voted in, counted, kept back, ended, with everybody who voted told."""

import calendar
import time

from framework import ap, check
from framework.case import run
from framework.node import Node, VirtualClock
from framework.pictures import png

HOUR_S = 3600


def setup():
    global node, clock, alice, bob, cleo, nobody
    clock = VirtualClock()
    node = Node(clock=clock).start()
    alice, bob, cleo = (node.add_user(name) for name in ("alice", "bob", "cleo"))
    nobody = node.client()


def eventually(found, timeout, what):
    """As check.eventually; the clock goes on a little meanwhile, for what looks at it now and then."""
    return check.eventually(lambda: found() or clock.advance(0.1), timeout, what)


def _poll(text="what shall we plant?", options=("beans", "peas"), visibility="public", **more):
    form = {"status": text, "visibility": visibility, "poll[options]": list(options),
            "poll[expires_in]": HOUR_S, **{f"poll[{k}]": v for k, v in more.items()}}
    return alice.post("/api/v1/statuses", form)


def _vote(member, status, *choices):
    return member.request("POST", f"/api/v1/polls/{status['poll']['id']}/votes",
                          {"choices": [str(c) for c in choices]})


def _show(member, status):
    return member.get(f"/api/v1/polls/{status['poll']['id']}")


def test_a_poll_is_made_and_voted_in():
    status = _poll()
    poll = status["poll"]
    check.equal([o["title"] for o in poll["options"]], ["beans", "peas"], "options")
    check.equal((poll["expired"], poll["multiple"], poll["votes_count"], poll["voters_count"]),
                (False, False, 0, 0), "a new poll")
    check.true("voted" not in _show(nobody, status), "nobody has not voted")
    check.equal(_show(bob, status)["voted"], False, "bob has not yet")
    after = _vote(bob, status, 1).expect(200).json
    check.equal((after["voted"], after["own_votes"], after["votes_count"], after["voters_count"]),
                (True, [1], 1, 1), "bob's vote")
    check.equal([o["votes_count"] for o in _show(nobody, status)["options"]], [0, 1], "counts")
    check.equal(bob.get(f"/api/v1/statuses/{status['id']}")["poll"]["own_votes"], [1], "in the status")
    check.true("bob" not in str(_show(nobody, status)), "nobody learns who voted")


def test_what_is_no_vote_is_refused():
    status = _poll()
    for choices in ((), (2,), (-1,), (0, 1), ("x",)):
        _vote(bob, status, *choices).error(422)
    _vote(alice, status, 0).error(422)
    _vote(bob, status, 0).expect(200)
    _vote(bob, status, 1).error(422)
    _vote(nobody, status, 0).error(401)
    bob.request("POST", "/api/v1/polls/1/votes", {"choices[]": "0"}).error(404)
    plain = alice.status("no poll")
    bob.request("POST", f"/api/v1/polls/{plain['id']}/votes", {"choices[]": "0"}).error(404)
    check.equal(_show(alice, status)["votes_count"], 1, "votes after all that")


def test_several_choices_count_one_voter():
    status = _poll(options=("a", "b", "c"), multiple="true")
    after = _vote(bob, status, 0, 2, 2).expect(200).json
    check.equal((after["own_votes"], after["votes_count"], after["voters_count"]), ([0, 2], 2, 1),
                "bob's votes")
    _vote(bob, status, 1).error(422)


def test_who_may_not_see_it_may_not_vote():
    status = _poll("between us", visibility="direct")
    _vote(bob, status, 0).error(404)
    bob.request("GET", f"/api/v1/polls/{status['poll']['id']}").error(404)
    bob.post(f"/api/v1/accounts/{alice.me()['id']}/block")
    _vote(bob, _poll(), 0).error(403)
    bob.post(f"/api/v1/accounts/{alice.me()['id']}/unblock")


def test_totals_may_be_kept_back_until_the_end():
    status = _poll(hide_totals="true")
    after = _vote(bob, status, 0).expect(200).json
    check.equal([o["votes_count"] for o in after["options"]], [None, None], "while it runs")
    check.equal((after["votes_count"], after["voters_count"]), (0, None), "totals")
    clock.advance(HOUR_S + 1)
    eventually(lambda: [o["votes_count"] for o in _show(cleo, status)["options"]] == [1, 0], 20,
                     "after its end")


def test_at_the_end_author_and_voters_are_told():
    status = _poll("soon over")
    _vote(bob, status, 0).expect(200)

    def told(member):
        return [n for n in member.notifications("poll") if n["status"]["id"] == status["id"]]
    check.equal(told(alice) + told(bob), [], "before the end")
    clock.advance(HOUR_S + 1)
    for member in (alice, bob):
        eventually(lambda: told(member), 20, "told of the end")
    check.equal(told(cleo), [], "cleo did not vote")
    _vote(cleo, status, 1).error(422)
    check.equal(_show(cleo, status)["expired"], True, "expired")


def test_what_is_no_poll_is_refused():
    for options, more in ((("one",), {}), (tuple("abcdefghijk"), {}), (("a", " "), {}),
                          (("a", "a"), {}), (("a", "b" * 101), {}), (("a", "b"), {"expires_in": 299}),
                          (("a", "b"), {"expires_in": 2_700_000})):
        form = {"status": "x", "poll[options]": list(options), "poll[expires_in]": HOUR_S,
                **{f"poll[{k}]": v for k, v in more.items()}}
        alice.request("POST", "/api/v1/statuses", form).error(422)
    limits = node.client().get("/api/v2/instance")["configuration"]["polls"]
    check.equal((limits["max_options"], limits["max_characters_per_option"]), (10, 100), "limits")


def _edit(status, text="edited", **form):
    return alice.put(f"/api/v1/statuses/{status['id']}", {"status": text, **form})


def _edit_poll(status, options=("beans", "peas"), expires_in=HOUR_S, **more):
    return _edit(status, **{"poll[options]": list(options), "poll[expires_in]": expires_in,
                            **{f"poll[{k}]": v for k, v in more.items()}})


def _history(status):
    """The options of each edit; nothing where it had no poll."""
    return [[o["title"] for o in e["poll"]["options"]] if e.get("poll") else None
            for e in nobody.get(f"/api/v1/statuses/{status['id']}/history")]


def _seconds_left(poll):
    return calendar.timegm(time.strptime(poll["expires_at"][:19], "%Y-%m-%dT%H:%M:%S")) - clock.now_ms // 1000


def test_votes_stay_where_the_choices_stay():
    status = _poll("to be edited")
    _vote(bob, status, 0).expect(200)
    edited = _edit_poll(status, expires_in=2 * HOUR_S)
    check.equal((edited["content"], edited["poll"]["votes_count"], edited["poll"]["voters_count"]),
                ("<p>edited</p>", 1, 1), "votes after an edit of the text and of the end")
    check.equal(_seconds_left(edited["poll"]), 2 * HOUR_S, "seconds until its new end")
    check.equal(_show(bob, status)["own_votes"], [0], "bob's vote")
    check.equal(_history(status), [["beans", "peas"]] * 2, "its history, with the options")
    hidden = _edit_poll(status, hide_totals="true")
    check.equal([o["votes_count"] for o in hidden["poll"]["options"]], [None, None], "kept back from now on")
    check.equal([o["votes_count"] for o in _edit_poll(status)["poll"]["options"]], [1, 0], "and shown again")


def test_other_choices_reset_the_votes():
    status = _poll("to be edited")
    for change in ({"options": ("beans", "leeks")}, {"options": ("leeks", "beans")},
                   {"options": ("leeks", "beans", "peas")}, {"options": ("leeks", "beans", "peas"), "multiple": "true"}):
        _vote(bob, status, 0).expect(200)
        poll = _edit_poll(status, **change)["poll"]
        check.equal([(o["title"], o["votes_count"]) for o in poll["options"]], [(o, 0) for o in change["options"]], "options")
        check.equal((poll["multiple"], poll["votes_count"], poll["voters_count"]),
                    ("multiple" in change, 0, 0), f"the poll after {change}")
        check.equal((_show(bob, status)["voted"], _show(bob, status)["own_votes"]), (False, []), "bob may vote anew")
    check.equal(_vote(bob, status, 0, 2).expect(200).json["own_votes"], [0, 2], "bob votes in the new poll")
    check.equal(_history(status), [["beans", "peas"], ["beans", "leeks"], ["leeks", "beans"]] +
                [["leeks", "beans", "peas"]] * 2, "its history keeps the options of each edit")


def test_a_poll_is_taken_away_and_added():
    status = _poll("with a poll")
    _vote(bob, status, 0).expect(200)
    check.equal(_edit(status)["poll"], None, "an edit that names no poll takes it away")
    bob.request("GET", f"/api/v1/polls/{status['poll']['id']}").error(404)
    poll = _edit_poll(status, ("north", "south"))["poll"]
    check.equal(([o["title"] for o in poll["options"]], poll["votes_count"]), (["north", "south"], 0), "another one")
    check.equal(_history(status), [["beans", "peas"], None, ["north", "south"]], "its history")
    _vote(bob, status, 1).expect(200)
    clock.advance(HOUR_S + 1)
    eventually(lambda: [n for n in bob.notifications("poll") if n["status"]["id"] == status["id"]], 20, "told of its end")


def test_a_poll_and_media_exclude_each_other():
    picture, other = (alice.upload("POST", "/api/v2/media", {"file": png(8, 8)}).expect(200).json for _ in range(2))
    status = alice.status("with a picture", media_ids=[picture["id"]])
    poll = {"status": "both", "poll[options]": ["beans", "peas"], "poll[expires_in]": HOUR_S}
    alice.request("PUT", f"/api/v1/statuses/{status['id']}", poll | {"media_ids": [picture["id"]]}).error(422)
    edited = _edit_poll(status)
    check.equal((edited["media_attachments"], len(edited["poll"]["options"])), ([], 2), "a poll in place of the picture")
    alice.request("PUT", f"/api/v1/statuses/{status['id']}", poll | {"media_ids": [other["id"]]}).error(422)
    edited = _edit(status, media_ids=[other["id"]])
    check.equal((len(edited["media_attachments"]), edited["poll"]), (1, None), "a picture in place of the poll")


def test_an_edit_that_makes_no_poll_changes_nothing():
    status = _poll("as it is")
    _vote(bob, status, 0).expect(200)
    for options, more in ((("one",), {}), ((), {}), (("a", "a"), {}), (("a", " "), {}), (("a", "b"), {"expires_in": 299}),
                          (("a", "b"), {"expires_in": 2_700_000}), (("a", "b"), {"expires_in": ""})):
        form = {"status": "x", "poll[options]": list(options), "poll[expires_in]": HOUR_S,
                **{f"poll[{k}]": v for k, v in more.items()}}
        alice.request("PUT", f"/api/v1/statuses/{status['id']}", form).error(422)
    form = {"status": "x", "poll[options]": ["mine", "yours"], "poll[expires_in]": HOUR_S}
    bob.request("PUT", f"/api/v1/statuses/{status['id']}", form).error(404)
    now = bob.get(f"/api/v1/statuses/{status['id']}")
    check.equal((now["content"], now["edited_at"], now["poll"]["own_votes"]), ("<p>as it is</p>", None, [0]), "the post")


def test_a_thread_of_a_group_and_an_event():
    node.add_group("garden", "alice")
    status = _poll("what shall we plant?\n\n@garden")
    for options, kind in ((None, "Page"), (("a", "b"), "Question")):
        made = _edit_poll(status, options) if options else _edit(status)
        document = ap.get(status["uri"])[1]
        check.equal((document["type"], "oneOf" in document, bool(made["poll"])), (kind, kind == "Question", kind == "Question"), kind)
        check.true(document["name"], "a thread has its title")
    event = alice.request("POST", "/api/kith/v1/events", body={
        "title": "Tea", "text": "come", "starts_at": ap.iso(clock.now_ms / 1000 + 2 * HOUR_S)}).expect(200).json
    form = {"status": "come", "poll[options]": ["a", "b"], "poll[expires_in]": HOUR_S}
    alice.request("PUT", f"/api/v1/statuses/{event['id']}", form).error(422)
    check.equal(alice.put(f"/api/v1/statuses/{event['id']}", {"status": "do come"})["poll"], None, "an event stays one")


def test_an_end_that_comes_nearer_and_one_that_is_put_off():
    def told(member, status):
        return [n for n in member.notifications("poll") if n["status"]["id"] == status["id"]]
    sooner, later, over = _poll("sooner"), _poll("later"), _poll("over", hide_totals="true")
    for status in (sooner, later, over):
        _vote(bob, status, 0).expect(200)
    _edit_poll(sooner, expires_in=600)
    _edit_poll(later, expires_in=3 * HOUR_S)
    clock.advance(601)
    for member in (alice, bob):
        eventually(lambda: told(member, sooner), 20, "told of the end that came nearer")
    clock.advance(HOUR_S)
    eventually(lambda: told(bob, over), 20, "told of the end that stayed")
    check.equal(told(alice, later) + told(bob, later), [], "told of the end that was put off")
    poll = _edit_poll(over, expires_in=HOUR_S, hide_totals="true")["poll"]
    check.equal((poll["expired"], poll["options"][0]["votes_count"]), (False, None), "open again")
    _vote(cleo, over, 1).expect(200)
    clock.advance(HOUR_S + 1)
    eventually(lambda: told(cleo, over), 20, "told of the second end")
    check.equal([o["votes_count"] for o in _show(nobody, over)["options"]], [1, 1], "all votes")
    clock.advance(HOUR_S)
    eventually(lambda: told(bob, later), 20, "told of the end that was put off")
    for status in (sooner, later, over):
        check.equal((len(told(alice, status)), len(told(bob, status))), (1, 1), "told once")


def test_who_boosted_is_told_of_the_edit():
    status = _poll("boosted")
    cleo.post(f"/api/v1/statuses/{status['id']}/reblog")
    _vote(bob, status, 0).expect(200)
    _edit_poll(status, ("beans", "leeks"))
    check.equal([n["status"]["id"] for n in cleo.notifications("update")], [status["id"]], "cleo boosted it")
    check.equal(bob.notifications("update"), [], "who voted only is not told, as in Mastodon")


if __name__ == "__main__":
    run(globals())
