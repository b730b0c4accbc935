"""Lemmy's API as people read and moderate by it: which filters hold, that trees and pages hold together, what is
counted, and that refusals have the words that apps know."""

from urllib.parse import quote

from framework import api, check
from framework.case import run
from framework.node import PASSWORD, Node

V3, V4 = "/api/v3", "/api/v4"


def setup():
    global node, ann, bob, cat, anybody, ids
    node = Node(config={"registration.mode": "open", "registration.confirm_email": False}).start()
    ann, bob, cat = (node.add_user(name) for name in ("ann", "bob", "cat"))
    anybody = api.Client(node.url, host=node.host)
    ids = {name: int(who.me()["id"]) for name, who in (("ann", ann), ("bob", bob), ("cat", cat))}


def _ask(client, verb, path, root=V4, **form):
    query = "&".join(f"{k}={quote(str(v))}" for k, v in form.items())
    return client.request(verb, root + path + (f"?{query}" if verb == "GET" and query else ""), body=None if verb == "GET" else form)


def _made(client, verb, path, root=V4, **form):
    return _ask(client, verb, path, root, **form).expect(200).json


def _group(name, *members, **form):
    id = _made(ann, "POST", "/community", name=name, title=name, **form)["community_view"]["community"]["id"]
    for who in members or (bob, cat):
        _made(who, "POST", "/community/follow", community_id=id, follow=True)
    return id


def _thread(who, group, name, **form):
    return _made(who, "POST", "/post", community_id=group, name=name, **form)["post_view"]["post"]["id"]


def _says(who, post, content, parent=None):
    form = {"parent_id": parent} if parent else {}
    return _made(who, "POST", "/comment", post_id=post, content=content, **form)["comment_view"]["comment"]["id"]


def _names(items):
    return [item["post"]["name"] for item in items]


def _threads(client, **form):
    return _names(_made(client, "GET", "/post/list", **form)["items"])


def _comments(client, **form):
    return [item["comment"] for item in _made(client, "GET", "/comment/list", **form)["items"]]


def _texts(client, **form):
    return [comment["content"] for comment in _comments(client, **form)]


def test_a_message_reaches_whom_it_is_sent_to():
    def sent(content):
        return _made(ann, "POST", "/private_message", recipient_id=ids["bob"], content=content)["private_message_view"]["private_message"]
    about_cat = sent("I think @cat is odd")
    sent("@cat told me")
    sent("@bob, are you there?")
    sent("- one\n- two")
    got = [m["private_message"]["content"] for m in _made(bob, "GET", "/private_message/list", V3)["private_messages"]]
    check.equal(got, ["- one\n- two", "@bob, are you there?", "@cat told me", "I think @cat is odd"], "what was written, in whole")
    _made(ann, "PUT", "/private_message", private_message_id=about_cat["id"], content="I still think @cat is odd")
    check.equal(_made(cat, "GET", "/private_message/list", V3)["private_messages"], [], "nobody else's letter")
    check.equal(_made(cat, "GET", "/account/notification/list")["items"], [], "nobody else is told")
    check.equal(cat.get("/api/v1/notifications"), [], "nor at the other door")
    check.equal(cat.request("GET", f"/api/v1/statuses/{about_cat['id']}").status, 404, "nor may they read it")
    answer = _ask(ann, "DELETE", "/private_message", private_message_id=about_cat["id"], deleted=False)
    check.equal(answer.status, 422, "deleting is not taken back")
    last = _made(bob, "GET", "/private_message/list", V3)["private_messages"][-1]["private_message"]
    check.equal((last["content"], last["deleted"]), ("I still think @cat is odd", False), "and does not happen by that")


def test_what_a_group_shows_first_stands_first():
    garden = _group("garden")
    threads = [_thread(ann, garden, f"garden {i}") for i in range(6)]
    for at in (1, 4):
        _made(ann, "POST", "/post/feature", post_id=threads[at], featured=True, feature_type="community", reason="worth it")
    rest = ["garden 5", "garden 3", "garden 2", "garden 0"]
    check.equal(_threads(bob, community_id=garden, sort="new"), ["garden 4", "garden 1", *rest], "above the others")
    check.equal(_names(_made(bob, "GET", "/post/list", V3, community_id=garden, sort="New")["posts"]), ["garden 4", "garden 1", *rest], "in v3")
    check.equal(_threads(bob, community_id=garden, sort="old")[:2], ["garden 1", "garden 4"], "in the order asked for")
    check.equal([n for n in _threads(bob, sort="new") if n.startswith("garden")], [f"garden {i}" for i in range(5, -1, -1)], "not among all groups")
    # All have the same score: no page repeats or leaves out one, whatever comes meanwhile.
    seen, cursor = [], {}
    for turn in range(9):
        page = _made(bob, "GET", "/post/list", community_id=garden, sort="top", limit=2, **cursor)
        seen += _names(page["items"])
        if turn == 0:
            _thread(ann, garden, "came later")
        if "next_page" not in page:
            break
        cursor = {"page_cursor": page["next_page"]}
    check.equal(sorted(seen), sorted(["garden 4", "garden 1", *rest]), "each once")
    numbered = [_names(_made(bob, "GET", "/post/list", V3, community_id=garden, sort="New", limit=2, page=n)["posts"]) for n in (1, 2)]
    check.equal(numbered, [["garden 4", "garden 1", "came later", "garden 5"], ["garden 3", "garden 2"]], "by number")


