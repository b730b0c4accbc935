"""How a group is kept, on two nodes: settings, rules, labels, who finds and who reads it, and collections of groups, as
the moderators made them on A and as B sees them."""

from urllib.parse import quote

from framework import ap, api, check, pictures
from framework.case import run
from framework.check import eventually
from framework.node import Node
from framework.peer import Peer

KITH, V4 = "/api/kith/v1", "/api/v4"


def setup():
    global a, b, ann, bob, bea, nobody, garden, on_b
    a, b = Node().start(), Node().start()
    ann, bob, bea = a.add_user("ann"), a.add_user("bob"), b.add_user("bea")
    nobody = api.Client(a.url, host=a.host)
    garden = _v4(ann, "POST", "/community", name="garden", title="The garden", nsfw=True, summary="Plants")["community_view"]["community"]["id"]
    bea.follow_accepted(f"garden@{a.host}")
    on_b = int(bea.find_account(f"garden@{a.host}")["id"])


def _ask(client, verb, path, **form):
    query = "&".join(f"{k}={quote(str(v))}" for k, v in form.items())
    return client.request(verb, V4 + path + (f"?{query}" if verb == "GET" and query else ""), body=None if verb == "GET" else form)


def _v4(client, verb, path, **form):
    return _ask(client, verb, path, **form).expect(200).json


def _settings(client, status=200, group=None, **form):
    return client.request("PATCH", f"{KITH}/groups/{group or garden}", body=form).expect(status).json


def _log():
    return [line["reason"] for line in nobody.get(f"{KITH}/groups/{garden}/moderation_log", limit=50) if line["kind"] == "change_group"]


def _community(client, group):
    return _v4(client, "GET", "/community", id=group)


def _thread(client, group, name, status=200, **more):
    return _ask(client, "POST", "/post", community_id=group, name=name, **more).expect(status).json


def _on_b(uri):
    return eventually(lambda: b.sql("SELECT id FROM post WHERE ap_id = ?", uri), 20, f"{uri} on B")[0]["id"]


def test_settings_are_seen_on_the_other_node_and_in_the_log():
    _settings(ann, languages=["en", "de"], welcome="Welcome!", default_sort="new", posting="members", description="*Old* and new")
    read = nobody.get(f"{KITH}/groups/{garden}")
    check.equal((read["languages"], read["sensitive"], read["posting"], read["summary"]), (["en", "de"], True, "members", "Plants"), "on A")
    check.true(any("languages: en de" in line and "welcome" in line for line in _log()), f"in the log: {_log()}")
    _settings(ann, posting="everyone")
    there = eventually(lambda: (lambda c: c if c["discussion_languages"] == [0, 37, 32] else None)(_community(bea, on_b)), 20, "languages on B")
    seen = there["community_view"]["community"]
    check.equal((seen["summary"], seen["nsfw"], seen["sidebar"]), ("Plants", True, "*Old* and new"), "on B")
    check.equal(_thread(ann, garden, "Bonjour", 422, language_id=47)["message"], "Validation failed: this language is not spoken in the group", "French")
    _thread(ann, garden, "Guten Tag", language_id=32)
    for form in ({"visibility": "odd"}, {"summary": "two\nlines"}, {"default_sort": "odd"}, {"questions": ["x"] * 6}, {"founders": ["1"]}):
        _settings(ann, 422, **form)
    _settings(bob, 403, title="Mine")
    document = nobody.request("GET", "/c/garden", headers={"Accept": "application/activity+json"}).json
    check.equal((document["description"], document["sensitive"], [x["identifier"] for x in document["language"]], document["discoverable"]),
                ("Plants", True, ["en", "de"], True), "the document")
    _settings(ann, languages=[""])


