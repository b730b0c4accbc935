"""Threads with an answer, on three nodes: A is the host of the group, B has an author and a moderator, C a member who
answers; Peers are an author of another server, and strangers who claim what is not theirs."""

import time

from framework import ap, api, check
from framework.case import run
from framework.check import eventually, never
from framework.node import Node
from framework.peer import Peer

KITH = "/api/kith/v1"
ANSWER = "https://schema.org/acceptedAnswer"


def setup():
    global a, b, c, ann, mem, bea, cid, handle, at, clients
    a, b, c = (Node().start() for _ in range(3))
    ann, mem = a.add_user("ann"), a.add_user("mem")
    bea, cid = b.add_user("bea"), c.add_user("cid")
    a.add_group("garden", "ann")
    handle = "garden@" + a.host
    at = {a: ann.find_account("garden")["id"]}
    mem.post(f"/api/v1/accounts/{at[a]}/follow")
    for client, node in ((bea, b), (cid, c)):
        client.follow_accepted(handle)
        at[node] = client.find_account(handle)["id"]
        eventually(lambda: node.count("remote_moderator") == 1, 20, f"{node.host} knows who moderates")
    clients = {a: ann, b: bea, c: cid}


def _everywhere(uri):
    for node in (a, b, c):
        node.post_id(uri)
    return uri


def _thread(client, text):
    return _everywhere(client.status(f"@{handle if client in (bea, cid) else 'garden'} {text}")["uri"])


def _comment(client, node, uri, text):
    return _everywhere(client.status(text, in_reply_to_id=node.post_id(uri))["uri"])


def _seen(node, uri, client=None):
    return (client or clients[node]).get(f"{KITH}/statuses/{node.post_id(uri)}/thread")


def _answer_on(node, uri):
    answer = _seen(node, uri)["answer"]
    return answer and answer["uri"]


def _answered(uri, comment):
    for node in (a, b, c):
        eventually(lambda: _answer_on(node, uri) == comment, 20, f"the answer on {node.host} is {comment}")


def _choose(client, node, uri, comment):
    return client.request("PUT", f"{KITH}/statuses/{node.post_id(uri)}/answer", {"answer_id": node.post_id(comment)})


def _take_back(client, node, uri):
    return client.request("DELETE", f"{KITH}/statuses/{node.post_id(uri)}/answer")


def _log(node):
    return api.Client(node.url, host=node.host).get(f"{KITH}/groups/{at[node]}/moderation_log", limit=50)


def _acts(node):
    return [x["kind"] for x in _log(node) if "answer" in x["kind"]]


def test_an_author_elsewhere_chooses_changes_and_takes_back():
    uri = _thread(bea, "Which soil for roses?")
    one, two = _comment(cid, c, uri, "Loam"), _comment(mem, a, uri, "Clay")
    _answered(uri, None)
    said = _choose(bea, b, uri, one).expect(200).json
    check.equal((said["answer"]["uri"], said["answer_chosen_by"]["acct"], said["title"]), (one, "bea", "Which soil for roses?"), "at once")
    _answered(uri, one)
    told = eventually(lambda: [n for n in cid.notifications() if n["type"] == "answer_chosen"], 20, "whose answer it is is told")
    check.equal((len(told), told[0]["account"]["acct"], told[0]["status"]["uri"]), (1, f"bea@{b.host}", one), "by whom, and of what")
    plain = cid.get("/api/v1/notifications", **{"types[]": "answer_chosen", "supported_types[]": "mention"})[0]
    check.contains(plain["fallback"]["title"], "chose your comment as the answer", "for apps that do not know it")
    _choose(bea, b, uri, two).expect(200)
    _answered(uri, two)
    eventually(lambda: [n for n in mem.notifications() if n["type"] == "answer_chosen"], 20, "the other one is told")
    _choose(bea, b, uri, two).expect(200)
    check.equal(b.count("event", "kind = 77"), 2, "what it is already is not said again")
    _take_back(bea, b, uri).expect(200)
    _answered(uri, None)
    _take_back(bea, b, uri).expect(422)
    check.equal([_acts(node) for node in (a, b, c)], [[], [], []], "an author's choice is no moderation")


def test_moderators_choose_too_in_the_open():
    uri = _thread(cid, "How deep?")
    one = _comment(bea, b, uri, "A hand")
    _choose(mem, a, uri, one).expect(403)
    _choose(bea, b, uri, one).expect(403)
    _choose(ann, a, uri, one).expect(200)
    _answered(uri, one)
    for node in (a, b, c):
        eventually(lambda: _acts(node) == ["choose_answer"], 20, f"in the log of {node.host}")
    # A moderator elsewhere, through the group's host; then the author, whose word is the later one.
    ann.request("POST", f"{KITH}/groups/{at[a]}/moderation",
                {"kind": "add_moderator", "account_id": ann.find_account(f"bea@{b.host}")["id"], "reason": "x"}).expect(200)
    eventually(lambda: b.count("remote_moderator") == 2, 20, "B knows its moderator")
    _take_back(bea, b, uri).expect(200)
    _answered(uri, None)
    eventually(lambda: _acts(a) == ["unchoose_answer", "choose_answer"], 20, "in the log, too")
    _choose(cid, c, uri, one).expect(200)
    _answered(uri, one)
    ann.request("POST", f"{KITH}/groups/{at[a]}/moderation",
                {"kind": "remove_moderator", "account_id": ann.find_account(f"bea@{b.host}")["id"], "reason": "x"}).expect(200)
    eventually(lambda: b.count("remote_moderator") == 1, 20, "B knows")