def test_threads_are_filtered_as_asked():
    group = _group("filters")
    mine, theirs = _thread(ann, group, "by ann"), _thread(bob, group, "by bob")
    _thread(bob, group, "marked", nsfw=True)
    _says(cat, mine, "a word")
    check.equal(_threads(cat, creator_id=ids["bob"], sort="new")[:2], ["marked", "by bob"], "of one author")
    check.equal(_threads(cat, creator_username="ann", community_id=group, sort="new"), ["by ann"], "by name, in one group")
    check.equal(_threads(cat, community_name=f"filters@{node.host}", no_comments_only=True, sort="new"), ["marked", "by bob"], "of which nobody spoke")
    check.equal(_threads(anybody, community_id=group, show_nsfw=False, sort="new"), ["by bob", "by ann"], "without what is marked")
    _made(cat, "PUT", "/account/settings/save", show_nsfw=False)
    check.true("marked" not in _threads(cat, sort="new"), "as the member set it")
    check.true("marked" in _threads(cat, sort="new", show_nsfw=True), "or as asked for")
    check.true("marked" not in _names(_made(cat, "GET", "/post/list", V3, sort="New")["posts"]), "in v3, too")
    _made(cat, "PUT", "/account/settings/save", show_nsfw=True)
    _threads(cat, community_id=group, sort="new", mark_as_read=True)
    check.equal(_threads(cat, community_id=group, sort="new", show_read=False), [], "all were fetched, and so read")
    check.equal(len(_made(bob, "GET", "/person/content", username="bob", community_name="filters")["items"]), 2, "what one said in one group")
    later = _ask(bob, "POST", "/post", community_id=group, name="another day", scheduled_publish_time_at=4102444800)
    check.equal((later.status, "another day" in _threads(bob, sort="new")), (422, False), "not posted now, where later was asked for")
    check.equal(_ask(bob, "POST", "/post", community_id=group, name="bait", honeypot="x").json["error"], "honeypot_failed", "programs")
    check.equal(_made(bob, "GET", "/post", id=theirs)["post_view"]["post"]["name"], "by bob", "still there")


def test_a_thread_that_is_opened_is_read():
    thread = _thread(ann, _group("opened"), "a story")
    _says(ann, thread, "first")
    check.true("read_at" not in _made(bob, "GET", "/post/list", community_name="opened")["items"][0]["post_actions"], "not yet")
    actions = _made(bob, "GET", "/post", id=thread)["post_view"]["post_actions"]
    check.equal(("read_at" in actions, actions["read_comments_amount"]), (True, 0), "read, and what is said below is new to him")
    check.equal(_made(bob, "GET", "/post/list", community_name="opened")["items"][0]["post_actions"]["read_comments_amount"], 1, "until now")
    _says(ann, thread, "second")
    check.equal(_made(bob, "GET", "/post", V3, id=thread)["post_view"]["unread_comments"], 1, "what came since")
    check.equal(_made(bob, "GET", "/post", V3, id=thread)["post_view"]["unread_comments"], 0, "and was shown")


def test_a_branch_is_given_alone():
    thread = _thread(ann, _group("branches"), "much to say")
    a = _says(bob, thread, "a")
    b = _says(cat, thread, "b", a)
    c = _says(ann, thread, "c", b)
    _says(bob, thread, "d", c)
    e = _says(cat, thread, "e")
    other = _thread(ann, _group("elsewhere"), "little to say")
    _says(ann, other, "f")
    for form in ({"parent_id": b}, {"parent_id": b, "post_id": thread}):
        check.equal(_texts(bob, **form, max_depth=8, sort="new"), ["b", "c", "d"], f"from its first comment on: {form}")
        check.equal(_texts(bob, **form, max_depth=1, sort="new"), ["b", "c"], "one level below")
    check.equal(sorted(_texts(bob, post_id=thread, max_depth=1)), ["a", "e"], "the first level")
    check.equal(sorted(_texts(bob, post_id=thread, max_depth=2)), ["a", "b", "e"], "two of them")
    check.equal(_texts(bob, post_id=thread, max_depth=8, sort="old", limit=1), ["a", "e", "b", "c", "d"], "a tree is given whole, the upper levels first")
    slim = [item["comment"]["content"] for item in _made(bob, "GET", "/comment/list/slim", parent_id=c, max_depth=2)["items"]]
    check.equal(slim, ["c", "d"], "in the short form")
    counts = {comment["content"]: comment["child_count"] for comment in _comments(bob, post_id=thread)}
    check.equal(counts, {"a": 3, "b": 2, "c": 1, "d": 0, "e": 0}, "all that is below is counted")
    kim = node.add_user("kim")
    _made(kim, "POST", "/community/follow", community_id=_made(kim, "GET", "/community", name="elsewhere")["community_view"]["community"]["id"])
    check.equal(_texts(kim, type_="subscribed"), ["f"], "in groups that she follows")
    check.equal(_texts(anybody, parent_id=1), [], "below nothing")
    check.true(e != a, "two branches")