def test_pictures_rules_and_founders():
    image = {"image": pictures.png(64, 64)}
    check.equal(bob.upload("POST", f"{V4}/community/icon?id={garden}", image).status, 403, "not a moderator")
    icon = ann.upload("POST", f"{V4}/community/icon?id={garden}", image).expect(200).json["image_url"]
    eventually(lambda: b.sql("SELECT avatar_url FROM actor WHERE id = ?", on_b) == [{"avatar_url": icon}], 20, "the icon on B")
    rules = [ann.request("POST", f"{KITH}/groups/{garden}/rules", body={"text": text}).expect(200).json for text in ("Be *kind*", "No ads")]
    ann.request("PUT", f"{KITH}/groups/{garden}/rules/{rules[0]['id']}", body={"position": 9}).expect(200)
    shown = nobody.get(f"{KITH}/groups/{garden}")["rules"]
    check.equal([(r["id"], r["text"]) for r in shown], [(rules[1]["id"], "No ads"), (rules[0]["id"], "Be *kind*")], "in their order")
    check.contains(shown[1]["html"], "<em>kind</em>", "as markdown")
    post = _thread(bob, garden, "Buy!")["post_view"]["post"]["id"]
    act = ann.request("POST", f"{KITH}/groups/{garden}/moderation", {"kind": "remove_post", "status_id": post, "rule_id": rules[1]["id"]}).expect(200).json
    check.equal(act["reason"], "No ads", "a rule is named")
    me = ann.me()["id"]
    check.equal([f["acct"] for f in _settings(ann, founders=[me])["founders"]], ["ann"], "founders")
    ann.request("DELETE", f"{KITH}/groups/{garden}/rules/{rules[1]['id']}").expect(200)
    bob.request("POST", f"{KITH}/groups/{garden}/rules", body={"text": "Mine"}).expect(403)
    check.true({"icon", "founders", "a rule taken out: No ads"} <= set(_log()), f"each in the log: {_log()}")


def test_who_joins_is_asked_and_welcomed():
    club = _v4(ann, "POST", "/community", name="club", visibility="private")["community_view"]["community"]["id"]
    _settings(ann, group=club, questions=["Why?"], welcome="Read the rules first.")
    bob.request("POST", f"{KITH}/groups/{club}/join", body={"answers": []}).expect(422)
    check.equal(bob.request("POST", f"{KITH}/groups/{club}/join", body={"answers": ["I like clubs"]}).expect(200).json, {"state": "asked"}, "asked")
    waiting = ann.get(f"{KITH}/groups/{club}/requests")
    check.equal([(w["account"]["acct"], w["answers"]) for w in waiting], [("bob", ["I like clubs"])], "read by moderators")
    bob.request("GET", f"{KITH}/groups/{club}/requests").expect(403)
    _settings(ann, 422, group=club, approval=False)
    secret = _thread(ann, club, "For members")["post_view"]["post"]
    check.equal([_ask(who, "GET", "/post", id=secret["id"]).status for who in (nobody, bob)], [404, 404], "members only")
    _v4(ann, "POST", "/community/pending_follows/approve", community_id=club, follower_id=int(bob.me()["id"]), approve=True)
    check.equal(_ask(bob, "GET", "/post", id=secret["id"]).status, 200, "a member")
    welcome = eventually(lambda: [n for n in bob.notifications("mention") if "Read the rules first." in n["status"]["content"]], 20, "a welcome")
    check.equal((len(welcome), welcome[0]["status"]["visibility"], welcome[0]["account"]["acct"]), (1, "direct", "club"), "a message from the group")


