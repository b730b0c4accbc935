"""Checklist line 19: nobody but the author of a quoted post approves, refuses or revokes that it is
quoted; a stamp counts only from that author's origin and for exactly these two posts."""

from framework import ap, check
from framework.ap import PUBLIC
from framework.case import run
from framework.evil import Scene, marker


def setup():
    global scene, dora, mallory
    scene = Scene()
    dora = scene.good.actor("dora")      # whose posts are quoted
    mallory = scene.good.actor("mallory")  # of dora's host
    scene.introduce(dora, mallory)


def _stamp(author, quoting, quoted, **changes):
    made = {"@context": ap.CONTEXT[0], "type": "QuoteAuthorization", "id": author.new_id("stamp"),
            "attributedTo": author.id, "interactingObject": quoting, "interactionTarget": quoted,
            **changes}
    author.publish(made)
    return made


def _state(status):
    return (scene.alice.get(f"/api/v1/statuses/{status['id']}")["quote"] or {}).get("state")


def _quoted_by_eve(make_stamp):
    """The state of eve's quote of dora's post with the stamp that `make_stamp` gives."""
    original = dora.note("original " + marker())
    word = marker()
    note = scene.note(scene.eve, word, quote=original["id"])
    note["quoteAuthorization"] = make_stamp(note["id"], original["id"])
    return scene.applied(scene.eve, scene.eve.create(note), word)["quote"]


def _unapproved(what, make_stamp):
    quote = _quoted_by_eve(make_stamp)
    check.equal(quote, {"state": "pending", "quoted_status": None}, what)
    check.equal(_quoted_by_eve(lambda *ids: _stamp(dora, *ids)["id"])["state"], "accepted",
                "a good stamp")


def test_a_stamp_of_another_origin():
    _unapproved("on eve's host", lambda *ids: _stamp(scene.eve, *ids, attributedTo=dora.id)["id"])
    _unapproved("by eve herself", lambda *ids: _stamp(scene.eve, *ids)["id"])


def test_a_stamp_that_says_something_else():
    other = dora.note("another")["id"]
    for what, changes in {
            "another target": {"interactionTarget": other},
            "another post": {"interactingObject": other},
            "several posts": {"interactingObject": [other, scene.alice_id]},
            "somebody else of the host": {"attributedTo": mallory.id},
            "no target": {"interactionTarget": None},
            "another type": {"type": "LikeApproval"}}.items():
        _unapproved(what, lambda *ids: _stamp(dora, *ids, **changes)["id"])


def test_an_embedded_stamp():
    def embedded(quoting, quoted):
        return {"type": "QuoteAuthorization", "id": dora.new_id("stamp"), "attributedTo": dora.id,
                "interactingObject": quoting, "interactionTarget": quoted}
    _unapproved("embedded, not served", embedded)
    _unapproved("embedded without an id",
                lambda *ids: {k: v for k, v in embedded(*ids).items() if k != "id"})


def test_an_update_that_turns_the_quote():
    first, second = dora.note("first"), dora.note("second")
    word = marker()
    note = scene.note(scene.eve, word, quote=first["id"])
    note["quoteAuthorization"] = _stamp(dora, note["id"], first["id"])["id"]
    status = scene.applied(scene.eve, scene.eve.create(note), word)
    check.equal(status["quote"]["state"], "accepted", "the first quote")
    scene.eve.send(scene.node.inbox, scene.eve.update({**note, "quote": second["id"]}))
    check.eventually(lambda: _state(status) == "pending", 20, "the turned quote is unapproved")
    shown = scene.alice.get(f"/api/v1/statuses/{status['id']}")["quote"]
    check.equal(shown["quoted_status"], None, "nothing is shown")


def _alice_asks():
    """(status, request): alice quotes a post of dora's and dora is asked."""
    original = dora.note(marker(),
                         interactionPolicy={"canQuote": {"automaticApproval": [PUBLIC]}})
    here = scene.alice.find_status(original["id"])
    status = scene.alice.status("quoting", quoted_status_id=here["id"])
    request = check.eventually(lambda: next(
        (r for r in scene.good.activities("QuoteRequest") if r["object"] == original["id"]), None),
        20, "the QuoteRequest")
    return status, request, original


def test_an_answer_by_a_third_party():
    status, request, original = _alice_asks()
    for forger in (scene.eve, mallory):
        made = _stamp(forger, status["uri"], original["id"])
        scene.refused_later(forger, forger.accept(request, result=made["id"]),
                            f"Accept by {forger.name}")
        scene.refused_later(forger, forger.reject(request), f"Reject by {forger.name}")
        scene.refused_later(forger, forger.reject(request["id"]), f"Reject by {forger.name} by id")
    check.equal(_state(status), "pending", "alice's quote")
    scene.refused_later(dora, dora.accept(request), "an Accept without a stamp")
    wrong = _stamp(dora, status["uri"], dora.note("other")["id"])
    scene.refused_later(dora, dora.accept(request, result=wrong["id"]), "another post's stamp")
    made = _stamp(dora, status["uri"], original["id"])
    dora.send(scene.node.inbox, dora.accept(request, result=made["id"]))
    check.eventually(lambda: _state(status) == "accepted", 20, "dora's own Accept counts")
    for forger in (scene.eve, mallory):
        scene.refused_later(forger, forger.activity("Delete", made["id"], to=[PUBLIC]),
                            f"Delete of the stamp by {forger.name}")
    check.equal(_state(status), "accepted", "the stamp holds")
    dora.send(scene.node.inbox, dora.activity("Delete", made["id"], to=[PUBLIC]))
    check.eventually(lambda: _state(status) == "revoked", 20, "dora's own Delete counts")


def test_a_request_for_somebody_elses_post():
    mine = scene.alice.status("quotable " + marker())
    theirs = dora.note(marker(), quote=mine["uri"])
    ask = lambda actor, post: actor.activity("QuoteRequest", mine["uri"], instrument=post)
    scene.refused_later(scene.eve, ask(scene.eve, theirs), "eve asks for dora's post")
    scene.refused_later(scene.eve, ask(scene.eve, theirs["id"]), "by id")
    scene.refused_later(mallory, ask(mallory, theirs), "mallory of dora's host")
    scene.refused_later(mallory, ask(mallory, theirs["id"]), "by id")
    unrelated = scene.eve.note("quotes nothing")
    scene.refused_later(scene.eve, ask(scene.eve, unrelated), "a post that quotes nothing")
    request = ask(dora, theirs)
    dora.send(scene.node.inbox, request)
    check.eventually(lambda: [x for x in scene.good.activities("Accept")
                              if ap.id_of(x["object"]) == request["id"]], 20, "dora's own request")


def test_what_the_asker_may_not_see_is_not_quoted():
    private = scene.alice.status("for followers", visibility="private")
    note = scene.eve.note("leak", quote=private["uri"])
    scene.refused_later(scene.eve, scene.eve.activity("QuoteRequest", private["uri"],
                                                      instrument=note), "a private post")
    blocked = scene.alice.status("open " + marker())
    eve = scene.alice.find_account(scene.eve.handle)
    scene.alice.request("POST", f"/api/v1/accounts/{eve['id']}/block").expect(200)
    note = scene.eve.note("blocked", quote=blocked["uri"])
    scene.refused_later(scene.eve, scene.eve.activity("QuoteRequest", blocked["uri"],
                                                      instrument=note), "by whom alice blocks")
    scene.alice.request("POST", f"/api/v1/accounts/{eve['id']}/unblock").expect(200)


if __name__ == "__main__":
    run(globals())
