"""Who may see a post: each visibility, each kind of viewer, each door of the client API."""
from framework import ap, check
from framework.case import run
from framework.node import Node
from framework.peer import Peer

#              author follower mentioned stranger nobody
SEES = {
    "public":   (True, True, True, True, True),
    "unlisted": (True, True, True, True, True),
    "private":  (True, True, True, False, False),
    "direct":   (True, False, True, False, False),
}
VIEWERS = ("author", "follower", "mentioned", "stranger", None)


def setup():
    global node, clients, author_id, root, posts
    node = Node().start()
    clients = {name: node.add_user(name) for name in VIEWERS if name}
    clients[None] = node.client()
    author = clients["author"]
    author_id = author.me()["id"]
    clients["follower"].follow("author")
    root = author.status("root #seen")["id"]
    posts = {v: author.status(f"@mentioned {v} #seen", visibility=v, in_reply_to_id=root)["id"]
             for v in SEES}


def _each():
    for visibility, row in SEES.items():
        for viewer, sees in zip(VIEWERS, row):
            yield visibility, viewer, clients[viewer], posts[visibility], sees


def _agree(door, found, post, sees, visibility, viewer):
    check.equal(post in found, sees, f"{door}: {visibility} for {viewer or 'nobody'}")


def test_by_id_and_every_path_below_it():
    for visibility, viewer, client, post, sees in _each():
        for below in ("", "/context", "/history", "/favourited_by", "/reblogged_by"):
            status = client.request("GET", f"/api/v1/statuses/{post}{below}").status
            check.equal(status, 200 if sees else 404, f"{below or 'status'}: {visibility} for {viewer}")


def test_in_context_and_in_lists():
    for visibility, viewer, client, post, sees in _each():
        context = [s["id"] for s in client.context(root)["descendants"]]
        _agree("context", context, post, sees, visibility, viewer)
        listed = [s["id"] for s in client.get("/api/v1/statuses", id=list(posts.values()))]
        _agree("statuses?id[]", listed, post, sees, visibility, viewer)


def test_in_the_account_and_in_search():
    for visibility, viewer, client, post, sees in _each():
        listed = [s["id"] for s in client.get(f"/api/v1/accounts/{author_id}/statuses")]
        # Direct posts are conversation, not something that an account shows.
        if visibility != "direct":
            _agree("account", listed, post, sees, visibility, viewer)
        else:
            check.true(not (post in listed and not sees), f"account: direct for {viewer}")
        found = client.search(f"{node.base}/@author/{post}", "statuses", resolve=False)
        _agree("search", [s["id"] for s in found], post, sees, visibility, viewer)


def test_public_timelines_show_public_posts_only():
    for visibility, viewer, client, post, _ in _each():
        for path in ("/api/v1/timelines/public", "/api/v1/timelines/tag/seen"):
            if visibility in ("private", "direct"):
                found = [s["id"] for s in client.get(path)]
                check.true(post not in found, f"{path}: {visibility} for {viewer}")


def test_letters_are_shown_to_whom_they_are_between():
    for visibility, viewer, client, post, sees in _each():
        answer = client.request("GET", "/api/v1/timelines/direct")
        if viewer is None:
            answer.error(401)
            continue
        found = [s["id"] for s in answer.expect(200).json]
        check.equal(post in found, visibility == "direct" and sees, f"direct: {visibility} for {viewer}")


def test_home_and_notifications_show_what_is_for_their_owner():
    shown = {"follower": {"public", "unlisted", "private"}, "mentioned": set(), "stranger": set()}
    for name, visibilities in shown.items():
        home = [s["id"] for s in clients[name].home(limit=40)]
        told = clients[name].get("/api/v1/notifications", limit=40)
        grouped = {s["id"] for s in clients[name].get("/api/v2/notifications", limit=40)["statuses"]}
        for visibility, post in posts.items():
            check.equal(post in home, visibility in visibilities, f"home: {visibility} for {name}")
            about = [n for n in told if n.get("status") and n["status"]["id"] == post]
            check.equal(len(about), 1 if name == "mentioned" else 0,
                        f"notifications of {visibility} for {name}")
            check.equal(post in grouped, name == "mentioned", f"grouped: {visibility} for {name}")
            for notification in about:
                for other in VIEWERS:
                    status = clients[other].request(
                        "GET", f"/api/v1/notifications/{notification['id']}").status
                    check.equal(status, 200 if other == name else 401 if other is None else 404,
                                f"{name}'s notification for {other}")


