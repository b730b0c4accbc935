"""What a server of groups does at least, between two kith nodes: a group on A, a member on B, and members on two hosts of
the test's, which show what was sent to them."""

import html
import time

from framework import ap, check, pictures
from framework.ap import PUBLIC, id_of, mention
from framework.case import run
from framework.check import eventually
from framework.node import Node
from framework.peer import Peer

KITH, V4 = "/api/kith/v1", "/api/v4"
HTML = "text/html"
WAIT_S = 20
DOOR_SECONDS_MAX = 9        # from a request to its 202
FETCHES_MAX = 100           # for what follows from one activity, on each node
DEPTH_MAX = 50
CHAIN = 2 * DEPTH_MAX
POSTS = 24


def setup():
    global a, b, ann, bea, group, handle, at, home, away, carol, dave
    a, b = Node().start(), Node().start()
    ann, bea = a.add_user("ann"), b.add_user("bea")
    at = {a: ann.find_account(_founded())["id"]}
    group, handle = a.group_id("garden"), f"garden@{a.host}"
    pinned = ann.status("Welcome to all @garden")
    ann.post(f"{KITH}/groups/{at[a]}/moderation", {"kind": "feature_post", "status_id": pinned["id"], "reason": "to begin with"})
    ann.status("Older words @garden")
    home, away = Peer(verify=True), Peer(verify=True)
    carol, dave = home.actor("carol"), away.actor("dave")
    for actor, peer in ((carol, home), (dave, away)):
        actor.send(a.inbox, actor.follow(group))
        eventually(lambda p=peer: p.activities("Accept"), WAIT_S, f"{actor.name} is in")
    bea.follow_accepted(handle)
    at[b] = bea.find_account(handle)["id"]


def _founded():
    a.add_group("garden", "ann", "The garden")
    made = ann.find_account("garden")["id"]
    icon = {"image": pictures.png(64, 64)}
    for which in ("icon", "banner"):
        ann.upload("POST", f"{V4}/community/{which}?id={made}", icon).expect(200)
    ann.request("PATCH", f"{KITH}/groups/{made}", body={
        "summary": "Plants", "description": "All about *plants*", "sensitive": True, "languages": ["en", "de"], "posting": "members"}).expect(200)
    ann.request("POST", V4 + "/community/tag", body={"community_id": int(made), "name": "offers", "display_name": "Offers",
                                                     "color": "color02"}).expect(200)
    return "garden"


def _v4(client, path, **form):
    return client.get(V4 + path, **form)


def _here(node, uri):
    """The id of a post on a node, once it is there."""
    return str(node.post_id(uri, WAIT_S))


def _title(node, uri):
    _here(node, uri)
    return node.sql("SELECT title FROM post WHERE ap_id = ?", uri)[0]["title"]


def _document(node, url, who=None):
    status, found, _ = ap.get(url)
    check.equal(status, 200, f"{url} on {node.host}")
    return found


def _announced(peer, object_id):
    return [x for x in peer.activities("Announce") if x["actor"] == group and id_of(x["object"]) == object_id]


def _thread(word, kind="Note", **more):
    """A thread of carol's, sent to A: (its Create, the object)."""
    note = carol.note(word, to=[PUBLIC, group], cc=[carol.followers], audience=group, tag=[mention(group, "@" + handle)],
                      **{"type": kind, **more})
    return carol.create(note, audience=group), note


def _taken(activity, node=None):
    check.equal(carol.send((node or a).inbox, activity).status, 202, activity["type"])
    eventually(lambda: (node or a).inbox_state(activity) == "applied", WAIT_S, f"{activity['type']} is applied")


