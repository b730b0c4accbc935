"""Mastodon.py and what comes by itself: Web Push, which it decrypts, and streams, to which it listens."""
from mastodon import MastodonNotFoundError, StreamListener
from mastodonpy_client import open_letter, refused, signed_in

from framework import check, pictures
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.push import Subscriber

# Not filters_changed: its data is the word "undefined", as in Mastodon, and the library ends at what is not JSON.
EVENTS = ("update", "delete", "notification", "conversation", "announcement", "announcement_reaction",
          "announcement_delete", "status_update")


class Listener(StreamListener):
    """Keeps what its stream tells, until the node ends: the library's `close` would wait for the next line."""

    def __init__(self, start, *arguments):
        self.events, self.beats, self.error = [], 0, None
        for name in EVENTS:
            setattr(self, f"on_{name}", lambda payload, name=name: self.events.append((name, payload)))
        self.stream = start(*arguments, listener=self, run_async=True)
        check.eventually(lambda: self.stream.connection is not None, 10, "the stream opens")

    def handle_heartbeat(self):
        self.beats += 1

    def on_abort(self, error):
        self.error = error

    def next(self, name):
        """The payload of the next event, which is to be this one."""
        check.eventually(lambda: self.events or self.error, 10, f"{name} is told")
        check.equal((self.error, self.events[:1] and self.events[0][0]), (None, name), "told")
        return self.events.pop(0)[1]

    def nothing_more(self):
        check.equal((self.error, self.events), (None, []), "nothing but what was expected")


def setup():
    global node, alice, bob
    node = Node().start()
    bob = node.add_user("bob")
    node.add_user("alice")
    alice = signed_in(node, "alice")
    alice.account_follow(alice.account_lookup("bob"))


def test_push():
    service = Subscriber(Peer())
    secret, public = alice.push_subscription_generate_keys()
    refused(MastodonNotFoundError, alice.push_subscription)
    made = alice.push_subscription_set(service.endpoint, public, mention_events=True, favourite_events=False,
                                       follow_request_events=True, status_events=True)
    alerts = {name: wanted for name, wanted in made.alerts.items() if name in
              ("mention", "favourite", "follow_request", "status", "follow")}
    check.equal((made.endpoint, alerts),
                (service.endpoint, {"mention": True, "favourite": False, "follow_request": True,
                                                              "status": True, "follow": False}), "made")
    check.equal((alice.push_subscription()["id"], alice.app_verify_credentials()["vapid_key"]),
                (made.id, made.server_key), "read back, with the node's key")
    status = bob.status("@alice wake up")
    check.eventually(lambda: service.requests, 15, "a letter comes")
    letter = open_letter(alice, service.requests[0], secret)
    check.equal((letter.notification_type, letter.title, letter.body),
                ("mention", "bob mentioned you", "@alice wake up"), "it says")
    check.equal(str(alice.notifications(letter.notification_id)["status"]["id"]), status["id"], "which notification")
    changed = alice.push_subscription_update(favourite_events=True, mention_events=False)
    check.equal((changed.alerts.favourite, changed.alerts.mention), (True, False), "changed")
    bob.status("@alice not wanted")
    bob.act(str(alice.status_post("like me")["id"]), "favourite")
    check.eventually(lambda: len(service.requests) > 1, 15, "another letter comes")
    check.equal(open_letter(alice, service.requests[1], secret)["notification_type"], "favourite",
                "only what is wanted")
    alice.push_subscription_delete()
    refused(MastodonNotFoundError, alice.push_subscription)


def test_home():
    check.equal(alice.stream_healthy(), True, "streams are there")
    heard = Listener(alice.stream_user)
    check.equal((heard.stream.is_alive(), heard.stream.is_receiving()), (True, True), "it listens")
    status = bob.status("hello")
    told = heard.next("update")
    check.equal((str(told.id), told.account.acct, told.created_at.year > 2000), (status["id"], "bob", True), "a post")
    bob.put(f"/api/v1/statuses/{status['id']}", {"status": "hello again"})
    check.contains(heard.next("status_update")["content"], "hello again", "an edit")
    bob.delete(f"/api/v1/statuses/{status['id']}")
    check.equal(str(heard.next("delete")), status["id"], "a deletion")
    mine = alice.status_post("like me")
    check.equal(heard.next("update")["id"], mine.id, "one's own post")
    bob.act(str(mine.id), "favourite")
    told = heard.next("notification")
    check.equal((told.type, told.account.acct, told.status.id), ("favourite", "bob", mine.id), "a notification")
    heard.nothing_more()
    heard.on_update = lambda status: heard.stream.close()
    bob.status("the last")
    check.eventually(lambda: not heard.stream.is_alive(), 10, "it ends where its listener closes it")


def test_announcements():
    heard = Listener(alice.stream_user)
    id = node.cli("announcement", "add", "Tea is ready").split()[0]
    check.equal(heard.next("announcement")["content"], "<p>Tea is ready</p>", "announced")
    alice.announcement_reaction_create(id, "🍵")
    told = heard.next("announcement_reaction")
    check.equal((told.name, told.count, str(told.announcement_id)), ("🍵", 1, id), "a reaction")
    node.cli("announcement", "remove", id)
    check.equal(str(heard.next("announcement_delete")), id, "taken back")


def test_public_timelines_hashtags_and_lists():
    made = alice.list_create("friends")
    alice.list_accounts_add(made, alice.account_lookup("bob"))
    everywhere, here = Listener(alice.stream_public), Listener(alice.stream_local)
    tagged, listed = Listener(alice.stream_hashtag, "Tea"), Listener(alice.stream_list, made)
    tagged_here = Listener(lambda **more: alice.stream_hashtag("tea", local=True, **more))
    peer = Peer()
    far = peer.actor("far")
    note = far.note("from far #tea", tag=[{"type": "Hashtag", "name": "#tea"}])
    peer.publish(note)
    far.send(node.inbox, far.follow(node.person_id("alice")))
    alice.account_follow(alice.search(f"@far@{peer.host}")["accounts"][0])
    far.send(node.inbox, far.create(note))
    for each in (everywhere, tagged):
        check.equal(each.next("update")["uri"], note["id"], "a post from elsewhere")
    alice.status_post("by alice")
    picture = bob.upload("POST", "/api/v2/media", {"file": pictures.png(8, 8)}).expect(200).json["id"]
    status = bob.status("by bob #tea", media_ids=[picture])
    for each in (everywhere, here):
        check.equal(each.next("update")["content"], "<p>by alice</p>", "a post of this node")
    for each in (everywhere, here, tagged, tagged_here, listed):
        told = each.next("update")
        check.equal((str(told.id), str(told.media_attachments[0].id)), (status["id"], picture), "another")
        each.nothing_more()


def test_conversations():
    heard = Listener(alice.stream_direct)
    bob.status("not this")
    status = bob.status("@alice between us", visibility="direct")
    told = heard.next("conversation")
    check.equal((str(told.last_status.id), told.unread, told.accounts[0].acct), (status["id"], True, "bob"),
                "a conversation")
    heard.nothing_more()


def test_it_lives_through_heartbeats():
    heard = Listener(alice.stream_local)
    check.eventually(lambda: heard.beats >= 2 or heard.error, 20, "its beginning, and a heartbeat")
    bob.status("still there?")
    check.equal(heard.next("update")["content"], "<p>still there?</p>", "still there")


if __name__ == "__main__":
    run(globals())