def test_who_may_not():
    uri, other = _thread(mem, "Whose question?"), _thread(mem, "Another")
    one, elsewhere = _comment(cid, c, uri, "Mine"), _comment(cid, c, other, "There")
    nobody = api.Client(a.url, host=a.host)
    check.equal(_choose(nobody, a, uri, one).status, 401, "nobody")
    check.equal(_choose(mem, a, uri, elsewhere).status, 404, "a comment of another thread")
    check.equal(_choose(mem, a, uri, uri).status, 404, "the thread itself")
    check.equal(_choose(mem, a, one, one).status, 404, "of a comment")
    check.equal(mem.request("PUT", f"{KITH}/statuses/{a.post_id(uri)}/answer").status, 422, "no comment")
    check.equal(nobody.request("GET", f"{KITH}/statuses/12345/thread").status, 404, "no thread")
    me = mem.me()["id"]
    ban = {"account_id": me, "reason": "x"}
    ann.request("POST", f"{KITH}/groups/{at[a]}/moderation", {"kind": "ban", **ban}).expect(200)
    check.equal(_choose(mem, a, uri, one).status, 403, "who is banned")
    ann.request("POST", f"{KITH}/groups/{at[a]}/moderation", {"kind": "unban", **ban}).expect(200)
    ann.request("PATCH", f"{KITH}/groups/{at[a]}", body={"archived": True}).expect(200)
    check.equal(_choose(mem, a, uri, one).status, 403, "in an archived group")
    ann.request("PATCH", f"{KITH}/groups/{at[a]}", body={"archived": False}).expect(200)
    _choose(mem, a, uri, one).expect(200)
    _answered(uri, one)


def _listed(node, **query):
    return [x["uri"] for x in api.Client(node.url, host=node.host).get(f"{KITH}/groups/{at[node]}/threads", **query)]


def test_open_questions_are_found_on_each_node():
    open_one, done, open_two = (_thread(bea, f"Question {n}") for n in "xyz")
    comment = _comment(cid, c, done, "So")
    _choose(bea, b, done, comment).expect(200)
    _answered(done, comment)
    for node in (a, b, c):
        found = _listed(node, answered="false", limit=40)
        check.equal((open_one in found, open_two in found, done in found), (True, True, False), f"open on {node.host}")
        check.equal(done in _listed(node, answered="true"), True, "and done")
        check.equal({open_one, open_two, done} <= set(_listed(node, limit=40)), True, "and all")
    first = _listed(a, answered="false", limit=1)
    check.equal(first, [open_two], "the newest first")
    below = _listed(a, answered="false", limit=1, max_id=a.post_id(open_two))
    check.equal(below, [open_one], "the next page passes over what is answered")
    check.equal(api.Client(a.url, host=a.host).request("GET", f"{KITH}/groups/{at[a]}/threads", tag="none").status, 404, "no such label")


def test_threads_of_a_private_group_are_its_members():
    made = ann.request("POST", "/api/v4/community", body={"name": "club", "title": "Club", "visibility": "private"}).expect(200).json
    club = made["community_view"]["community"]["id"]
    secret = ann.request("POST", "/api/v4/post", body={"name": "For members", "community_id": club}).expect(200).json["post_view"]["post"]["id"]
    answer = ann.status("Yes", in_reply_to_id=secret)["id"]
    ann.request("PUT", f"{KITH}/statuses/{secret}/answer", {"answer_id": answer}).expect(200)
    for client in (mem, api.Client(a.url, host=a.host)):
        check.equal(client.request("GET", f"{KITH}/statuses/{secret}/thread").status, 404, "not seen")
        check.equal(client.get(f"{KITH}/groups/{club}/threads"), [], "not listed")
    check.equal(_choose_by_id(mem, secret, answer).status, 404, "not chosen")
    check.equal([x["answer"]["id"] for x in ann.get(f"{KITH}/groups/{club}/threads", answered="true")], [answer], "for members")


def _choose_by_id(client, thread, comment):
    return client.request("PUT", f"{KITH}/statuses/{thread}/answer", {"answer_id": comment})