def test_the_group_and_its_collections_are_read_without_loss():
    document = _document(a, group)
    there = eventually(lambda: (lambda c: c if c["moderators"] else None)(_v4(bea, "/community", id=at[b])), WAIT_S, "moderators on B")
    seen = there["community_view"]["community"]
    check.equal((seen["name"], seen["title"], seen["summary"], seen["sidebar"], seen["nsfw"], seen["visibility"]),
                (document["preferredUsername"], document["name"], document["description"], document["source"]["content"],
                 document["sensitive"], "public"), "as the document says")
    check.equal((seen["title"], seen["sidebar"]), ("The garden", "All about *plants*"), "and as ann wrote it")
    check.equal((there["discussion_languages"], seen["published_at"][:19]), ([0, 37, 32], document["published"][:19]), "languages, and since when")
    check.equal([m["moderator"]["ap_id"] for m in there["moderators"]], [a.person_id("ann")], "its moderators")
    label = document["tag"][0]
    check.equal([(t["ap_id"], t["name"], t["display_name"], t["color"]) for t in there["community_view"]["tags"]],
                [(label["id"], label["preferredUsername"], label["name"], label["color"])], "its labels")
    row = b.sql("SELECT avatar_url, header_url, featured_url, moderators_url, outbox, followers_url FROM actor WHERE ap_id = ?", group)[0]
    check.equal(row, {"avatar_url": document["icon"]["url"], "header_url": document["image"]["url"], "featured_url": document["featured"],
                      "moderators_url": document["attributedTo"], "outbox": document["outbox"], "followers_url": document["followers"]}, "where all is")
    threads = lambda: [x["post"] for x in _v4(bea, "/post/list", community_id=at[b], sort="old", show_nsfw="true")["items"]]
    eventually(lambda: {(x["name"], x["featured_community"]) for x in threads()} == {("Welcome to all", True), ("Older words", False)}, WAIT_S,
               "what was written before B knew it, and what is shown first")
    followers = _document(a, document["followers"])
    check.equal((followers["totalItems"], followers.get("items", followers.get("orderedItems", []))), (4, []), "how many, and nobody's name")
    eventually(lambda: b.sql("SELECT followers_count FROM actor WHERE ap_id = ?", group)[0]["followers_count"] >= 3, WAIT_S, "how many, on B")


def test_what_a_kith_member_writes_is_announced_as_it_came():
    root = bea.status(f"Roses from afar @{handle}")
    made = eventually(lambda: [x for x in away.activities("Announce") if isinstance(x["object"], dict) and x["object"].get("type") == "Create"
                               and id_of(x["object"]["object"]) == root["uri"]], WAIT_S, "B's Create, announced")[0]["object"]
    own = _document(b, made["id"])
    check.equal({k: v for k, v in made.items() if k != "@context"}, {k: v for k, v in own.items() if k != "@context"}, "as B has it")
    eventually(lambda: _announced(away, root["uri"]), WAIT_S, "the thread by itself")
    answer = ann.status("Which ones?", in_reply_to_id=_here(a, root["uri"]))
    reply = bea.status("Red ones", in_reply_to_id=_here(b, answer["uri"]))
    eventually(lambda: [x for x in away.activities("Announce") if isinstance(x["object"], dict)
                        and id_of(x["object"].get("object", "")) == reply["uri"]], WAIT_S, "B's comment, announced")
    check.equal((_announced(away, reply["uri"]), _announced(away, answer["uri"])), ([], []), "comments by themselves")


def test_threads_and_comments_name_their_group():
    page = _v4_post(bea, name="A page", body="of *text*")
    comment = ann.status("And a note", in_reply_to_id=_here(a, page))
    for node, url in ((b, page), (a, comment["uri"])):
        document = _document(node, url)
        check.is_in(group, document["to"] + document["cc"], f"{document['type']}: addressed to")
        check.equal(document["audience"], group, f"{document['type']}: audience")
        check.equal([t["href"] for t in document["tag"] if t["type"] == "Mention" and t["href"] == group], [group], f"{document['type']}: Mention")
        thread = _document(node, document["context"])
        check.is_in(thread["type"], ("Collection", "OrderedCollection"), "the context")
        check.is_in(page, [id_of(x) for x in thread.get("orderedItems", thread.get("items", []))], "the context begins with the thread")


def _v4_post(client, **form):
    return client.request("POST", V4 + "/post", body={"community_id": int(at[b] if client is bea else at[a]), **form}).expect(200).json["post_view"]["post"]["ap_id"]


def test_votes_and_their_end_are_counted_on_both():
    root = _v4_post(ann, name="To be judged")
    here = {a: (ann, _here(a, root)), b: (bea, _here(b, root))}
    comment = ann.status("a comment", in_reply_to_id=here[a][1])["uri"]
    below = {a: (ann, _here(a, comment)), b: (bea, _here(b, comment))}

    def vote(places, path, key, up):
        body = {key: int(places[b][1])} | ({} if up is None else {"is_upvote": up})
        bea.request("POST", f"{V4}/{path}/like", body=body).expect(200)

    def counted(places, what, up, down):
        def same():
            return all((lambda p: (p["upvotes"], p["downvotes"]))(_v4(who, f"/{what}", id=id)[f"{what}_view"][what]) == (up, down)
                       for who, id in places.values())
        eventually(same, WAIT_S, f"{up} up and {down} down on a {what} on both nodes")
    for places, what in ((here, "post"), (below, "comment")):
        start = _v4(ann, f"/{what}", id=places[a][1])[f"{what}_view"][what]["upvotes"]
        for given, up, down in ((True, 1, 0), (False, 0, 1), (None, 0, 0), (True, 1, 0)):
            vote(places, what, f"{what}_id", given)
            counted(places, what, start + up, down)