def test_a_tree_holds_together_without_what_is_gone():
    thread = _thread(ann, _group("gaps"), "with gaps")
    a = _says(bob, thread, "aword")
    b = _says(cat, thread, "bword", a)
    c = _says(ann, thread, "cword", b)
    alone = _says(cat, thread, "lonelyword")
    _made(cat, "DELETE", "/comment", comment_id=b, deleted=True)
    _made(ann, "POST", "/comment/remove", comment_id=a, removed=True, reason="rude")
    _made(cat, "DELETE", "/comment", comment_id=alone, deleted=True)
    for who in (anybody, ann, cat):
        tree = _comments(who, post_id=thread, max_depth=8, sort="old")
        check.equal([(t["id"], t["content"], t["removed"], t["deleted"]) for t in tree],
                    [(a, "", True, False), (b, "", False, True), (c, "cword", False, False)], "a place without words, where an answer needs it")
        check.equal([t["child_count"] for t in tree], [1, 1, 0], "what is gone is not counted")
    branch = _comments(anybody, parent_id=b, max_depth=8)
    check.equal([t["id"] for t in branch], [b, c], "a branch begins with it, too")
    old = _made(anybody, "GET", "/comment/list", V3, post_id=thread, max_depth=8, sort="Old")["comments"]
    check.equal([(t["comment"]["id"], t["comment"]["content"]) for t in old], [(a, ""), (b, ""), (c, "cword")], "in v3")
    check.equal([t["content"] for t in _comments(bob, post_id=thread, max_depth=8, sort="old")], ["aword", "", "cword"], "its author sees what was taken out")
    check.equal(_texts(anybody, post_id=thread, sort="new"), ["cword"], "a list that is no tree has no gaps")
    check.equal(_ask(anybody, "GET", "/comment", id=b).status, 404, "it is gone all the same")
    _made(cat, "POST", "/account/block/person", person_id=ids["ann"], block=True)
    check.equal(_comments(cat, post_id=thread, max_depth=8), [], "of whom a reader blocks there is nothing to hold")
    _made(cat, "POST", "/account/block/person", person_id=ids["ann"], block=False)


def test_what_was_voted_down_is_told_apart():
    group = _group("votes")
    up, down = _thread(ann, group, "good"), _thread(ann, group, "bad")
    comment = _says(ann, up, "worse")
    _made(bob, "POST", "/post/like", post_id=up, is_upvote=True)
    _made(bob, "POST", "/post/like", post_id=down, is_upvote=False)
    _made(bob, "POST", "/comment/like", comment_id=comment, is_upvote=False)
    def liked(**form):
        items = _made(bob, "GET", "/account/liked", **form)["items"]
        return [i["comment"]["content"] if i["type_"] == "comment" else i["post"]["name"] for i in items][:3]
    check.equal(liked(like_type="disliked_only"), ["worse", "bad"], "down")
    check.equal(liked(like_type="liked_only", type_="posts")[:1], ["good"], "up")
    check.equal(liked(), ["worse", "bad", "good"], "both")
    check.equal(_names(_made(bob, "GET", "/post/list", V3, disliked_only="true")["posts"]), ["bad"], "threads in v3")
    check.equal([c["comment"]["content"] for c in _made(bob, "GET", "/comment/list", V3, disliked_only="true")["comments"]], ["worse"], "comments in v3")
    undone = _made(bob, "POST", "/post/like", post_id=down)["post_view"]
    check.equal((undone["post"]["downvotes"], undone["post"]["score"], "vote_is_upvote" in undone["post_actions"]), (0, 1, False), "taken back")
    check.equal(liked(like_type="disliked_only"), ["worse"], "and not told any more")


def test_what_is_taken_out_is_not_counted():
    group = _group("counts")
    thread, other = _thread(ann, group, "counted"), _thread(bob, group, "deleted")
    mine, theirs = _says(bob, thread, "one"), _says(cat, thread, "two")
    def counts():
        seen = _made(ann, "GET", "/community", id=group)["community_view"]["community"]
        return (_made(ann, "GET", "/post", id=thread)["post_view"]["post"]["comments"], seen["posts"], seen["comments"])
    check.equal(counts(), (2, 2, 2), "at first")
    _made(ann, "POST", "/comment/remove", comment_id=mine, removed=True, reason="x")
    check.equal(counts(), (1, 2, 1), "removed")
    _made(ann, "POST", "/comment/remove", comment_id=mine, removed=False, reason="x")
    check.equal(counts(), (2, 2, 2), "restored")
    _made(ann, "POST", "/comment/remove", comment_id=mine, removed=True, reason="x")
    _made(bob, "DELETE", "/comment", comment_id=mine, deleted=True)
    check.equal(counts(), (1, 2, 1), "removed, then deleted: once")
    _made(bob, "DELETE", "/post", post_id=other, deleted=True)
    check.equal(counts(), (1, 1, 1), "a thread that was deleted")
    lou = node.add_user("louis")
    _made(lou, "POST", "/community/follow", community_id=group, follow=True)
    _says(lou, thread, "three")
    _thread(lou, group, "of an account that goes")
    check.equal(counts(), (2, 2, 2), "somebody else's")
    _made(lou, "DELETE", "/account", password=PASSWORD, delete_content=True)
    check.equal(counts(), (1, 1, 1), "nor what an account wrote that is gone")
    check.true(theirs != mine, "another's stays")


