"""Quotes with consent (FEP-044f): between two nodes, and with a peer that speaks like Mastodon, in
both directions: request, approval, stamp, refusal, revocation; and what old software sends."""

from urllib.parse import urlsplit

from framework import ap, check
from framework.ap import PUBLIC
from framework.case import run
from framework.evil import marker
from framework.node import Node
from framework.peer import Peer

QUOTE_REL = "https://misskey-hub.net/ns#_misskey_quote"


def setup():
    global a, b, ann, bea, peer, carol
    a, b = Node().start(), Node().start()
    ann, bea = a.add_user("ann"), b.add_user("bea")
    peer = Peer()
    carol = peer.actor("carol")
    ann.follow_accepted(carol.id)
    ann.follow_accepted("bea@" + b.host)
    bea.follow_accepted("ann@" + a.host)


def show(member, status):
    return member.get(f"/api/v1/statuses/{status['id']}")


def state(member, status):
    return (show(member, status)["quote"] or {}).get("state")


def document(status):
    code, found, _ = ap.get(status["uri"])
    check.equal(code, 200, f"GET {status['uri']}")
    return found


def stamp(author, quoting, quoted):
    made = {"@context": ap.CONTEXT[0], "type": "QuoteAuthorization", "id": author.new_id("stamp"),
            "attributedTo": author.id, "interactingObject": quoting, "interactionTarget": quoted}
    peer.publish(made)
    return made


def quotable(content, **more):
    return carol.note(content, interactionPolicy={"canQuote": {"automaticApproval": PUBLIC}},
                      **more)


def status_with(member, word):
    return check.eventually(lambda: next(
        (s for s in member.home(limit=40) if word in s["content"]), None), 20, f"{word} at home")


# -- two nodes -----------------------------------------------------------------------------------

def test_a_quote_between_two_nodes_is_approved_shown_and_revoked():
    word = marker()
    original = ann.status(f"original {word}")
    on_b = bea.find_status(original["uri"])
    check.equal(on_b["quote_approval"]["current_user"], "automatic", "bea may quote")
    check.equal(on_b["quote_approval"]["automatic"], ["public"], "everybody may")
    quoting = bea.status(f"see {word}q", quoted_status_id=on_b["id"])
    check.eventually(lambda: state(bea, quoting) == "accepted", 20, "ann's node approves")
    shown = show(bea, quoting)["quote"]["quoted_status"]
    check.equal(shown["uri"], original["uri"], "the quoted post on B")

    told = check.eventually(lambda: ann.notifications("quote"), 20, "ann is told of the quote")[0]
    check.contains(told["status"]["content"], f"{word}q", "the quoting post")
    on_a = told["status"]
    check.equal(on_a["quote"]["state"], "accepted", "on A too")
    check.equal(show(ann, original)["quotes_count"], 1, "quotes of the original")
    check.equal([s["uri"] for s in ann.get(f"/api/v1/statuses/{original['id']}/quotes")],
                [quoting["uri"]], "the list of quotes")

    found = document(quoting)
    for name in ("quote", "quoteUri", "_misskey_quote"):
        check.equal(found[name], original["uri"], name)
    link = [t for t in found["tag"] if t["type"] == "Link"]
    check.equal([(t["href"], t["rel"]) for t in link], [(original["uri"], QUOTE_REL)], "the link")
    check.contains(found["content"], "quote-inline", "the line for old software")
    check.true("quote-inline" not in show(bea, quoting)["content"], "not for our own clients")
    check.true("quote-inline" not in on_a["content"], "nor for clients that see the quote")

    served = found["quoteAuthorization"]
    code, made, _ = ap.get(served)
    check.equal(code, 200, "the stamp is served")
    check.contains(served, "/quote_authorizations/", "the stamp's id")
    check.equal((made["type"], made["attributedTo"], made["interactingObject"],
                 made["interactionTarget"]),
                ("QuoteAuthorization", a.person_id("ann"), quoting["uri"], original["uri"]),
                "the stamp")
    ann.post(f"/api/v1/statuses/{original['id']}/quotes/{on_a['id']}/revoke")
    check.equal(ap.get(served)[0], 404, "the stamp is gone")
    check.equal(state(ann, on_a), "revoked", "on A")
    check.eventually(lambda: state(bea, quoting) == "revoked", 20, "revoked on B")
    check.equal(show(bea, quoting)["quote"]["quoted_status"], None, "nothing is shown")
    check.equal(show(ann, original)["quotes_count"], 0, "quotes of the original")
    check.true("quote" not in document(quoting), "no quote in the document any more")