def test_what_a_group_says_of_others_is_asked_at_their_origin():
    """The peer's group announces what ann on A never did; B follows it and shows what A says."""
    club = home.actor("club", kind="Group")
    bea.follow_accepted(club.handle)
    ann.follow_accepted(club.handle)
    root = ann.status(f"Honest words {club.handle}")
    there = _here(b, root["uri"]) if b.count("post", "ap_id = ?", root["uri"]) else None
    document = _document(a, root["uri"])
    forged = {**document, "content": "<p>Forged words</p>", "updated": ap.iso()}
    update = {"id": a.base + "/activities/999", "type": "Update", "actor": a.person_id("ann"), "object": forged, "to": [PUBLIC], "audience": club.id}
    first = club.announce(document["id"])
    delete = {"id": a.base + "/activities/998", "type": "Delete", "actor": a.person_id("ann"), "object": root["uri"], "to": [PUBLIC], "audience": club.id}
    for activity in (first, club.announce(update), club.announce(delete)):
        check.equal(club.send(b.inbox, activity).status, 202, "an Announce")
        eventually(lambda x=activity: b.inbox_state(x) in ("applied", "refused"), WAIT_S, "it is handled")
    there = there or _here(b, root["uri"])
    check.contains(bea.get(f"/api/v1/statuses/{there}")["content"], "Honest words", "what B shows")


def test_threads_of_every_kind_are_seen_on_both():
    later = "2036-01-01T10:00:00Z"
    kinds = {
        "Note": ("First line of a note", {}), "Page": ("A page", {"name": "A page"}), "Article": ("An article", {"name": "An article"}),
        "Question": ("Which one?", {"name": "Which one?", "endTime": later, "oneOf": [
            {"type": "Note", "name": n, "replies": {"type": "Collection", "totalItems": 0}} for n in ("this", "that")]}),
        "Event": ("A feast", {"name": "A feast", "startTime": later, "endTime": "2036-01-01T12:00:00Z"}),
        "Video": ("A film", {"name": "A film", "url": [{"type": "Link", "mediaType": "video/mp4", "href": home.base + "/film.mp4"}]}),
    }
    for kind, (title, more) in kinds.items():
        create, note = _thread("First line of a note<br>and the rest" if kind == "Note" else "<p>some words</p>", kind, **more)
        _taken(create)
        for node in (a, b):
            check.equal(_title(node, note["id"]), title, f"{kind} on {node.host}")
        shown = bea.get(f"/api/v1/statuses/{_here(b, note['id'])}")
        check.equal((shown["account"]["acct"], bool(shown["poll"])), (carol.handle[1:], kind == "Question"), f"{kind}, whose and what")


def test_the_first_line_of_a_note_is_its_title():
    root = bea.status(f"@{handle} Where do ducks go?\n\nI saw none all winter.")
    for node in (a, b):
        check.equal(_title(node, root["uri"]), "Where do ducks go?", f"title on {node.host}")
    seen = _v4(ann, "/post", id=_here(a, root["uri"]))["post_view"]["post"]
    check.equal(seen["name"], "Where do ducks go?", "for a Lemmy client")
    check.true("all winter" in seen["body"], "the rest is its text")


def test_messages_reach_one_person():
    bea_on_a = int(ann.find_account(f"bea@{b.host}")["id"])
    ann.request("POST", V4 + "/private_message", body={"recipient_id": bea_on_a, "content": "From *node* to node"}).expect(200)
    eventually(lambda: bea.mentions_with("From"), WAIT_S, "ann's message at B")
    check.equal(bea.mentions_with("From")[0]["visibility"], "direct", "for bea alone")
    for node, name, client in ((a, "ann", ann), (b, "bea", bea)):
        word = f"chatter for {name}"
        chat = carol.note(word, to=[node.person_id(name)], type="ChatMessage")
        _taken(carol.create(chat), node)
        last = lambda: [x["last_status"] for x in client.get("/api/v1/conversations") if word in x["last_status"]["content"]]
        eventually(last, WAIT_S, f"a ChatMessage for {name}")
        check.equal(last()[0]["visibility"], "direct", f"for {name} alone")