def test_what_is_unread_can_be_read():
    group = _group("inbox")
    thread, other = _thread(bob, group, "goes"), _thread(bob, group, "stays")
    _made(bob, "POST", "/account/notification/mark_as_read/all")
    _says(cat, thread, "in a thread that goes")
    _says(cat, other, "in a thread that stays")
    def unread():
        return (_made(bob, "GET", "/account/unread_counts")["notification_count"], _made(bob, "GET", "/user/unread_count", V3)["replies"],
                len(_made(bob, "GET", "/account/notification/list", unread_only=True)["items"]),
                len(_made(bob, "GET", "/user/replies", V3, unread_only=True)["replies"]))
    check.equal(unread(), (2, 2, 2, 2), "two answers")
    _made(bob, "DELETE", "/post", post_id=thread, deleted=True)
    check.equal(unread(), (1, 1, 1, 1), "what no list shows is not counted")


def test_a_ban_that_ends_gives_back_what_it_took():
    group = _group("bans")
    thread, before = _thread(ann, group, "theirs"), None
    before = _says(cat, thread, "taken out before")
    kept = _says(cat, thread, "taken out with the ban")
    _made(ann, "POST", "/comment/remove", comment_id=before, removed=True, reason="by itself")
    def ban(on, data):
        form = {"community_id": group, "person_id": ids["cat"], "ban": on, "remove_or_restore_data": data, "reason": "because"}
        return _made(ann, "POST", "/community/ban_user", **form)
    ban(True, True)
    check.equal(_texts(anybody, post_id=thread, sort="new"), [], "nothing of hers")
    refused = _ask(cat, "POST", "/comment", post_id=thread, content="but")
    check.equal((refused.status, refused.json["error"]), (403, "person_is_banned_from_community"), "told why")
    ban(False, False)
    check.equal(_texts(anybody, post_id=thread, sort="new"), [], "not asked for")
    ban(True, True)
    ban(False, True)
    check.equal(_texts(anybody, post_id=thread, sort="new"), [], "of an earlier ban it stays")
    _made(ann, "POST", "/comment/remove", comment_id=kept, removed=False, reason="")
    ban(True, True)
    ban(False, True)
    check.equal(_texts(anybody, post_id=thread, sort="new"), ["taken out with the ban"], "back; what was taken out by itself is not")
    check.equal(_made(ann, "GET", "/post", id=thread)["post_view"]["post"]["comments"], 1, "and counted")


def test_who_moderates_comes_back_to_what_they_took_out():
    boss = node.add_user("boss", role="admin")
    group = _group("takenout")
    thread = _thread(bob, group, "a story")
    comment = _says(cat, thread, "a remark")
    check.equal([_made(who, "GET", "/post", id=thread)["post_view"]["can_mod"] for who in (ann, boss, bob)], [True, True, False], "who may moderate it")
    check.true(_made(boss, "GET", "/community", id=group)["community_view"]["can_mod"], "and the group")
    for path, form in (("/post", {"post_id": thread}), ("/comment", {"comment_id": comment})):
        id = next(iter(form.values()))
        _made(ann, "POST", f"{path}/remove", removed=True, reason="x", **form)
        for root in (V4, V3):
            check.equal([_ask(who, "GET", path, root, id=id).status for who in (ann, boss, anybody)], [200, 200, 404], f"{path} at {root}")
        kind = path[1:]
        shown = _made(ann, "GET", path, id=id)[f"{kind}_view"]
        check.equal(shown[kind]["removed"], True, "told that it is")
        check.true("voted_at" not in shown[f"{kind}_actions"], "nothing of its author's own")
        _made(ann, "POST", f"{path}/remove", removed=False, reason="", **form)
        check.equal(_ask(anybody, "GET", path, id=id).status, 200, "put back")
    _made(cat, "DELETE", "/comment", comment_id=comment, deleted=True)
    check.equal(_ask(ann, "GET", "/comment", id=comment).status, 404, "what its author deleted is nobody's")


def test_an_ended_session_reads_as_everybody():
    group = _group("sessions")
    _thread(ann, group, "for all")
    jwt = _made(anybody, "POST", "/account/auth/login", username_or_email="bob", password=PASSWORD)["jwt"]
    app = api.Client(node.url, jwt, node.host)
    check.true("my_user" in _made(app, "GET", "/site", V3), "signed in")
    _made(app, "POST", "/account/auth/logout")
    check.true("my_user" not in _made(app, "GET", "/site", V3), "the app sees that it is not any more")
    check.equal(_threads(app, community_id=group), ["for all"], "and reads on")
    for verb, path, root, word in (("GET", "/account", V4, "not_logged_in"), ("GET", "/user/unread_count", V3, "incorrect_login"),
                                   ("POST", "/post", V4, "not_logged_in")):
        answer = _ask(app, verb, path, root, **({"community_id": group, "name": "x"} if verb == "POST" else {}))
        check.equal((answer.status, answer.json["error"]), (401, word), f"{verb} {path} is for members")


def test_reports_are_their_reporters_to_read():
    thread = _thread(bob, _group("reported"), "a story")
    _made(cat, "POST", "/post/report", post_id=thread, reason="not nice")
    own = _made(cat, "GET", "/report/list", my_reports_only=True)["items"]
    check.equal([r["post_report"]["reason"] for r in own], ["not nice"], "one's own")
    check.equal(_made(node.add_user("lou"), "GET", "/report/list", my_reports_only=True)["items"], [], "none of others")
    check.equal(_ask(cat, "GET", "/report/list").status, 403, "all are for moderators")


