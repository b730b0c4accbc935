"""Streams: who may listen to what, what each of them hears, and that nobody hears what is not for them."""

import time

from framework import api, check, stream
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.stream import EventStream, Refused, WebSocket


def setup():
    global node, alice, bob, eve, tokens, anybody
    node = Node().start()
    alice, bob, eve = (node.add_user(n) for n in ("alice", "bob", "eve"))
    tokens = {n: node.token(n) for n in ("alice", "bob", "eve")}
    anybody = api.Client(node.url, host=node.host)
    alice.follow_accepted("bob")


def _listen(name, *streams, **more):
    """A socket that listens to these; it has been heard, so what happens now is not missed."""
    socket = WebSocket(node, tokens[name])
    for each in streams:
        socket.subscribe(each, **more)
    _settle(socket)
    return socket


def _settle(socket):
    # Messages are taken in their order: the answer to one that is none follows those before it.
    socket.say("no JSON")
    check.equal(socket.next()["error"], "Error parsing the message", "heard")


def _refusal(make):
    try:
        make()
    except Refused as refused:
        return refused.status
    return None


def test_who_may_listen():
    check.equal(anybody.request("GET", "/api/v1/streaming/health").body.decode(), "OK", "health")
    for by in ("query", "header", "protocol"):
        socket = WebSocket(node, tokens["alice"], by=by, stream="user")
        check.equal(socket.status, 101, f"token in the {by}")
        check.equal(socket.head.get("sec-websocket-protocol"), tokens["alice"] if by == "protocol" else None, "echo")
        socket.close()
    check.equal(_refusal(lambda: WebSocket(node)), 401, "no token")
    check.equal(_refusal(lambda: WebSocket(node, "nonsense", stream="public")), 401, "no such token")
    check.equal(_refusal(lambda: EventStream(node, None, "public")), 401, "no token, by path")
    check.equal(_refusal(lambda: EventStream(node, tokens["alice"], "nowhere")), 404, "no such stream")
    check.equal(_refusal(lambda: EventStream(node, tokens["alice"], "hashtag")), 404, "a hashtag without a name")
    narrow = node.token("alice", "read:search")
    check.equal(_refusal(lambda: EventStream(node, narrow, "user")), 403, "a token for something else")
    socket = WebSocket(node, narrow)
    for name, more in (("user", {}), ("user:notification", {}), ("public", {}), ("list", {"list": "1"})):
        socket.subscribe(name, **more)
        check.equal(socket.next()["status"], 401, f"{name}, of a token for something else")
    socket.close()
    url = anybody.get("/api/v2/instance")["configuration"]["urls"]["streaming"]
    check.equal(url, node.base.replace("http", "ws", 1), "where streams are")


def test_a_request_that_names_what_cannot_be_heard():
    narrow = node.token("alice", "read:search")
    for token, query, status in ((tokens["alice"], {"stream": "nowhere"}, 400), (tokens["alice"], {"stream": "hashtag"}, 400),
                                 (narrow, {"stream": "user"}, 401)):
        socket = WebSocket(node, token, **query)
        check.equal(socket.next()["status"], status, f"{query}")
        _settle(socket)
        socket.close()


def test_nonsense_is_answered_and_harms_nothing():
    socket = _listen("alice", "user")
    for text, error in (("[]", "Unknown message type"), ("{", "Error parsing the message"), ('{"type":1}', "Unknown message type"),
                        ('{"type":"subscribe"}', "Unknown stream type"),
                        ('{"type":"subscribe","stream":"list","list":"x"}', "Unknown stream type"),
                        ('{"type":"unsubscribe","stream":"direct"}', None)):
        socket.say(text)
        if error:
            check.equal(socket.next()["error"], error, text)
    post = bob.status("still there")
    check.equal(socket.expect("update")["id"], post["id"], "still heard")
    socket.say("x" * 5000)
    socket.expect_end()
    for n in range(51):
        if n == 0:
            socket = WebSocket(node, tokens["alice"])
        socket.subscribe("hashtag", tag=f"t{n}")
    check.equal(socket.next()["error"], "Too many subscriptions", "the fifty-first")
    socket.close()