def test_labels_come_to_the_other_node():
    tag = _v4(ann, "POST", "/community/tag", community_id=garden, name="Question", display_name="A question", color="color03")
    check.equal((tag["name"], tag["color"], tag["ap_id"]), ("question", "color03", f"{a.base}/c/garden/tag/question"), "made")
    _ask(ann, "POST", "/community/tag", community_id=garden, name="question").expect(409)
    _ask(bob, "POST", "/community/tag", community_id=garden, name="mine").expect(403)
    there = eventually(lambda: _community(bea, on_b)["community_view"]["tags"], 20, "the tag on B")
    check.equal((there[0]["ap_id"], there[0]["display_name"], there[0]["color"]), (tag["ap_id"], "A question", "color03"), "the same")
    post = _thread(bob, garden, "Which soil?", tags=[tag["id"]])["post_view"]
    check.equal([t["id"] for t in post["tags"]], [tag["id"]], "labelled")
    copy = _on_b(post["post"]["ap_id"])
    check.equal([t["ap_id"] for t in _v4(bea, "GET", "/post", id=copy)["post_view"]["tags"]], [tag["ap_id"]], "labelled on B")
    # From B to A, by its author there.
    own = _thread(bea, on_b, "Which seeds?", tags=[there[0]["id"]])["post_view"]["post"]["ap_id"]
    at_a = eventually(lambda: a.sql("SELECT id FROM post WHERE ap_id = ?", own), 20, "a thread from B")[0]["id"]
    check.equal([t["id"] for t in _v4(nobody, "GET", "/post", id=at_a)["post_view"]["tags"]], [tag["id"]], "labelled on A")
    found = [p["post"]["id"] for p in _v4(nobody, "GET", "/post/list", community_id=garden, tag_id=tag["id"], sort="new")["items"]]
    check.equal(sorted(found), sorted([post["post"]["id"], at_a]), "found by it")
    _ask(bob, "PUT", "/post/mod_edit", post_id=post["post"]["id"], tags=[]).expect(403)
    votes = _v4(ann, "GET", "/post/like/list", post_id=post["post"]["id"])["items"]
    check.equal([(v["creator"]["name"], v["is_upvote"]) for v in votes], [("bob", True)], "votes, for moderators")
    check.equal(_ask(bob, "GET", "/post/like/list", post_id=post["post"]["id"]).status, 403, "and for nobody else")
    check.equal(_ask(ann, "GET", "/comment/like/list", comment_id=1).status, 404, "of no comment")
    check.equal(_v4(ann, "PUT", "/post/mod_edit", post_id=post["post"]["id"], tags=[])["post_view"]["tags"], [], "taken off by a moderator")
    eventually(lambda: not _v4(bea, "GET", "/post", id=copy)["post_view"]["tags"], 20, "taken off on B")
    document = nobody.request("GET", "/c/garden/tag/question", headers={"Accept": "application/activity+json"}).expect(200).json
    check.equal((document["type"], document["name"], document["preferredUsername"]), ("CommunityPostTag", "A question", "question"), "its document")
    _v4(ann, "DELETE", "/community/tag", tag_id=tag["id"], delete=True)
    eventually(lambda: not _community(bea, on_b)["community_view"]["tags"], 20, "gone on B")


def test_labels_of_moderators_on_threads_from_elsewhere_reach_the_others():
    tags = [_v4(ann, "POST", "/community/tag", community_id=garden, name=name) for name in ("solved", "urgent")]
    on_b_tags = eventually(lambda: {t["ap_id"]: t["id"] for t in _community(bea, on_b)["community_view"]["tags"]
                                    if t["name"] in ("solved", "urgent")} if b.count("group_tag", "name IN ('solved', 'urgent')") == 2 else None, 20, "labels on B")
    uri = _thread(bea, on_b, "From B")["post_view"]["post"]["ap_id"]
    at_a = eventually(lambda: a.sql("SELECT id FROM post WHERE ap_id = ?", uri), 20, "the thread on A")[0]["id"]

    def shown(client, node):
        id = node.sql("SELECT id FROM post WHERE ap_id = ?", uri)[0]["id"]
        return sorted(t["ap_id"] for t in _v4(client, "GET", "/post", id=id)["post_view"]["tags"])

    both = sorted(t["ap_id"] for t in tags)
    _v4(ann, "PUT", "/post/mod_edit", post_id=at_a, tags=[t["id"] for t in tags])
    eventually(lambda: shown(bea, b) == both, 20, "both labels on B")
    document = b.client("bea").request("GET", uri.removeprefix(b.base), headers={"Accept": "application/activity+json"}).expect(200).json
    check.equal(sorted(t["id"] for t in document["tag"] if t["type"] == "CommunityPostTag"), both, "in the thread's document")
    _v4(ann, "PUT", "/post/mod_edit", post_id=at_a, tags=[tags[1]["id"]])
    eventually(lambda: shown(bea, b) == [tags[1]["ap_id"]], 20, "one is taken off")
    # A moderator on B labels a thread of A, through A.
    ann.request("POST", f"{KITH}/groups/{garden}/moderation",
                {"kind": "add_moderator", "account_id": ann.find_account(f"bea@{b.host}")["id"], "reason": "x"}).expect(200)
    eventually(lambda: b.count("remote_moderator") == 2, 20, "B knows its moderator")
    own = _thread(bob, garden, "From A")["post_view"]["post"]
    copy = _on_b(own["ap_id"])
    _v4(bea, "PUT", "/post/mod_edit", post_id=copy, tags=[on_b_tags[tags[0]["ap_id"]]])
    eventually(lambda: [t["id"] for t in _v4(ann, "GET", "/post", id=own["id"])["post_view"]["tags"]] == [tags[0]["id"]], 20, "labelled on A")
    check.true(any("tags of a post: solved" in line for line in _log()), f"in the log: {_log()}")
    # A stranger labels nothing, there or here.
    eve = Peer().actor("eve")
    for kind, tag in (("Add", tags[1]), ("Remove", tags[0])):
        act = eve.activity(kind, own["ap_id"], target=tag["ap_id"], to=[ap.PUBLIC], cc=[a.group_id("garden")])
        for node in (a, b):
            eve.send(node.inbox, act)
            eventually(lambda: node.inbox_state(act) == "refused", 20, f"{kind} is refused on {node.host}")
    check.equal([t["id"] for t in _v4(ann, "GET", "/post", id=own["id"])["post_view"]["tags"]], [tags[0]["id"]], "as it was")