def test_policies_of_our_own_posts():
    word = marker()
    original = ann.status(f"mine {word}", quote_approval_policy="nobody")
    policy = document(original)["interactionPolicy"]["canQuote"]
    check.equal(policy["automaticApproval"], [a.person_id("ann")], "nobody is the author alone")
    on_b = bea.find_status(original["uri"])
    check.equal(on_b["quote_approval"]["current_user"], "denied", "bea may not")
    refused = bea.request("POST", "/api/v1/statuses",
                          {"status": "no", "quoted_status_id": on_b["id"]})
    check.equal(refused.status, 403, "bea's quote")
    changed = ann.request("PUT", f"/api/v1/statuses/{original['id']}/interaction_policy",
                          {"quote_approval_policy": "followers"}).expect(200).json
    check.equal(changed["quote_approval"]["automatic"], ["followers"], "ann changes her mind")
    check.equal(document(original)["interactionPolicy"]["canQuote"]["automaticApproval"],
                [a.person_id("ann") + "/followers"], "the new policy")
    check.eventually(lambda: show(bea, on_b)["quote_approval"]["automatic"] == ["followers"], 20,
                     "B hears of the new policy")
    own = ann.status("my own", quoted_status_id=original["id"])
    check.equal(own["quote"]["state"], "accepted", "ann quotes herself")
    check.equal(own["quote"]["quoted_status"]["id"], original["id"], "the quoted post")


def test_members_of_one_node():
    word = marker()
    bob = a.add_user("bob" + word[-5:])
    original = ann.status(f"here {word}")
    quoting = bob.status("look", quoted_status_id=original["id"])
    check.equal(quoting["quote"]["state"], "accepted", "approved at once")
    nested = ann.status("and this", quoted_status_id=quoting["id"])
    inner = nested["quote"]["quoted_status"]["quote"]
    check.equal(inner, {"state": "accepted", "quoted_status_id": original["id"]}, "by id only")
    private = ann.status("for followers", visibility="private")
    bob.follow_accepted("ann")
    check.equal(bob.request("POST", "/api/v1/statuses",
                            {"status": "leak", "quoted_status_id": private["id"]}).status, 403,
                "what is for followers is not quoted")
    check.equal([ann.status(f"by {v}", quoted_status_id=private["id"], visibility=v)["visibility"]
                 for v in ("public", "unlisted", "private", "direct")], ["private"] * 3 + ["direct"],
                "but by its author, for no more people")
    ann.request("POST", f"/api/v1/accounts/{bob.me()['id']}/block").expect(200)
    check.equal(bob.request("POST", "/api/v1/statuses",
                            {"status": "no", "quoted_status_id": original["id"]}).status, 404,
                "a blocked member sees nothing to quote")
    check.equal(state(bob, quoting), "unauthorized", "and is not shown it any more")
    ann.delete(f"/api/v1/statuses/{original['id']}")
    check.equal(state(bob, quoting), "deleted", "the original is gone")


def test_an_edit_of_the_quoted_post_is_told():
    bob = a.add_user("ed" + marker()[-5:])
    original = ann.status("first")
    bob.status("look", quoted_status_id=original["id"])
    ann.request("PUT", f"/api/v1/statuses/{original['id']}", {"status": "second"}).expect(200)
    told = check.eventually(lambda: bob.notifications("quoted_update"), what="bob is told")[0]
    check.contains(told["status"]["quote"]["quoted_status"]["content"], "second", "the new text")


# -- a peer quotes ours --------------------------------------------------------------------------

def request_of(quoting, quoted, **more):
    return carol.activity("QuoteRequest", quoted, instrument=quoting, **more)


def answers(kind, request):
    return [x for x in peer.activities(kind) if ap.id_of(x["object"]) == request["id"]]


def test_a_peer_asks_to_quote_ours():
    word = marker()
    original = ann.status("original " + word)
    quoting = carol.note(word + "q", quote=original["uri"])
    check.equal(carol.send(a.inbox, carol.create(quoting)).status, 202, "the quoting post")
    here = status_with(ann, word + "q")
    check.equal(here["quote"], {"state": "pending", "quoted_status": None}, "nobody approved it")
    request = request_of(quoting, original["uri"])
    carol.send(a.inbox, request)
    accept = check.eventually(lambda: answers("Accept", request), 20, "an Accept")[0]
    check.equal(accept["actor"], a.person_id("ann"), "by ann")
    check.equal(accept["object"]["instrument"], quoting["id"], "of that post")
    code, made, _ = ap.get(accept["result"])
    check.equal((code, made["interactingObject"]), (200, quoting["id"]), "the stamp")
    check.equal(state(ann, here), "accepted", "shown")
    # By id alone, fetched from its origin.
    other = carol.note(word + "r", quoteUrl=original["uri"])
    request = request_of(other["id"], original["uri"])
    carol.send(a.inbox, request)
    check.eventually(lambda: answers("Accept", request), 20, "an Accept of what was fetched")