def test_home():
    socket = _listen("alice", "user")
    eve.status("alice does not follow eve")
    post = bob.status("hello")
    heard = socket.next()
    check.equal((heard["stream"], heard["event"]), (["user"], "update"), "an update")
    check.equal(heard["payload"], alice.get(f"/api/v1/statuses/{post['id']}"), "as she would be told by asking")
    own = alice.status("mine")
    check.equal(socket.expect("update")["id"], own["id"], "her own post")
    bob.put(f"/api/v1/statuses/{post['id']}", {"status": "hello again"})
    check.true("hello again" in socket.expect("status.update")["content"], "an edit")
    strange = eve.status("boosted by bob")
    bob.act(strange["id"], "reblog")
    boost = socket.expect("update")
    check.equal((boost["account"]["username"], boost["reblog"]["id"]), ("bob", strange["id"]), "a boost")
    bob.delete(f"/api/v1/statuses/{post['id']}")
    check.equal(socket.expect("delete"), post["id"], "a deletion")
    socket.unsubscribe("user")
    _settle(socket)
    witness = _listen("eve", "public:local")
    bob.status("not heard any more")
    witness.expect("update")    # everybody has been told: what is subscribed to now comes too late for it
    witness.close()
    socket.subscribe("public:local")
    _settle(socket)
    last = eve.status("for everybody")
    heard = socket.next()
    check.equal((heard["stream"], heard["payload"]["id"]), (["public:local"], last["id"]), "only what is listened to")
    socket.close()


def test_home_in_the_languages_of_a_follow():
    path = f"/api/v1/accounts/{alice.find_account('bob')['id']}/follow"
    socket = _listen("alice", "user")
    check.equal(alice.post(path, {"languages": ["de", "EN"]})["languages"], ["de", "en"], "asked for")
    check.equal(alice.relationship(bob.me()["id"])["languages"], ["de", "en"], "read back")
    alice.request("POST", path, {"languages": ["no language"]}).error(422)
    wanted = [bob.status("hallo", language="de")]
    bob.status("bonjour", language="fr")
    wanted.append(bob.status("hello", language="en"))
    for post in wanted:
        check.equal(socket.expect("update")["id"], post["id"], "heard at home")
    check.equal([s["id"] for s in alice.home(limit=2)], [s["id"] for s in reversed(wanted)], "and read there")
    check.equal(alice.post(path, {"reblogs": True})["languages"], ["de", "en"], "kept by other changes")
    check.equal(alice.post(path, body={"languages": []})["languages"], [], "all of them again")
    post = bob.status("encore", language="fr")
    check.equal(socket.expect("update")["id"], post["id"], "heard")
    socket.close()


def test_notifications():
    both, only = _listen("alice", "user"), _listen("alice", "user:notification")
    post = alice.status("like me")
    both.expect("update")
    eve.act(post["id"], "favourite")
    told = both.expect("notification")
    check.equal((told["type"], told["account"]["username"], told["status"]["id"]), ("favourite", "eve", post["id"]), "told")
    heard = only.next()
    check.equal((heard["stream"], heard["payload"]), (["user:notification"], told), "the same, and nothing before")
    both.close()
    only.close()