def test_the_page_and_the_document_name_it():
    uri = _thread(bea, "What is on the page?")
    comment = _comment(cid, c, uri, "This here")
    _choose(bea, b, uri, comment).expect(200)
    _answered(uri, comment)
    for node in (a, b, c):
        id, answer = node.post_id(uri), node.post_id(comment)
        page = api.Client(node.url, host=node.host).request("GET", f"/@bea/{id}", headers={"Accept": "text/html"}).body.decode()
        check.contains(page, f'<p class="answered"><a href="#post-{answer}">', f"linked from the top on {node.host}")
        check.contains(page, f'class="post reply depth-1 answer" id="post-{answer}"', f"marked on {node.host}")
    document = ap.get(uri)[1]
    check.equal(document[ANSWER], {"id": comment}, "in the thread's document")
    # Who takes the answer away leaves an open question.
    cid.request("DELETE", f"/api/v1/statuses/{c.post_id(comment)}").expect(200)
    _answered(uri, None)
    eventually(lambda: ANSWER not in ap.get(uri)[1], 20, "gone from the document")
    check.true(uri in _listed(a, answered="false", limit=40), "an open question again")
    second = _comment(mem, a, uri, "Or this")
    _choose(bea, b, uri, second).expect(200)
    _answered(uri, second)
    ann.request("POST", f"{KITH}/groups/{at[a]}/moderation",
                {"kind": "remove_post", "status_id": a.post_id(second), "reason": "wrong"}).expect(200)
    _answered(uri, None)


def _peer_author():
    peer = Peer()
    asker = peer.actor("asker")
    garden = a.group_id("garden")
    note = asker.note("Asked from elsewhere", to=[ap.PUBLIC], cc=[garden], audience=garden)
    asker.send(a.inbox, asker.create(note))
    return peer, asker, garden, _everywhere(note["id"])


def _word(actor, comment, garden, **more):
    return actor.activity("ChooseAnswer", comment, to=[ap.PUBLIC], cc=[garden], audience=garden, **more)


def _applied(node, activity):
    eventually(lambda: node.inbox_state(activity) == "applied", 20, f"{activity['type']} is applied on {node.host}")


def test_an_author_of_another_server_and_replays():
    _, asker, garden, uri = _peer_author()
    one, two = _comment(mem, a, uri, "First"), _comment(cid, c, uri, "Second")
    first, second = _word(asker, one, garden, published=ap.iso(time.time() - 60)), _word(asker, two, garden)  # PieFed has no time
    asker.send(a.inbox, first)
    _answered(uri, one)
    asker.send(a.inbox, second)
    _answered(uri, two)
    asker.send(a.inbox, first)
    again = _word(asker, one, garden, published=first["published"])
    asker.send(a.inbox, again)
    _applied(a, again)
    never(lambda: _answer_on(a, uri) == one, 1, "an older word changes nothing")
    # Nobody speaks from the future: who says it later is heard.
    ahead = _word(asker, one, garden, published=ap.iso(time.time() + 3600))
    asker.send(a.inbox, ahead)
    _answered(uri, one)
    _choose(ann, a, uri, two).expect(200)
    _answered(uri, two)
    undo = asker.undo(_word(asker, two, garden), to=[ap.PUBLIC], cc=[garden])
    asker.send(a.inbox, undo)
    _answered(uri, None)


def test_strangers_claim_no_answer():
    uri = _thread(bea, "Not yours")
    one, two = _comment(cid, c, uri, "Right"), _comment(mem, a, uri, "Wrong")
    _choose(bea, b, uri, one).expect(200)
    _answered(uri, one)
    peer, asker, garden, _ = _peer_author()
    eve, club = peer.actor("eve"), peer.actor("club", kind="Group")
    for actor in (eve, asker):
        for word in (_word(actor, two, garden), actor.undo(_word(actor, one, garden))):
            for node in (a, b, c):
                actor.send(node.inbox, word)
            for node in (a, b, c):
                eventually(lambda: node.inbox_state(word) == "refused", 20, f"{word['type']} by {actor.name} on {node.host}")
    # Another group, which somebody on C follows, speaks about it; also in the author's name.
    cid.follow_accepted(club.id)
    for inner in (_word(eve, two, garden), _word(club, two, garden)):
        told = club.announce(inner)
        club.send(c.inbox, told)
        eventually(lambda: c.inbox_state(told) == "refused", 20, "another group's word")
    forged = {**_word(eve, two, garden), "actor": b.person_id("bea"), "id": f"{b.base}/activity/1"}
    told = club.announce(forged)
    club.send(c.inbox, told)
    eventually(lambda: c.inbox_state(told) in ("refused", "applied"), 20, "a forged one")
    for node in (a, b, c):
        check.equal(_answer_on(node, uri), one, f"still the answer on {node.host}")
    # Not even the author, where the group is not: it has to be asked.
    check.equal(_seen(c, uri)["answer_chosen_by"]["acct"], f"bea@{b.host}", "chosen by")


def test_who_is_banned_says_nothing():
    _, asker, garden, uri = _peer_author()
    one = _comment(mem, a, uri, "An answer")
    on_a = a.sql("SELECT id FROM actor WHERE ap_id = ?", asker.id)[0]["id"]
    ann.request("POST", f"{KITH}/groups/{at[a]}/moderation", {"kind": "ban", "account_id": str(on_a), "reason": "x"}).expect(200)
    word = _word(asker, one, garden)
    asker.send(a.inbox, word)
    eventually(lambda: a.inbox_state(word) == "refused", 20, "the refusal")
    check.equal(_answer_on(a, uri), None, "no answer")


if __name__ == "__main__":
    run(globals())