def test_a_poll_is_for_whom_its_post_is():
    peer = Peer()
    pollster = peer.actor("pollster")
    person = node.person_id("mentioned")
    options = [{"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": 0}}
               for name in ("this", "that")]
    question = pollster.note("which?", to=[person], mentions=[(person, node.handle("mentioned"))],
                             type="Question", oneOf=options)
    pollster.send(node.inbox, pollster.create(question))
    poll = check.eventually(
        lambda: [n["status"]["poll"]["id"] for n in clients["mentioned"].notifications("mention")
                 if n["status"]["uri"] == question["id"]], 15, "the question arrives")[0]
    for viewer in VIEWERS:
        status = clients[viewer].request("GET", f"/api/v1/polls/{poll}").status
        check.equal(status, 200 if viewer == "mentioned" else 404, f"the poll for {viewer}")


def test_what_is_for_a_group_s_members_is_for_them():
    club = node.add_group("club", "author")
    clients["follower"].follow_accepted("club")
    peer = Peer()
    writer = peer.actor("writer")
    writer.send(node.inbox, writer.follow(club))
    check.eventually(lambda: peer.activities("Accept"), 15, "the writer has joined")
    note = writer.note("membersword", to=[club, club + "/followers"], audience=club)
    writer.send(node.inbox, writer.create(note, audience=club))
    post = check.eventually(lambda: next(
        (row["id"] for row in node.sql("SELECT id FROM post WHERE ap_id = ?", note["id"])), None),
        15, "the post is here")
    for viewer in VIEWERS:
        sees = viewer in ("author", "follower")
        for below in ("", "/context", "/history"):
            status = clients[viewer].request("GET", f"/api/v1/statuses/{post}{below}").status
            check.equal(status, 200 if sees else 404, f"{below or 'status'} for {viewer}")
        found = clients[viewer].search(note["id"], "statuses", resolve=False)
        check.equal(len(found), int(sees), f"search for {viewer}")
    club_id = clients["author"].find_account("club")["id"]
    for viewer in VIEWERS:
        shown = clients[viewer].get(f"/api/v1/accounts/{club_id}/statuses")
        texts = str([s.get("reblog") or s for s in shown])
        check.equal("membersword" in texts, viewer in ("author", "follower"), f"the group for {viewer}")
    for path in (f"/post/{post}", f"/@writer@{peer.host}/{post}"):
        check.equal(ap.get(node.base + path, "text/html")[0], 404, f"the page {path}")
    check.true("membersword" not in ap.get(node.base + "/c/club", "text/html")[2].body.decode(),
               "the group's page")


def test_nobody_acts_on_what_they_do_not_see():
    for visibility, viewer, client, post, sees in _each():
        if viewer and not sees:
            for verb in ("favourite", "reblog", "pin"):
                client.request("POST", f"/api/v1/statuses/{post}/{verb}").error(404)
            client.request("POST", "/api/v1/statuses", {"status": "x", "in_reply_to_id": post}).error(404)
            client.request("GET", f"/api/v1/statuses/{post}/source").error(404)


def test_a_follow_that_ends_takes_the_sight_with_it():
    follower = clients["follower"]
    follower.unfollow(author_id)
    follower.request("GET", f"/api/v1/statuses/{posts['private']}").error(404)
    follower.follow("author")
    follower.get(f"/api/v1/statuses/{posts['private']}")


run(globals())