def test_public_timelines():
    peer = Peer()
    writer = peer.actor("writer")
    writer.send(node.inbox, writer.follow(node.person_id("alice")))
    alice.follow_accepted(f"@writer@{peer.host}")
    streams = ("public", "public:local", "public:remote", "public:media", "public:local:media", "public:remote:media")
    sockets = {name: _listen("eve", name) for name in streams}
    began = time.monotonic()
    note = writer.note("from elsewhere")
    writer.send(node.inbox, writer.create(note))
    remote = sockets["public"].expect("update")
    stream.within(1, began, "a peer's post on a client's socket")
    check.equal(remote["uri"], note["id"], "the post")
    picture = {"type": "Document", "mediaType": "image/png", "url": f"https://{peer.host}/a.png"}
    writer.send(node.inbox, writer.create(writer.note("a picture", attachment=[picture])))
    shown = sockets["public"].expect("update")["id"]
    bob.status("hidden", visibility="private")
    bob.status("quiet", visibility="unlisted")
    local = bob.status("from here")
    expected = {"public": [local["id"]], "public:local": [local["id"]], "public:remote": [remote["id"], shown],
                "public:media": [shown], "public:local:media": [], "public:remote:media": [shown]}
    last = bob.status("the end")
    bob.delete(f"/api/v1/statuses/{last['id']}")   # heard by all: nothing comes after it
    for name, socket in sockets.items():
        heard = []
        while True:
            message = socket.next()
            if message["event"] == "delete":
                break
            heard.append(message["payload"]["id"])
        check.equal([id for id in heard if id != last["id"]], expected[name], name)
        socket.close()
    peer.close()


def test_hashtags_lists_and_conversations():
    tagged, here = _listen("eve", "hashtag", tag="#Tea"), _listen("eve", "hashtag:local", tag="tea")
    made = alice.post("/api/v1/lists", {"title": "l"})
    alice.post(f"/api/v1/lists/{made['id']}/accounts", {"account_ids": [bob.me()["id"]]})
    listed, foreign = _listen("alice", "list", list=made["id"]), _listen("eve", "hashtag", tag="tea")
    bob.status("no hashtag")
    post = bob.status("now with #TEA")
    for socket, name in ((tagged, ["hashtag", "tea"]), (here, ["hashtag:local", "tea"]), (foreign, ["hashtag", "tea"])):
        heard = socket.next()
        check.equal((heard["stream"], heard["payload"]["id"]), (name, post["id"]), "by hashtag")
    check.true("no hashtag" in listed.expect("update")["content"], "the list's member")
    heard = listed.next()
    check.equal((heard["stream"], heard["payload"]["id"]), (["list", made["id"]], post["id"]), "in the list")
    mine, theirs = _listen("alice", "direct"), _listen("eve", "direct")
    secret = bob.status("@alice between us", visibility="direct")
    told = mine.expect("conversation")
    check.equal((told["last_status"]["id"], told["unread"]), (secret["id"], True), "a conversation")
    bob.status("@eve and you", visibility="direct")
    check.true("and you" in theirs.expect("conversation")["last_status"]["content"], "only one's own")
    for socket in (tagged, here, listed, foreign, mine, theirs):
        socket.close()


def test_a_list_is_heard_by_its_owner_only():
    made = alice.post("/api/v1/lists", {"title": "hers"})
    none = {"error": "Not authorized to stream this list", "status": 404}
    socket = WebSocket(node, tokens["eve"])
    for other in (made["id"], "1"):
        socket.subscribe("list", list=other)
        check.equal(socket.next(), none, f"eve and list {other}")
        check.equal(_refusal(lambda: EventStream(node, tokens["eve"], "list", list=other)), 404, f"the same by path, {other}")
    first = WebSocket(node, tokens["eve"], stream="list", list=made["id"])
    check.equal(first.next(), none, "named by the request")
    for each in (socket, first):
        each.subscribe("hashtag", tag="cups")
        _settle(each)
    post = bob.status("#cups")
    for each in (socket, first):
        check.equal(each.expect("update")["id"], post["id"], "the socket is there for other streams")
        each.close()
    mine = EventStream(node, tokens["alice"], "list", list=made["id"])
    check.equal(mine.status, 200, "alice's own")
    mine.close()


def test_what_is_not_for_somebody_is_not_heard():
    streams = ("user", "public", "public:local", "user:notification", "direct")
    socket = _listen("eve", *streams)
    socket.subscribe("hashtag", tag="secret")
    _settle(socket)
    hidden = [bob.status(f"#secret {v}", visibility=v) for v in ("private", "direct")]
    for post in hidden:
        bob.put(f"/api/v1/statuses/{post['id']}", {"status": "#secret still"})
        bob.delete(f"/api/v1/statuses/{post['id']}")
    last = bob.status("the end")
    for name in ("public", "public:local"):
        heard = socket.next()
        check.equal((heard["stream"], heard["event"], heard["payload"]["id"]), ([name], "update", last["id"]), "only this")
    socket.close()


