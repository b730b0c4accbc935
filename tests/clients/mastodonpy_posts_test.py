"""Mastodon.py and posts: statuses, media, polls, schedules, timelines, filters, search and trends."""
import datetime
import tempfile
from pathlib import Path

from mastodon import MastodonAPIError, MastodonNotFoundError
from mastodonpy_client import contents, ids, names, refused, signed_in

from framework import check, pictures
from framework.case import run
from framework.node import Node, VirtualClock
from framework.peer import Peer
from framework.reply import Reply

HOUR = 3600


def setup():
    global node, clock, alice, bob, bob_now
    clock = VirtualClock()
    node = Node(clock=clock).start()
    bob_now = node.add_user("bob")
    node.add_user("alice")
    alice, bob = signed_in(node, "alice"), signed_in(node, "bob")
    alice.account_follow(alice.account_lookup("bob"))


def _later(seconds):
    """A time by the node's clock, in whole seconds."""
    return datetime.datetime.fromtimestamp(clock.now_ms // 1000 + seconds, datetime.timezone.utc)


def _is_at(time, seconds, what):
    check.true(abs(time - _later(seconds)) < datetime.timedelta(seconds=2), f"{what}: {time}")


def test_a_post_as_it_was_written():
    status = alice.status_post("hello", visibility="Unlisted", spoiler_text="greetings", sensitive=True, language="eo")
    check.equal((status.content, status.visibility, status.spoiler_text, status.sensitive, status.language),
                ("<p>hello</p>", "unlisted", "greetings", True, "eo"), "posted")
    _is_at(status.created_at, 0, "when")
    check.equal(bob.status(status)["account"]["acct"], "alice", "seen by others")
    check.equal(alice.toot("in short")["visibility"], "public", "by its short name")
    check.equal(alice.status_card(status), None, "no link, no card")
    secret = alice.status_post("for me", visibility="direct")
    refused(MastodonNotFoundError, bob.status, secret)
    refused(MastodonAPIError, alice.status_post, "")
    check.equal(alice.status_post("once", idempotency_key="k")["id"],
                alice.status_post("once", idempotency_key="k")["id"], "once for one key")


def test_a_thread_and_its_edits():
    root = bob.status_post("a beginning @alice", spoiler_text="long", visibility="unlisted")
    reply = alice.status_reply(root, "an answer")
    check.equal((reply.in_reply_to_id, reply.spoiler_text, reply.visibility, names(reply.mentions)),
                (root.id, "long", "unlisted", ["bob"]), "what a reply takes over")
    last = bob.status_reply(reply, "the end", untag=True)
    context = alice.status_context(reply)
    check.equal((ids(context.ancestors), ids(context.descendants)), ([root.id], [last.id]), "context")
    edited = alice.status_update(reply, "a better answer", spoiler_text="longer")
    check.true("a better answer" in edited.content and edited.edited_at, "edited")
    history = bob.status_history(reply)
    check.equal([(h.spoiler_text, "better" in h.content) for h in history], [("long", False), ("longer", True)],
                "history")
    check.equal((alice.status_source(reply)["text"], alice.status_source(reply)["spoiler_text"]),
                ("a better answer", "longer"), "source")
    gone = alice.status_delete(reply)
    check.equal(gone["text"], "a better answer", "what was deleted, to write it anew")
    refused(MastodonNotFoundError, bob.status, reply)


def test_what_others_make_of_it():
    status = bob.status_post("like me")
    check.equal((alice.status_favourite(status)["favourited"], ids(alice.favourites())), (True, [status.id]),
                "favourite")
    check.equal(names(bob.status_favourited_by(status)), ["alice"], "by whom")
    check.equal((alice.status_unfavourite(status)["favourited"], alice.favourites()), (False, []), "and not")
    boost = alice.status_reblog(status)
    check.equal((boost.reblog.id, boost.account.acct, alice.status(status)["reblogs_count"]), (status.id, "alice", 1),
                "boost")
    check.equal(names(bob.status_reblogged_by(status)), ["alice"], "by whom")
    check.equal((alice.status_unreblog(status)["reblogged"], bob.status_reblogged_by(status)), (False, []), "and not")
    check.equal((alice.status_bookmark(status)["bookmarked"], ids(alice.bookmarks())), (True, [status.id]), "bookmark")
    check.equal((alice.status_unbookmark(status)["bookmarked"], alice.bookmarks()), (False, []), "and not")
    check.equal(bob.status_pin(status)["pinned"], True, "pin")
    check.equal(ids(alice.account_statuses(status.account, pinned=True)), [status.id], "on top")
    check.equal((bob.status_unpin(status)["pinned"], alice.account_statuses(status.account, pinned=True)), (False, []),
                "and not")


def test_a_boost_has_its_own_visibility():
    boost = alice.status_reblog(bob.status_post("not so loud"), visibility="unlisted")
    check.equal(boost.visibility, "unlisted", "the boost's")


def test_a_thread_that_is_to_be_quiet():
    status = alice.status_post("a thread")
    alice.notifications_clear()
    check.equal(alice.status_mute(status)["muted"], True, "muted")
    bob.status_reply(status, "not heard")
    check.equal(alice.status_unmute(status)["muted"], False, "heard again")
    bob.status_reply(status, "heard")
    told = contents(n.status for n in alice.notifications())
    check.true(len(told) == 1 and told[0].endswith(" heard</p>") and "not" not in told[0], f"what came then: {told}")


def test_media():
    first = alice.media_post(pictures.png(32, 16), "image/png", description="a bar", focus=(0.5, -0.25))
    check.equal((first.type, first.description, first.meta.original.width), ("image", "a bar", 32), "uploaded")
    check.equal((first.meta.focus.x, first.meta.focus.y), (0.5, -0.25), "its focus")
    check.true(len(first.blurhash) > 6, "a blurhash")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "square.png"
        path.write_bytes(pictures.png(16, 16))
        second = alice.media_post(path, synchronous=True)
    changed = alice.media_update(second, description="a square", focus=(0, 1))
    check.equal((changed.description, changed.meta.focus.y), ("a square", 1), "changed")
    check.equal(alice.media(second)["description"], "a square", "read back")
    status = alice.status_post("look", media_ids=[first, second], sensitive=True)
    check.equal([m.description for m in bob.status(status)["media_attachments"]], ["a bar", "a square"], "posted")
    check.equal(ids(bob.account_statuses(status.account, only_media=True)), [status.id], "found by its media")
    kept = alice.status_update(status, "look again", media_ids=[second])
    check.equal(ids(kept.media_attachments), [second.id], "one taken away by an edit")
    refused(MastodonAPIError, alice.media_post, b"no picture", "image/png")


def test_timelines():
    peer = Peer()
    far = peer.actor("far")
    far.send(node.inbox, far.follow(node.person_id("alice")))
    alice.account_follow(alice.search(f"@far@{peer.host}")["accounts"][0])
    far.send(node.inbox, far.create(far.note("from far #tea", tag=[{"type": "Hashtag", "name": "#tea"}])))
    check.eventually(lambda: "from far" in alice.timeline_home(limit=1)[0]["content"], 15, "it comes")
    clock.advance(60)   # the peer goes by another clock
    near = bob.status_post("from near #tea", media_ids=bob.media_post(pictures.png(8, 8), "image/png"))
    far_id = alice.timeline_home()[1]["id"]
    both, one, other = [near.id, far_id], [near.id], [far_id]
    made = alice.list_create("friends")
    alice.list_accounts_add(made, [near.account])
    for which, found, expected in (
            ("home", alice.timeline_home(limit=2), both), ("home", alice.timeline(limit=2), both),
            ("home, with media", alice.timeline_home(limit=1, only_media=True), one),
            ("public", alice.timeline_public(limit=2), both), ("local", alice.timeline_local(limit=1), one),
            ("remote", alice.timeline_public(remote=True), other), ("list", alice.timeline_list(made, limit=1), one),
            ("media", alice.timeline_public(only_media=True, limit=1), one),
            ("tag", alice.timeline_hashtag("Tea"), both),
            ("tag here", alice.timeline_hashtag("tea", local=True), one),
            ("since", alice.timeline_home(since_id=far_id), one),
            ("before", alice.timeline_home(max_id=near, limit=1), other)):
        check.equal(ids(found), expected, which)
    following = alice.fetch_next(alice.timeline_hashtag("tea", limit=1))
    check.equal((ids(following), ids(alice.fetch_previous(following))), (other, one), "down and up")


def test_filters():
    made = alice.filter_create("turnips", ["home", "notifications"], irreversible=True, expires_in=HOUR)
    check.equal((made.phrase, made.context, made.irreversible, made.whole_word),
                ("turnips", ["home", "notifications"], True, True), "made")
    _is_at(made.expires_at, HOUR, "till when")
    check.equal((ids(alice.filters()), alice.filter(made)["phrase"]), ([made.id], "turnips"), "read back")
    shown, hidden = bob.status_post("turnipseed"), bob.status_post("turnips, again")
    home = alice.timeline_home(limit=5)
    check.true(shown.id in ids(home) and hidden.id not in ids(home), "hidden in home")
    changed = alice.filter_update(made, phrase="seed", context=["home"], irreversible=False, whole_word=False)
    check.equal((changed.phrase, changed.whole_word, changed.irreversible), ("seed", False, False), "changed")
    home = alice.timeline_home(limit=2)
    check.equal(ids(home), [hidden.id, shown.id], "the client hides")
    check.equal(ids(alice.filters_apply(home, alice.filters(), "home")), [hidden.id], "as it does")
    check.equal([f.keyword_matches for f in alice.status(shown)["filtered"]], [["seed"]], "said with the post")
    alice.filter_delete(made)
    refused(MastodonNotFoundError, alice.filter, made)


def test_a_filter_bears_the_name_of_its_phrase():
    made = alice.filter_create("cabbage", ["home"])
    status = bob.status_post("cabbage and leek")
    check.equal([f.filter.title for f in alice.status(status)["filtered"]], ["cabbage"], "as made")
    alice.filter_update(made, phrase="leek", context=["home"])
    check.equal([f.filter.title for f in alice.status(status)["filtered"]], ["leek"], "as changed")
    alice.filter_delete(made)


def test_search():
    peer = Peer()
    far = peer.actor("distant")
    found = alice.search(f"distant@{peer.host}")
    check.equal(names(found.accounts), [f"distant@{peer.host}"], "an account elsewhere")
    note = far.note("found by its address")
    peer.publish(note)
    check.equal([s.uri for s in alice.search(note["id"])["statuses"]], [note["id"]], "a post elsewhere")
    mine = alice.status_post("a rare word: chrysanthemum #flowering")
    check.equal(ids(alice.search("chrysanthemum", result_type="statuses")["statuses"]), [mine.id], "one's own post")
    check.equal(alice.search("chrysanthemum", account_id=bob.me()["id"])["statuses"], [], "not by somebody else")
    tags = alice.search_v2("flower", result_type="hashtags", exclude_unreviewed=False)
    check.equal(([t.name for t in tags.hashtags], tags.accounts, tags.statuses), (["flowering"], [], []), "a hashtag")
    check.equal(names(alice.account_search("bo")), ["bob"], "an account")


def test_a_link_and_its_card():
    page = Peer()
    page.serve("/tea", Reply(200, b'<title>On tea</title><meta name="description" content="All of it">', "text/html"))
    status = alice.status_post(f"read {page.base}/tea")
    card = check.eventually(lambda: alice.status_card(status), 15, "the page is read")
    check.equal((card.url, card.title, card.description, card.type),
                (f"{page.base}/tea", "On tea", "All of it", "link"), "card")
    bob.status_post(f"read {page.base}/tea, everybody")
    clock.advance(601)
    check.eventually(lambda: clock.advance(0.1) or alice.trending_links(), 15, "counted every ten minutes")
    link = alice.trending_links()[0]
    check.equal((link.url, link.title, link.history[0].accounts), (card.url, "On tea", "2"), "it trends")


def test_polls():
    question = bob.status_post("which?", poll=bob.make_poll(["this", "that", "both"], HOUR, multiple=True))
    check.equal([o.title for o in question.poll.options], ["this", "that", "both"], "options")
    check.equal(question.poll.multiple, True, "how")
    _is_at(question.poll.expires_at, HOUR, "till when")
    alice.poll_vote(question.poll, [0, 2])
    check.equal((alice.poll(question.poll)["own_votes"], [o.votes_count for o in bob.poll(question.poll)["options"]]),
                ([0, 2], [1, 0, 1]), "votes")
    refused(MastodonAPIError, alice.poll_vote, question.poll, 1)
    quiet = alice.status_post("and?", poll=alice.make_poll(["a", "b"], HOUR, hide_totals=True))
    bob.poll_vote(quiet.poll, 1)
    check.equal([o.votes_count for o in alice.poll(quiet.poll)["options"]], [None, None], "hidden till the end")
    bob.notifications_clear()
    clock.advance(HOUR + 1)
    check.eventually(lambda: clock.advance(0.1) or quiet.id in ids(n.status for n in bob.notifications(types=["poll"])),
                     15, "whoever voted is told the end")
    over = alice.poll(quiet.poll)
    check.equal((over.expired, [o.votes_count for o in over.options]), (True, [0, 1]), "the end")


def test_posts_for_later():
    made = alice.status_post("later", scheduled_at=_later(HOUR), visibility="unlisted", spoiler_text="soon")
    check.equal((made.scheduled_at, made.params.text, made.params.visibility), (_later(HOUR), "later", "unlisted"),
                "made")
    check.equal((ids(alice.scheduled_statuses()), alice.scheduled_status(made)["params"]["spoiler_text"]),
                ([made.id], "soon"), "what waits")
    check.equal(alice.scheduled_status_update(made, _later(2 * HOUR))["scheduled_at"], _later(2 * HOUR), "later still")
    dropped = alice.status_post("never", scheduled_at=_later(HOUR))
    alice.scheduled_status_delete(dropped)
    refused(MastodonNotFoundError, alice.scheduled_status, dropped)
    clock.advance(HOUR + 1)
    check.equal(alice.scheduled_status(made)["params"]["text"], "later", "not yet")
    clock.advance(HOUR)
    check.eventually(lambda: clock.advance(0.1) or "<p>later</p>" in contents(alice.timeline_home()), 15, "posted")
    check.equal(alice.scheduled_statuses(), [], "nothing waits")
    refused(MastodonAPIError, alice.status_post, "too soon", scheduled_at=_later(60))


def test_trends():
    carol, dan = node.add_user("carol"), node.add_user("dan")
    status = bob.status_post("everybody likes this, #lantern")
    alice.toot("#lantern tonight")
    for each in (carol, dan):
        each.act(str(status.id), "favourite")
        each.status("#lantern")
    clock.advance(601)
    check.eventually(lambda: clock.advance(0.1) or alice.trending_statuses(), 15, "counted every ten minutes")
    check.equal(ids(alice.trending_statuses()), [status.id], "posts")
    tags = alice.trending_tags(limit=1)
    check.equal([(t.name, t.history[0].uses, t.history[0].accounts) for t in tags], [("lantern", "4", "4")], "hashtags")
    check.equal([t.name for t in alice.trends(limit=1)], ["lantern"], "by its old name")
    alice.set_language("eo")
    check.equal([t.name for t in alice.trending_tags(limit=1)], ["lantern"], "asked for in a language")
    alice.set_language(None)


if __name__ == "__main__":
    run(globals())
