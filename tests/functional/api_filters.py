"""Filters: their owner's alone; what they do to posts in each place that a client reads."""

import time

from framework import api, check
from framework.case import run
from framework.node import Node, VirtualClock

V2, V1 = "/api/v2/filters", "/api/v1/filters"
PLACES = ("home", "notifications", "public", "thread", "account")


def setup():
    global node, clock, alice, bob, anybody, narrow, bob_id
    clock = VirtualClock()
    node = Node(clock=clock).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)
    narrow = api.Client(node.url, node.token("alice", "read:search"), node.host)
    alice.follow_accepted("bob")
    bob_id = bob.me()["id"]


def _refused_to_others(verb, path, form=None):
    bob.request(verb, path, form).error(404)
    anybody.request(verb, path, form).error(401)
    narrow.request(verb, path, form).error(403)


def _clear():
    for made in alice.get(V2):
        alice.delete(f"{V2}/{made['id']}")


def test_a_filter_and_whose_it_is():
    made = alice.post(V2, body={"title": "food", "context": ["home", "thread"], "filter_action": "blur",
                                "expires_in": 3600,
                                "keywords_attributes": [{"keyword": "Ham", "whole_word": False}, {"keyword": "eggs"}]})
    check.equal((made["title"], made["context"], made["filter_action"]), ("food", ["home", "thread"], "blur"), "made")
    check.true(made["expires_at"].endswith("Z"), "it ends")
    check.equal([(k["keyword"], k["whole_word"]) for k in made["keywords"]], [("Ham", False), ("eggs", True)], "keywords")
    check.equal(made["statuses"], [], "no statuses")
    path = f"{V2}/{made['id']}"
    check.equal(alice.get(path), made, "read back")
    check.equal(alice.get(V2), [made], "all of hers")
    check.equal(bob.get(V2), [], "none of bob's")
    for verb in ("GET", "PUT", "DELETE"):
        _refused_to_others(verb, path, {"title": "mine"} if verb == "PUT" else None)

    ham, eggs = (k["id"] for k in made["keywords"])
    changed = alice.put(path, body={
        "title": "meals", "context": ["public"], "filter_action": "hide", "expires_in": "",
        "keywords_attributes": [{"id": ham, "keyword": "bacon"}, {"id": eggs, "_destroy": True}, {"keyword": "toast"}]})
    check.equal((changed["title"], changed["context"], changed["filter_action"], changed["expires_at"]),
                ("meals", ["public"], "hide", None), "changed")
    check.equal([(k["keyword"], k["whole_word"]) for k in changed["keywords"]], [("bacon", False), ("toast", True)],
                "keywords changed, removed, added")
    other = alice.post(V2, {"title": "other", "context[]": "home"})
    alice.request("PUT", f"{V2}/{other['id']}", body={"keywords_attributes": [{"id": ham, "keyword": "x"}]}).error(404)
    check.equal(alice.delete(path), {}, "deleted")
    alice.request("GET", path).error(404)
    check.equal([f["id"] for f in alice.get(V2)], [other["id"]], "the other stays")
    _clear()


def test_what_cannot_be_a_filter_is_refused():
    good = {"title": "x", "context[]": "home"}
    for bad in ({"title": ""}, {"title": "  "}, {"title": "x" * 257}, {"context[]": "nowhere"},
                {"filter_action": "eat"}, {"expires_in": "soon"}, {"expires_in": "-5"},
                {"keywords_attributes[][keyword]": " "}, {"keywords_attributes[][keyword]": "k" * 513}):
        alice.request("POST", V2, {**good, **bad}).error(422)
    alice.request("POST", V2, {"title": "no context"}).error(422)
    check.equal(alice.get(V2), [], "none was made")