def test_mutes_blocks_and_filters_hold():
    socket = _listen("alice", "user", "public")
    eve_id = eve.me()["id"]
    made = alice.post("/api/v2/filters", body={"title": "f", "context": ["home"], "filter_action": "hide",
                                               "keywords_attributes": [{"keyword": "turnips"}]})
    check.equal(socket.expect("filters_changed"), None, "her filters are others now")
    post = bob.status("turnips")
    heard = socket.next()
    check.equal((heard["stream"], heard["payload"]["id"]), (["public"], post["id"]), "hidden in home, not in public")
    check.equal(heard["payload"]["filtered"][0]["filter"]["title"], "f", "told there")
    alice.delete(f"/api/v2/filters/{made['id']}")
    socket.expect("filters_changed")
    alice.post(f"/api/v1/accounts/{eve_id}/mute")
    eve.status("muted")
    bob.act(eve.status("muted, and boosted")["id"], "reblog")
    alice.post(f"/api/v1/accounts/{eve_id}/unmute")
    alice.post(f"/api/v1/accounts/{eve_id}/block")
    eve.status("blocked")
    alice.post(f"/api/v1/accounts/{eve_id}/unblock")
    last = eve.status("again")
    heard = socket.next()
    check.equal((heard["stream"], heard["payload"]["id"]), (["public"], last["id"]), "nothing in between")
    socket.close()


def test_event_streams():
    home, notices = EventStream(node, tokens["alice"], "user"), EventStream(node, tokens["alice"], "user/notification")
    check.true(home.head["content-type"].startswith("text/event-stream"), "its type")
    check.equal(home.head.get("access-control-allow-origin"), "*", "for browsers elsewhere")
    tag = EventStream(node, tokens["eve"], "hashtag", tag="sse")
    post = bob.status("@alice by #sse")
    check.equal(home.expect("update")["id"], post["id"], "home")
    check.equal(home.expect("notification")["status"]["id"], post["id"], "a notification")
    check.equal(notices.expect("notification")["status"]["id"], post["id"], "alone")
    check.equal(tag.expect("update")["id"], post["id"], "a hashtag")
    for each in (home, notices, tag):
        each.close()


def test_whose_token_is_taken_back_is_cut_off_at_once():
    for name, act in (("zoe", ("password", "zoe", "--password", "a new password")), ("yan", ("suspend", "yan"))):
        node.add_user(name)
        token = node.token(name)
        socket, events = WebSocket(node, token, stream="user"), EventStream(node, token, "user")
        _settle(socket)
        began = time.monotonic()
        node.cli("user", *act)
        for each in (socket, events):
            each.expect_end()
        stream.within(2, began, f"kith user {act[0]} and its end")
        check.equal(_refusal(lambda: WebSocket(node, token, stream="user")), 401, "and does not come in again")


def test_announcements():
    socket, other = _listen("alice", "user"), _listen("bob", "user")
    id = node.cli("announcement", "add", "Tea is ready").split()[0]
    told = socket.expect("announcement")
    check.equal((told["id"], told["content"]), (id, "<p>Tea is ready</p>"), "announced")
    bob.put(f"/api/v1/announcements/{id}/reactions/%F0%9F%8D%B5")
    check.equal(socket.expect("announcement.reaction"), {"name": "🍵", "count": 1, "announcement_id": id}, "a reaction")
    node.cli("announcement", "remove", id)
    check.equal(socket.expect("announcement.delete"), id, "taken back")
    for event in ("announcement", "announcement.reaction", "announcement.delete"):
        other.expect(event)
    socket.close()
    other.close()


if __name__ == "__main__":
    run(globals())