def test_a_search_stays_where_it_is_asked_for():
    here, there = _group("seekers"), _group("finders")
    for number in range(3):
        _thread(ann, here, f"needle {number}")
    _thread(ann, there, "needle elsewhere")
    def found(**form):
        return _made(ann, "GET", "/search", search_term="needle", type_="posts", **form)
    check.equal(_names(found(community_id=there)["posts"]), ["needle elsewhere"], "one group")
    check.equal(_names(found(community_name="seekers")["posts"]), ["needle 2", "needle 1", "needle 0"], "by its name")
    check.equal(_names(found(creator_id=ids["bob"])["posts"]), [], "one author")
    first = found(community_id=here, limit=2)
    second = found(community_id=here, limit=2, page_cursor=first["next_page"])
    check.equal((_names(first["posts"] + second["posts"]), "next_page" in second), (["needle 2", "needle 1", "needle 0"], False), "page by page")
    old = _made(ann, "GET", "/search", V3, q="needle", type_="Posts", community_id=there, limit=1)
    check.equal(_names(old["posts"]), ["needle elsewhere"], "in v3: the page is filled from that group")


def test_who_is_blocked_is_marked_so():
    group = _group("unwanted")
    view = _made(cat, "POST", "/account/block/community", community_id=group, block=True)["community_view"]
    check.true("blocked_at" in view["community_actions"], "a group")
    check.true("blocked_at" in _made(cat, "GET", "/community", id=group)["community_view"]["community_actions"], "seen again")
    view = _made(cat, "POST", "/account/block/community", community_id=group, block=False)["community_view"]
    check.true("blocked_at" not in view["community_actions"], "no more")
    view = _made(cat, "POST", "/account/block/person", person_id=ids["bob"], block=True)["person_view"]
    check.true("blocked_at" in view["person_actions"], "a person")
    view = _made(cat, "POST", "/account/block/person", person_id=ids["bob"], block=False)["person_view"]
    check.true("blocked_at" not in view.get("person_actions", {}), "no more, either")


def test_communities_come_in_the_order_asked_for():
    _group("zebra", cat)
    _group("adder", nsfw=True)
    def listed(client=anybody, **form):
        names = [i["community"]["name"] for i in _made(client, "GET", "/community/list", **form)["items"]]
        return [name for name in names if name in ("zebra", "adder")]
    check.equal(listed(sort="name_asc"), ["adder", "zebra"], "by name")
    check.equal(listed(sort="name_desc"), ["zebra", "adder"], "backwards")
    check.equal(listed(sort="new"), ["adder", "zebra"], "the newest")
    check.equal(listed(sort="old"), ["zebra", "adder"], "the oldest")
    check.equal(listed(sort="subscribers"), ["adder", "zebra"], "most members")
    check.equal(listed(show_nsfw=False), ["zebra"], "without those that are marked")


def test_refusals_have_the_words_that_apps_know():
    group = _group("words")
    thread = _thread(ann, group, "locked")
    _made(ann, "POST", "/post/lock", post_id=thread, locked=True, reason="enough")
    for root, status in ((V4, 403), (V3, 400)):
        answer = _ask(bob, "POST", "/comment", root, post_id=thread, content="but")
        check.equal((answer.status, answer.json["error"]), (status, "locked"), "a locked thread")
    check.equal(_ask(bob, "POST", "/post", community_id=group, name="x", url="javascript:alert(1)").json["error"], "invalid_url", "no page")
    check.equal(_ask(cat, "POST", "/account/block/person", person_id=ids["cat"], block=True).json["error"], "cant_block_yourself", "oneself")
    for path, form, word in (("/post", {"id": 5}, "couldnt_find_post"), ("/comment", {"id": 5}, "couldnt_find_comment"),
                             ("/community", {"name": "nowhere"}, "couldnt_find_community"), ("/user", {"username": "nobody"}, "couldnt_find_person"),
                             ("/post/list", {"community_name": "nowhere"}, "couldnt_find_community"),
                             ("/resolve_object", {"q": f"{node.url}/nowhere"}, "couldnt_find_object")):
        answer = _ask(bob, "GET", path, V3, **form)
        check.equal((answer.status, answer.json["error"]), (404, word), f"{path} in v3")
    for root, word in ((V4, "already_exists"), (V3, "community_already_exists")):
        check.equal(_ask(bob, "POST", "/community", root, name="words", title="Again").json["error"], word, "a name that is taken")
    answer = _ask(bob, "GET", "/resolve_object", q=f"https://{node.host}/nowhere")
    check.equal((answer.status, answer.json["error"]), (404, "not_found"), "our own URL that leads nowhere")
    guarded = Node(config={"registration.mode": "approval", "registration.confirm_email": False}).start()
    somebody, root = api.Client(guarded.url, host=guarded.host), guarded.add_user("root", role="admin")
    form = {"username": "nina", "password": PASSWORD, "password_verify": PASSWORD, "email": "nina@mail.example", "answer": "I like gardens"}
    check.equal(_made(somebody, "POST", "/account/auth/register", **form)["registration_created"], True, "she asks")
    def login(password=PASSWORD):
        answer = _ask(somebody, "POST", "/account/auth/login", username_or_email="nina", password=password)
        return answer.status, answer.json["error"]
    check.equal(login(), (400, "registration_application_is_pending"), "she waits")
    check.equal(login("wrong"), (401, "incorrect_login"), "who does not know the password learns nothing of it")
    def refused_form(client, base=V4, **changed):
        path = "/account/auth/register" if base == V4 else "/user/register"
        answer = _ask(client, "POST", path, base, **form | {"username": "nino", "email": "nino@mail.example"} | changed)
        return answer.status, answer.json["error"]
    for changed, word in (({"username": "nina"}, "username_already_taken"), ({"username": "no spaces"}, "invalid_name"), ({"email": "nina@mail.example"}, "email_already_taken"),
                          ({"email": ""}, "email_required"), ({"password": "x", "password_verify": "x"}, "invalid_password"),
                          ({"answer": ""}, "registration_application_answer_required")):
        check.equal(refused_form(somebody, **changed), (400, word), f"signing up with {changed}")
    check.equal(refused_form(somebody, V3, username="nina"), (400, "user_already_exists"), "in v3")
    closed = Node(config={"registration.mode": "closed"}).start()
    check.equal(refused_form(api.Client(closed.url, host=closed.host)), (400, "registration_closed"), "where nobody signs up")
    asked = _made(root, "GET", "/admin/registration_application/list")["items"][0]["registration_application"]["id"]
    _made(root, "PUT", "/admin/registration_application/approve", id=asked, approve=False, deny_reason="no gardens here")
    check.equal(login(), (400, "registration_denied"), "she was refused")