def test_what_follows_from_one_activity_is_bounded_on_both():
    deep = Peer()
    eve = deep.actor("eve")
    for n in range(CHAIN):
        deep.publish({"@context": ap.CONTEXT[0], "id": f"{deep.base}/chain/{n}", "type": "Note", "content": f"<p>link {n}</p>", "attributedTo": eve.id,
                      "to": [PUBLIC, group], "audience": group, "published": ap.iso(), "inReplyTo": f"{deep.base}/chain/{n + 1}"})
    eve.send(a.inbox, eve.follow(group))
    eventually(lambda: deep.activities("Accept"), WAIT_S, "eve is in")
    before = deep.hits(method="GET")
    crowd = [(f"{deep.base}/u/x{n}", f"@x{n}@{deep.host}") for n in range(90)]
    note = eve.note("so deep", to=[PUBLIC, group], cc=[m[0] for m in crowd], audience=group, parent=f"{deep.base}/chain/0",
                    tag=[mention(group, "@" + handle), *(mention(*m) for m in crowd)])
    create = eve.create(note, audience=group)
    start = time.monotonic()
    check.equal(eve.send(a.inbox, create).status, 202, "the answer")
    check.at_most(time.monotonic() - start, DOOR_SECONDS_MAX, "seconds until the answer")
    eventually(lambda: a.inbox_state(create) in ("applied", "refused"), 60, "it is handled on A")
    _taken(_thread("afterwards")[0])
    hits = check.steady(lambda: deep.hits(method="GET"), quiet=1.0, timeout=60, what="fetches") - before
    check.at_most(hits, 2 * FETCHES_MAX, "fetches of both nodes")
    for node in (a, b):
        check.at_most(node.count("post", "ap_id LIKE ?", deep.base + "/chain/%"), DEPTH_MAX, f"comments above it on {node.host}")


def test_the_same_activity_twice_has_one_effect():
    create, note = _thread("only once")
    like = carol.like(note["id"], audience=group)
    for activity in (create, create, like, like):
        check.equal(carol.send(a.inbox, activity).status, 202, "sent again")
    carol.send(b.inbox, create)  # its own followers have it from its host, and from the group
    for node in (a, b):
        _here(node, note["id"])
        eventually(lambda n=node: n.sql("SELECT likes_count FROM post WHERE ap_id = ?", note["id"]) == [{"likes_count": 1}], WAIT_S, f"one vote on {node.host}")
        check.equal(node.count("post", "ap_id = ?", note["id"]), 1, f"one thread on {node.host}")
    eventually(lambda: _announced(away, like["id"]), WAIT_S, "announced")
    _taken(_thread("behind it")[0])
    check.equal([len(_announced(away, x)) for x in (create["id"], note["id"], like["id"])], [1, 1, 1], "announced once each")


def test_an_id_names_one_thing_on_both():
    first = ann.status("Short lived @garden")
    kept = {node: _here(node, first["uri"]) for node in (a, b)}
    ann.delete(f"/api/v1/statuses/{first['id']}")
    eventually(lambda: bea.request("GET", f"/api/v1/statuses/{kept[b]}").status == 404, WAIT_S, "gone on B")
    check.equal(ap.get(first["uri"])[0], 410, "its id on A")
    second = ann.status("Its successor @garden")
    check.true(second["uri"] != first["uri"] and second["id"] != first["id"], "another id")
    check.true(_here(b, second["uri"]) != kept[b], "another one on B")
    check.equal(ap.get(first["uri"])[0], 410, "the old id names nothing else")
    for node in (a, b):
        check.equal(node.sql("SELECT ap_id FROM post GROUP BY ap_id HAVING COUNT(*) > 1"), [], f"ids that name several on {node.host}")


def test_nothing_is_lost_or_overtaken_when_nodes_are_killed():
    """What both were told is stored is there in the end, in order, though each was killed while it worked."""
    written = []
    for n in range(POSTS):
        text = f"row {n:02}"
        written.append(bea.status(f"@{handle} {text}"))
        bea.put(f"/api/v1/statuses/{written[-1]['id']}", {"status": f"@{handle} {text}, twice"})
        if n % 8 == 3:
            a.kill9()
            a.start()
        if n % 8 == 7:
            b.kill9()
            b.start()
    for post in written:
        _here(a, post["uri"])

    def edited():
        rows = a.sql("SELECT content FROM post WHERE content LIKE '%row %' ORDER BY id")
        return [html.unescape(r["content"]) for r in rows if ", twice" not in r["content"]] == [] and len(rows) == POSTS
    eventually(edited, 60, "every edit on A, once")
    check.equal(a.count("post", "content LIKE '%row %'"), POSTS, "posts on A")
    shown = {x["post"]["ap_id"] for x in _v4(ann, "/post/list", community_id=at[a], sort="new", limit=POSTS, show_nsfw="true")["items"]}
    check.equal({p["uri"] for p in written} - shown, set(), "threads that are not shown")


if __name__ == "__main__":
    run(globals())