def test_a_peer_is_refused():
    original = ann.status("not for quotes", quote_approval_policy="nobody")
    quoting = carol.note(marker(), quote=original["uri"])
    request = request_of(quoting, original["uri"])
    carol.send(a.inbox, request)
    reject = check.eventually(lambda: answers("Reject", request), 20, "a Reject")[0]
    check.true("result" not in reject, "no stamp")
    check.equal(answers("Accept", request), [], "no Accept")


# -- ours quotes a peer's ------------------------------------------------------------------------

def test_ours_quotes_a_peers():
    original = quotable(marker())
    here = ann.find_status(original["id"])
    quoting = ann.status("quoting carol", quoted_status_id=here["id"])
    check.equal(quoting["quote"], {"state": "pending", "quoted_status": None}, "carol is asked")
    request = check.eventually(lambda: next(
        (r for r in peer.activities("QuoteRequest") if r["object"] == original["id"]), None), 20,
        "the request")
    check.equal(request["instrument"]["id"], quoting["uri"], "the quoting post, embedded")
    check.equal(request["instrument"]["quote"], original["id"], "what it quotes")
    made = stamp(carol, quoting["uri"], original["id"])
    carol.send(a.inbox, carol.accept(request, result=made["id"]))
    check.eventually(lambda: state(ann, quoting) == "accepted", 20, "carol's Accept counts")
    check.equal(document(quoting)["quoteAuthorization"], made["id"], "the stamp is named")
    update = check.eventually(lambda: next(
        (u for u in peer.activities("Update")
         if u["object"]["id"] == quoting["uri"]), None), 20, "an Update goes out")
    check.equal(update["object"]["quoteAuthorization"], made["id"], "with the stamp")
    peer.remove(urlsplit(made["id"]).path, 404)
    carol.send(a.inbox, carol.activity("Delete", made["id"], to=[PUBLIC]))
    check.eventually(lambda: state(ann, quoting) == "revoked", 20, "carol takes it back")


def test_ours_is_rejected_or_not_even_asked():
    original = quotable(marker())
    quoting = ann.status("please", quoted_status_id=ann.find_status(original["id"])["id"])
    request = check.eventually(lambda: next(
        (r for r in peer.activities("QuoteRequest") if r["object"] == original["id"]), None), 20,
        "the request")
    carol.send(a.inbox, carol.reject(request))
    check.eventually(lambda: state(ann, quoting) == "rejected", 20, "carol's Reject counts")
    silent = ann.find_status(carol.note(marker())["id"])
    check.equal(silent["quote_approval"]["current_user"], "denied", "without a policy: nobody")
    check.equal(ann.request("POST", "/api/v1/statuses",
                            {"status": "x", "quoted_status_id": silent["id"]}).status, 403,
                "quoting it")


# -- what is read --------------------------------------------------------------------------------

def test_every_name_of_a_quote_and_its_stamp():
    dave = peer.actor("dave")
    link = {"type": "Link", "rel": QUOTE_REL, "mediaType": "application/activity+json"}
    for name in ("quote", "_misskey_quote", "quoteUrl", "quoteUri", "tag"):
        original = dave.note("original " + marker())
        word = marker()
        members = {"tag": [{**link, "href": original["id"]}]} if name == "tag" else {
            name: original["id"]}
        quoting = carol.note(f'{word}</p><p class="quote-inline">RE: <a href="{original["id"]}">'
                             f'x</a>', **members)
        made = stamp(dave, quoting["id"], original["id"])
        quoting["quoteAuthorization"] = made["id"]
        carol.send(a.inbox, carol.create(quoting))
        here = status_with(ann, word)
        check.equal(here["quote"]["state"], "accepted", name)
        check.equal(here["quote"]["quoted_status"]["uri"], original["id"], name)
        check.true("quote-inline" not in here["content"], f"{name}: no fallback in the text")
        check.equal(peer.hits(original["id"]), 1, f"{name}: fetched from its origin")


def test_who_quotes_oneself_needs_no_stamp():
    original = carol.note(marker())
    word = marker()
    carol.send(a.inbox, carol.create(carol.note(word, quote=original["id"])))
    check.equal(status_with(ann, word)["quote"]["state"], "accepted", "carol's own")


def test_what_gotosocial_forbids():
    nobody = {"canLike": {"always": [carol.id]}, "canReply": {"automaticApproval": [carol.id]},
              "canAnnounce": {"always": carol.id}}
    here = ann.find_status(carol.note(marker(), interactionPolicy=nobody)["id"])
    for verb in ("favourite", "reblog"):
        check.equal(ann.request("POST", f"/api/v1/statuses/{here['id']}/{verb}").status, 403, verb)
    check.equal(ann.request("POST", "/api/v1/statuses",
                            {"status": "hm", "in_reply_to_id": here["id"]}).status, 403, "a reply")
    asked = {"canLike": {"manualApproval": PUBLIC}}
    here = ann.find_status(carol.note(marker(), interactionPolicy=asked)["id"])
    ann.act(here["id"], "favourite")


if __name__ == "__main__":
    run(globals())