def test_what_is_for_this_node_does_not_leave_it():
    home = _v4(ann, "POST", "/community", name="home", visibility="local_only_private")["community_view"]["community"]
    check.equal(home["visibility"], "local_only_private", "made")
    post = _thread(bob, home["id"], f"Only here, @bea@{b.host}", body=f"@bea@{b.host} you see nothing")["post_view"]["post"]
    ask = lambda client, path, **form: _ask(client, "GET", path, **form).status
    check.equal((ask(bob, "/post", id=post["id"]), ask(nobody, "/post", id=post["id"]), ask(nobody, "/community", id=home["id"]),
                 ask(nobody, "/community", name="home"), nobody.request("GET", f"/api/v1/accounts/{home['id']}").status), (200, 404, 404, 404, 404), "who")
    for path in ("/c/home", "/c/home/outbox", "/.well-known/webfinger?resource=acct:home@" + a.host, f"/post/{post['id']}"):
        check.equal(nobody.request("GET", path, headers={"Accept": "application/activity+json"}).status, 404, path)
    for path in ("/c/home/feed.atom", "/c/home/moderation", "/c/home/thread", "/@home", f"{KITH}/groups/{home['id']}/team",
                 f"{KITH}/groups/{home['id']}/moderators", f"{KITH}/groups/{home['id']}"):
        check.equal(nobody.request("GET", path).status, 404, path)
    check.equal(len(bob.get(f"{KITH}/groups/{home['id']}/team")), 1, "its people know it")
    check.equal([c["community"]["name"] for c in _v4(nobody, "GET", "/community/list")["items"] if c["community"]["name"] == "home"], [], "in no list")
    check.equal(_ask(bea, "GET", "/resolve_object", q=f"!home@{a.host}").status, 404, "not found from B")
    # What was written after it is there, this is not: deliveries of one node keep their order.
    _on_b(_thread(bob, garden, "Open to all")["post_view"]["post"]["ap_id"])
    check.equal(b.count("post", "ap_id = ?", post["ap_id"]), 0, "it did not leave")


def test_a_group_leaves_the_lists_and_the_federation():
    _settings(ann, visibility="unlisted")
    names = lambda client: [c["community"]["name"] for c in _v4(client, "GET", "/community/list")["items"]]
    check.equal(("garden" in names(nobody), "garden" in names(bea)), (False, True), "unlisted on A at once")
    eventually(lambda: "garden" not in names(bea) and _community(bea, on_b)["community_view"]["community"]["visibility"] == "unlisted", 20, "on B")
    _settings(ann, visibility="public")
    eventually(lambda: "garden" in names(bea), 20, "back on B")