def test_keywords_and_statuses_one_by_one():
    made = alice.post(V2, {"title": "x", "context[]": "home"})
    path = f"{V2}/{made['id']}"
    keyword = alice.post(path + "/keywords", {"keyword": "ham"})
    check.equal(alice.get(path + "/keywords"), [keyword], "keywords")
    one = f"{V2}/keywords/{keyword['id']}"
    check.equal(alice.get(one), keyword, "one keyword")
    check.equal(alice.put(one, {"keyword": "spam", "whole_word": "false"}),
                {"id": keyword["id"], "keyword": "spam", "whole_word": False}, "changed")
    post = bob.status("any words")
    status = alice.post(path + "/statuses", {"status_id": post["id"]})
    check.equal(status, {"id": status["id"], "status_id": post["id"]}, "a status")
    check.equal(alice.get(path + "/statuses"), [status], "statuses")
    check.equal(alice.get(f"{V2}/statuses/{status['id']}"), status, "one status")
    alice.request("POST", path + "/statuses", {"status_id": post["id"]}).error(422)
    alice.request("POST", path + "/statuses", {}).error(422)
    private = bob.status("for bob", visibility="direct")
    alice.request("POST", path + "/statuses", {"status_id": private["id"]}).error(404)
    whole = alice.get(path)
    check.equal(([k["keyword"] for k in whole["keywords"]], [s["status_id"] for s in whole["statuses"]]),
                (["spam"], [post["id"]]), "the filter has both")
    for verb, target, form in (("GET", path + "/keywords", None), ("POST", path + "/keywords", {"keyword": "a"}),
                               ("GET", one, None), ("PUT", one, {"keyword": "a"}), ("DELETE", one, None),
                               ("GET", path + "/statuses", None),
                               ("POST", path + "/statuses", {"status_id": post["id"]}),
                               ("GET", f"{V2}/statuses/{status['id']}", None),
                               ("DELETE", f"{V2}/statuses/{status['id']}", None)):
        _refused_to_others(verb, target, form)
    found = [s for s in alice.home() if s["id"] == post["id"]][0]["filtered"]
    check.equal([(f["filter"]["id"], f["keyword_matches"], f["status_matches"]) for f in found],
                [(made["id"], None, [post["id"]])], "by status")
    check.equal(alice.delete(f"{V2}/statuses/{status['id']}"), {}, "removed")
    check.equal(alice.delete(one), {}, "removed")
    check.equal((alice.get(path)["keywords"], alice.get(path)["statuses"]), ([], []), "empty again")
    _clear()


def _shown(post, alone, asking):
    """Where somebody sees a reply, and in public a post alone: in each place its `filtered`, or None where it is
    not shown."""
    def of(statuses, which=post):
        return next((s["filtered"] for s in statuses if s["id"] == which["id"]), None)
    mentions = [n["status"] for n in asking.get("/api/v1/notifications") if n["type"] == "mention"]
    return {"home": of(asking.home()), "public": of(asking.get("/api/v1/timelines/public"), alone),
            "account": of(asking.get(f"/api/v1/accounts/{bob_id}/statuses")), "notifications": of(mentions),
            "thread": of(asking.context(post["in_reply_to_id"])["descendants"])}


def test_what_is_filtered_where():
    root = alice.status("what is for lunch?")
    post = bob.status("@alice Straße with HAM", in_reply_to_id=root["id"])
    alone = bob.status("STRASSE and ham")
    made = alice.post(V2, body={"title": "food", "context": ["home"],
                                "keywords_attributes": [{"keyword": "ham"}, {"keyword": "strasse"}]})
    for place, filtered in _shown(post, alone, alice).items():
        check.equal([(f["filter"]["title"], f["keyword_matches"], f["status_matches"]) for f in filtered],
                    [("food", ["ham", "strasse"], None)], f"told in {place}, whatever its context")
        check.true("keywords" not in filtered[0]["filter"], "the match alone is told")
    check.equal(_shown(post, alone, bob)["public"], [], "nobody else's")
    check.true("filtered" not in anybody.get(f"/api/v1/statuses/{post['id']}"), "nor told to nobody")
    for hidden in PLACES:
        alice.put(f"{V2}/{made['id']}", body={"context": [hidden], "filter_action": "hide"})
        shown = _shown(post, alone, alice)
        check.equal([place for place in PLACES if shown[place] is None], [hidden], "hidden there only")
    check.equal(len(alice.get(f"/api/v1/statuses/{post['id']}")["filtered"]), 1, "asked for by id it is shown")
    _clear()
    check.equal(_shown(post, alone, alice)["home"], [], "no filter any more")


