"""Polls by the client API: made, voted in, counted, kept back, ended, with everybody who voted told."""

from framework import check
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


def test_an_edit_keeps_the_poll():
    status = _poll("to be edited")
    _vote(bob, status, 0).expect(200)
    form = {"status": "edited", "poll[options]": ["beans", "peas"], "poll[expires_in]": HOUR_S}
    edited = alice.put(f"/api/v1/statuses/{status['id']}", form)
    check.equal(edited["poll"]["votes_count"], 1, "votes after an edit of the text")
    history = nobody.get(f"/api/v1/statuses/{status['id']}/history")
    check.equal([(e["content"], e["poll"]) for e in history],
                [(f"<p>{text}</p>", {"options": [{"title": "beans"}, {"title": "peas"}]})
                 for text in ("to be edited", "edited")], "its history, with the options")
    picture = alice.upload("POST", "/api/v2/media", {"file": png(8, 8)}).expect(200).json
    for other in ({"poll[options]": ["beans", "leeks"]}, {"poll[multiple]": True}, {"media_ids": [picture["id"]]}):
        alice.request("PUT", f"/api/v1/statuses/{status['id']}", form | other).error(422)
    check.equal(_show(bob, status)["own_votes"], [0], "and the vote is still there")


if __name__ == "__main__":
    run(globals())