def test_an_archived_group_is_for_reading():
    post = _thread(bob, garden, "The last one")["post_view"]["post"]
    copy = _on_b(post["ap_id"])
    _settings(ann, archived=True)
    for client in (ann, bob):
        _thread(client, garden, "One more", 403)
        _ask(client, "POST", "/comment", post_id=post["id"], content="But").expect(403)
    _ask(bob, "POST", "/post/like", post_id=post["id"], is_upvote=False).expect(403)
    check.equal(_ask(nobody, "GET", "/post", id=post["id"]).status, 200, "read")
    eventually(lambda: _ask(bea, "POST", "/comment", post_id=copy, content="But").status == 403, 20, "refused on B")
    _thread(bea, on_b, "One more", 403)
    document = nobody.request("GET", "/c/garden", headers={"Accept": "application/activity+json"}).json
    check.equal((document["archived"], document["postingRestrictedToMods"]), (True, True), "told to others")
    _settings(ann, archived=False)
    _thread(bob, garden, "We go on")
    eventually(lambda: _ask(bea, "POST", "/comment", post_id=copy, content="Good").status == 200, 20, "open on B")


def test_a_collection_is_followed_from_elsewhere():
    kitchen = _v4(ann, "POST", "/community", name="kitchen")["community_view"]["community"]["id"]
    multi = _v4(ann, "POST", "/multi_community", name="green", title="All that is green", sidebar="*Green*")["multi_community_view"]["multi"]
    _v4(ann, "POST", "/multi_community/entry", id=multi["id"], community_id=garden)
    _ask(bob, "POST", "/multi_community/entry", id=multi["id"], community_id=kitchen).expect(403)
    _ask(ann, "POST", "/multi_community/entry", id=multi["id"], community_id=garden).expect(409)
    document = nobody.request("GET", "/m/green", headers={"Accept": "application/activity+json"}).expect(200).json
    check.equal((document["type"], document["name"], document["attributedTo"]), ("Feed", "All that is green", a.person_id("ann")), "a Feed")
    check.equal(nobody.request("GET", "/u/green", headers={"Accept": "application/activity+json"}).status, 404, "no person")
    listed = nobody.request("GET", "/m/green/following", headers={"Accept": "application/activity+json"}).json
    check.equal((listed["type"], listed["items"]), ("Collection", [a.group_id("garden")]), "its groups")
    found = _v4(bea, "GET", "/resolve_object", q=f"{a.base}/m/green")
    check.equal((found["type_"], found["multi"]["title"]), ("multi_community", "All that is green"), "found from B")
    there = found["multi"]["id"]
    _v4(bea, "POST", "/multi_community/follow", multi_community_id=there, follow=True)
    eventually(lambda: _v4(bea, "GET", "/multi_community", id=there)["multi_community_view"].get("follow_state") == "accepted", 20, "followed")
    read = lambda: _v4(bea, "GET", "/multi_community", id=there)["communities"]
    eventually(lambda: [c["community"]["id"] for c in read()] == [on_b], 20, "its groups on B")
    shown = _v4(bea, "GET", "/post/list", multi_community_id=there, sort="new")["items"]
    check.true(shown and all(p["community"]["id"] == on_b for p in shown), "their threads")
    _v4(ann, "POST", "/multi_community/entry", id=multi["id"], community_id=kitchen)
    eventually(lambda: len(read()) == 2, 20, "one more on B")
    _v4(ann, "PUT", "/multi_community", id=multi["id"], title="Green things")
    eventually(lambda: _v4(bea, "GET", "/multi_community", id=there)["multi_community_view"]["multi"]["title"] == "Green things", 20, "its title on B")
    mine = _v4(bea, "GET", "/multi_community/list", type_="subscribed")["items"]
    check.equal([m["multi"]["id"] for m in mine], [there], "listed")
    _v4(ann, "DELETE", "/multi_community/entry", id=multi["id"], community_id=kitchen)
    eventually(lambda: len(read()) == 1, 20, "one less on B")


if __name__ == "__main__":
    run(globals())