def test_a_comment_keeps_what_is_not_changed():
    thread = _thread(ann, _group("edits"), "edited")
    comment = _says(bob, thread, "said so")
    edited = _made(bob, "PUT", "/comment", comment_id=comment, language_id=37)["comment_view"]["comment"]
    check.equal((edited["content"], edited["language_id"]), ("said so", 37), "only the language")
    reply = bob.status("warned", in_reply_to_id=str(thread), spoiler_text="a warning")
    _made(bob, "PUT", "/comment", comment_id=int(reply["id"]), content="changed")
    check.equal(bob.get(f"/api/v1/statuses/{reply['id']}")["spoiler_text"], "a warning", "the warning of another API")


def _walk(client, path, key, beside=None, **form):
    """All pages to the last and back to the first: each page comes again, and only the first has none before it.
    `beside` is called on the way."""
    def page(cursor):
        answer = _made(client, "GET", path, **form, **({"page_cursor": cursor} if cursor else {}))
        return [key(item) for item in answer["items"]], answer
    there, cursor = [], None
    while True:
        names, answer = page(cursor)
        check.equal("prev_page" in answer, bool(there), f"{path} {form}: page {len(there)} says whether one is before it")
        there.append(names)
        if "next_page" not in answer:
            break
        cursor = answer["next_page"]
        check.true(len(there) < 30, f"{path} {form}: it ends")
    if beside:
        beside()
    back = [there[-1]]
    while "prev_page" in answer:
        names, answer = page(answer["prev_page"])
        check.true("next_page" in answer, f"{path} {form}: there is one behind it")
        back.insert(0, names)
        check.true(len(back) < 30, f"{path} {form}: it begins")
    return there, back


def _name(item):
    return item["comment"]["content"] if "comment" in item else item["post"]["name"]


def _id(item):
    return (item["comment"] if "comment" in item else item["post"])["id"]


def test_threads_are_paged_back_through():
    group = _group("backward")
    threads = [_thread(ann, group, f"back {i}") for i in range(7)]
    for at in (1, 2):
        _says(bob, threads[at], "a word")
        _made(bob, "POST", "/post/like", post_id=threads[at], is_upvote=True)
    _made(cat, "POST", "/post/like", post_id=threads[4], is_upvote=False)
    for sort in ("active", "hot", "new", "old", "top", "most_comments", "new_comments", "controversial", "scaled"):
        there, back = _walk(bob, "/post/list", _name, community_id=group, sort=sort, limit=3)
        check.equal([len(p) for p in there], [3, 3, 1], f"{sort}: three pages")
        check.equal(back, there, f"{sort}: back as there, with ties as well")
        check.equal(len(sum(there, [])), len(set(sum(there, []))), f"{sort}: each once")
    there, back = _walk(bob, "/post/list", _name, lambda: _thread(ann, group, "came later"), community_id=group, sort="new", limit=3)
    check.equal(back, [["came later"], *there], "what came meanwhile is before them, on a page of its own")
    whole, again = _walk(bob, "/post/list", _name, community_id=group, sort="new", limit=4)
    check.equal(([len(p) for p in whole], again), ([4, 4], whole), "where the last page is full none follows it")
    _made(ann, "POST", "/post/feature", post_id=threads[3], featured=True, feature_type="community", reason="worth it")
    there, back = _walk(bob, "/post/list", _name, community_id=group, sort="new", limit=3)
    check.equal((there[0][0], len(there[0]), back), ("back 3", 4, there), "the first has above it what the group shows first")
    page = _made(bob, "GET", "/post/list", community_id=group, sort="new", limit=3)
    second = _made(bob, "GET", "/post/list", community_id=group, sort="new", limit=3, page_cursor=page["next_page"])
    for item in page["items"]:
        _made(ann, "DELETE", "/post", post_id=item["post"]["id"], deleted=True)
    gone = _made(bob, "GET", "/post/list", community_id=group, sort="new", limit=3, page_cursor=second["prev_page"])
    check.equal((_names(gone["items"]), "prev_page" in gone), (_names(second["items"]), False), "where all before is gone it is the first")