def test_parts_of_a_post_and_words():
    alice.post(V2, body={"title": "f", "context": PLACES, "keywords_attributes": [
        {"keyword": "cat"}, {"keyword": "dog", "whole_word": False}]})
    for words, matches in (({"status": "concatenate"}, None), ({"status": "a cat."}, ["cat"]),
                           ({"status": "my hotdogs"}, ["dog"]), ({"status": "x", "spoiler_text": "Cat"}, ["cat"]),
                           ({"status": "nothing"}, None)):
        post = bob.post("/api/v1/statuses", words)
        found = alice.get(f"/api/v1/statuses/{post['id']}")["filtered"]
        check.equal(found[0]["keyword_matches"] if found else None, matches, f"{words}")
    poll = bob.post("/api/v1/statuses", body={"status": "vote", "poll": {"options": ["dog", "bird"], "expires_in": 3600}})
    check.equal(alice.get(f"/api/v1/statuses/{poll['id']}")["filtered"][0]["keyword_matches"], ["dog"], "an option")
    own = alice.status("my own cat")
    check.equal(alice.get(f"/api/v1/statuses/{own['id']}")["filtered"], [], "one's own post")
    _clear()


def test_a_filter_ends():
    post = bob.status("@alice about turnips")
    alice.post(V2, body={"title": "f", "context": ["home"], "filter_action": "hide", "expires_in": 60,
                         "keywords_attributes": [{"keyword": "turnips"}]})
    check.true(post["id"] not in [s["id"] for s in alice.home()], "hidden")
    clock.advance(61)
    check.true(post["id"] in [s["id"] for s in alice.home()], "its time is over")
    check.equal(alice.get(f"/api/v1/statuses/{post['id']}")["filtered"], [], "not told any more")
    check.equal(len(alice.get(V2)), 1, "still listed, to be renewed")
    _clear()


def test_an_end_that_is_taken_back():
    _clear()
    made = alice.post(V2, body={"title": "t", "context": ["home"], "expires_in": 3600, "keywords_attributes": [{"keyword": "k"}]})
    path = f"{V2}/{made['id']}"
    for never in ({"body": {"expires_in": None}}, {"form": {"expires_in": ""}}):
        check.true(alice.put(path, {"expires_in": 60})["expires_at"], "it ends")
        check.true(alice.request("PUT", path, body={"title": "u"}).expect(200).json["expires_at"], "not named, it stays")
        check.equal(alice.put(path, **never)["expires_at"], None, f"never, by {never}")
    # Of a filter that is over clients send what is left of it.
    over = alice.put(path, body={"title": "over", "expires_in": -50})
    check.equal((over["title"], over["expires_at"] < _now()), ("over", True), "it stays over")
    _clear()


def _now():
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(clock.now_ms / 1000))


def test_the_first_version():
    made = alice.post(V1, {"phrase": "ham", "context[]": "home", "irreversible": "true", "whole_word": "false"})
    check.equal((made["phrase"], made["context"], made["irreversible"], made["whole_word"], made["expires_at"]),
                ("ham", ["home"], True, False, None), "made")
    path = f"{V1}/{made['id']}"
    check.equal(alice.get(path), made, "read back")
    check.equal(alice.get(V1), [made], "listed")
    check.equal(bob.get(V1), [], "bob has none")
    for verb in ("GET", "PUT", "DELETE"):
        _refused_to_others(verb, path, {"phrase": "x", "context[]": "home"} if verb == "PUT" else None)
    second = alice.get(V2)[0]
    check.equal((second["title"], second["filter_action"], second["keywords"][0]["id"]), ("ham", "hide", made["id"]),
                "one keyword of a filter")
    changed = alice.put(path, {"phrase": "bacon", "context[]": "public", "irreversible": "false"})
    check.equal((changed["phrase"], changed["context"], changed["irreversible"]), ("bacon", ["public"], False), "changed")
    alice.post(f"{V2}/{second['id']}/keywords", {"keyword": "eggs"})
    check.equal([f["phrase"] for f in alice.get(V1)], ["bacon", "eggs"], "each keyword is one")
    alice.request("PUT", path, {"phrase": "bacon", "context[]": "home"}).error(422)
    check.equal(alice.put(path, {"phrase": "toast", "context[]": "public"})["phrase"], "toast", "its own word may change")
    alice.delete(path)
    check.equal([f["phrase"] for f in alice.get(V1)], ["eggs"], "the filter stays for the other")
    alice.delete(f"{V1}/{alice.get(V1)[0]['id']}")
    check.equal(alice.get(V2), [], "with its last keyword it goes")
    for bad in ({}, {"phrase": "x"}, {"phrase": "", "context[]": "home"}, {"phrase": "x", "context[]": "no"}):
        alice.request("POST", V1, bad).error(422)


if __name__ == "__main__":
    run(globals())