def test_lists_are_paged_back_through():
    boss = node.add_user("backboss", role="admin")
    group = _group("backlists")
    threads = [_thread(bob, group, f"listed {i}") for i in range(5)]
    for i in range(5):
        _says(cat, threads[0], f"said {i}")
    _made(bob, "POST", "/post/mark_as_read/many", post_ids=threads, read=True)
    for id in threads:
        _made(cat, "POST", "/post/like", post_id=id, is_upvote=True)
        _made(cat, "PUT", "/post/save", post_id=id, save=True)
        _made(cat, "POST", "/post/hide", post_id=id, hide=True)
        _made(cat, "POST", "/post/report", post_id=id, reason="not nice")
        _made(ann, "POST", "/post/lock", post_id=id, locked=True, reason="enough")
    opened = _thread(ann, group, "open")
    for name in ("pia", "pat"):
        _made(node.add_user(name), "POST", "/post/like", post_id=threads[0], is_upvote=True)
    def ids_of(*path):
        def key(item):
            for step in path:
                item = item[step]
            return item
        return key
    for who, path, key, form, pages in (
            (bob, "/comment/list", _id, {"community_id": group, "sort": "new"}, 3),
            (bob, "/comment/list", _id, {"community_id": group, "sort": "old"}, 3),
            (bob, "/comment/list", _id, {"post_id": threads[0], "sort": "new"}, 3),
            (bob, "/comment/list", _id, {"post_id": threads[0], "sort": "hot"}, 3),
            (bob, "/comment/list/slim", _id, {"post_id": threads[0], "sort": "old"}, 3),
            (bob, "/person/content", _id, {"person_id": ids["cat"], "community_id": group}, 3),
            (bob, "/account/read", _id, {}, None),
            (cat, "/account/hidden", _id, {}, None),
            (cat, "/account/saved", _id, {}, None),
            (cat, "/account/liked", _id, {}, None),
            (bob, "/account/notification/list", ids_of("notification", "id"), {}, None),
            (boss, "/modlog", ids_of("modlog", "id"), {"community_id": group}, 3),
            (boss, "/modlog", ids_of("modlog", "id"), {"community_id": group, "type_": "mod_lock_post"}, 3),
            (boss, "/report/list", ids_of("post_report", "id"), {"community_id": group}, 3),
            (boss, "/post/like/list", ids_of("creator", "id"), {"post_id": threads[0]}, None),
            (boss, "/admin/users", ids_of("person", "id"), {}, None),
            (bob, "/person/list", ids_of("person", "id"), {}, None),
            (bob, "/community/list", ids_of("community", "id"), {"sort": "name_asc"}, None)):
        there, back = _walk(who, path, key, limit=2, **form)
        check.equal(back, there, f"{path} {form}")
        flat = sum(there, [])
        check.equal(len(flat), len(set(flat)), f"{path} {form}: each once")
        check.true(len(there) == pages if pages else len(there) > 1, f"{path} {form}: {len(there)} pages")
    there, back = _walk(bob, "/comment/list", _name, lambda: _says(cat, opened, "said later"), community_id=group, sort="new", limit=2)
    check.equal(back, [["said later"], *there], "what came meanwhile is before them")
    for i in range(3):
        _thread(ann, group, f"bodkin {i}")
    def search(**form):
        return _made(ann, "GET", "/search", search_term="bodkin", type_="posts", community_id=group, limit=2, **form)
    first = search()
    second = search(page_cursor=first["next_page"])
    check.equal(("prev_page" in first, "prev_page" in second), (False, True), "what was found, too")
    check.equal(_names(search(page_cursor=second["prev_page"])["posts"]), _names(first["posts"]), "comes again")
    check.equal(_ask(bob, "GET", "/post/list", page_cursor="--1_2").status, 400, "no cursor of ours")


def test_who_moderates_sees_how_often_something_was_reported():
    boss = node.add_user("reportsboss", role="admin")
    group = _group("counted")
    thread, other = _thread(bob, group, "reported twice"), _thread(ann, group, "of the moderator")
    comment = _says(cat, thread, "reported once")
    for who in (ann, cat):
        _made(who, "POST", "/post/report", post_id=thread, reason="not nice")
    _made(bob, "POST", "/comment/report", comment_id=comment, reason="nor this")
    _made(bob, "POST", "/post/report", post_id=other, reason="she herself")
    def of_post(who, id, path="/post"):
        post = _made(who, "GET", path, id=id)["post_view"]["post"]
        return post["report_count"], post["unresolved_report_count"]
    def listed(who):
        return {i["post"]["name"]: (i["post"]["report_count"], i["post"]["unresolved_report_count"])
                for i in _made(who, "GET", "/post/list", community_id=group)["items"]}
    check.equal(of_post(ann, thread), (2, 2), "for who moderates")
    check.equal(listed(ann), {"reported twice": (2, 2), "of the moderator": (0, 0)}, "in lists; not what is said of oneself")
    check.equal(listed(boss), {"reported twice": (2, 2), "of the moderator": (1, 1)}, "for the node's team")
    for who in (bob, cat, anybody):
        check.equal(listed(who), {"reported twice": (0, 0), "of the moderator": (0, 0)}, "for nobody else")
    report = next(r for r in _made(ann, "GET", "/report/list", community_id=group)["items"] if r["type_"] == "post")
    _made(ann, "PUT", "/post/report/resolve", report_id=report["post_report"]["id"], resolved=True)
    check.equal(of_post(ann, thread), (2, 1), "one is settled")
    said = [(c["report_count"], c["unresolved_report_count"]) for who in (ann, boss, cat) for c in _comments(who, post_id=thread)]
    check.equal(said, [(1, 1), (1, 1), (0, 0)], "comments")


def test_admins_edit_groups_that_they_do_not_moderate():
    boss, helper = node.add_user("editboss", role="admin"), node.add_user("edithelper", role="moderator")
    group = _group("edited_by_admins")
    for who in (bob, helper):
        check.equal(_ask(who, "PUT", "/community", community_id=group, title="Mine").status, 403, "neither members nor moderators of the node")
    view = _made(boss, "PUT", "/community", community_id=group, title="Tidied", nsfw=True)["community_view"]["community"]
    check.equal((view["title"], view["nsfw"]), ("Tidied", True), "an admin does")
    line = api.Client(node.url, host=node.host).get(f"/api/kith/v1/groups/{group}/moderation_log")[0]
    check.equal((line["kind"], line["moderator"]["acct"], "name" in line["reason"] or "title" in line["reason"]), ("change_group", "editboss", True),
                f"and everybody reads who did it: {line['reason']}")


def test_a_vote_is_up_down_or_none():
    thread = _thread(ann, _group("scores"), "to vote on")
    comment = _says(ann, thread, "as well")
    for path, form in (("/post/like", {"post_id": thread}), ("/comment/like", {"comment_id": comment})):
        key = path.split("/")[1] + "_view"
        for score, mine in ((1, 1), (0, None), (-1, -1)):
            view = _made(bob, "POST", path, V3, score=score, **form)[key]
            check.equal(view.get("my_vote") or None, mine, f"{path} with {score}")
        for score in (2, -2, 100, -9223372036854775808, 10 ** 30, 0.5, "up"):
            answer = _ask(bob, "POST", path, V3, score=score, **form)
            check.equal((answer.status, answer.json["error"]), (400, f"couldnt_like_{path.split('/')[1]}"), f"{path} with {score}")
        view = _made(bob, "GET", "/" + path.split("/")[1], V3, id=next(iter(form.values())))[key]
        check.equal((view["my_vote"], view["counts"]["downvotes"]), (-1, 1), "what was refused changes nothing")


def test_lists_are_searched_in():
    group = _group("shelves")
    page = "https://pages.example/a-page"
    titled = _thread(ann, group, "Ähren im Sommer", url=page)
    bodied = _thread(ann, group, "another", body="about ÄHREN, too")
    _thread(ann, group, "of something else", url=page + "s")
    _says(ann, titled, "ähren in a comment")
    _says(ann, titled, "nothing of it")
    hidden = node.add_user("hidden")
    _made(hidden, "POST", "/community/follow", community_id=group, follow=True)
    _thread(hidden, group, "Ähren of who is not found")
    for who in (ann, hidden):
        who.patch("/api/v1/accounts/update_credentials", {"indexable": who is ann})
    def listed(who=bob, **form):
        return _threads(who, community_id=group, sort="old", **form)
    check.equal(listed(search_term="ähren"), ["Ähren im Sommer", "another"], "by words, of who lets them be found")
    check.equal(listed(search_term="ähren sommer"), ["Ähren im Sommer"], "all of them")
    check.equal(listed(search_term="ähren", search_title_only=True), ["Ähren im Sommer"], "of the title")
    check.equal(listed(search_term=page, search_url_only=True), ["Ähren im Sommer"], "about a page")
    check.equal(listed(search_term="!?"), [], "signs are no words")
    check.equal(listed(anybody, search_term="ähren"), [], "for members")
    check.equal(listed(hidden, search_term="ähren")[-1], "Ähren of who is not found", "one's own")
    there, back = _walk(bob, "/post/list", _name, community_id=group, sort="old", search_term="ähren", limit=1)
    check.equal((there, back), ([["Ähren im Sommer"], ["another"]], there), "page by page")
    check.equal(_texts(bob, community_id=group, search_term="ähren"), ["ähren in a comment"], "comments")
    check.equal(_texts(bob, post_id=titled, search_term="ähren", sort="hot"), ["ähren in a comment"], "of one thread")
    check.equal(_texts(anybody, post_id=titled, search_term="ähren"), [], "for members")
    for id in (titled, bodied):
        _made(bob, "PUT", "/post/save", post_id=id, save=True)
    saved = [_name(i) for i in _made(bob, "GET", "/account/saved", search_term="sommer")["items"]]
    check.equal(saved, ["Ähren im Sommer"], "what one keeps")
    def found(root=V4, **form):
        term = form.pop("term")
        kind = {"search_term": term, "type_": "posts"} if root == V4 else {"q": term, "type_": "Posts"}
        return sorted(_names(_made(bob, "GET", "/search", root, community_id=group, **kind, **form)["posts"]))
    check.equal(found(term="ähren"), ["another", "Ähren im Sommer"], "the search")
    for root in (V4, V3):
        check.equal(found(root, term="ähren", title_only=True), ["Ähren im Sommer"], "of titles")
        check.equal(found(root, term=page, post_url_only=True), ["Ähren im Sommer"], "of pages")


if __name__ == "__main__":
    run(globals())
