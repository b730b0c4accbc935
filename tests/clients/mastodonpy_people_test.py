"""Mastodon.py and people: accounts, who follows, blocks and mutes whom, lists, suggestions, notifications, markers."""
from mastodon import MastodonAPIError, MastodonNotFoundError
from mastodonpy_client import ids, names, refused, signed_in

from framework import check, pictures
from framework.case import run
from framework.node import Node
from framework.peer import Peer


def setup():
    global node, alice, bob, carol, alice_id, bob_id, carol_id
    node = Node().start()
    for name in ("alice", "bob", "carol"):
        node.add_user(name)
    alice, bob, carol = (signed_in(node, name) for name in ("alice", "bob", "carol"))
    alice_id, bob_id, carol_id = (client.me()["id"] for client in (alice, bob, carol))


def _relation(client, id):
    return client.account_relationships(id)[0]


def test_a_profile():
    png = pictures.png(32, 32)
    me = alice.account_update_credentials(
        display_name="Alice A.", note="grows tea", avatar=png, avatar_mime_type="image/png", header=png,
        header_mime_type="image/png", locked=True, bot=True, discoverable=True,
        fields=[("garden", "behind"), ("tea", "green")])
    check.equal((me.display_name, me.source.note, me.locked, me.bot, me.discoverable),
                ("Alice A.", "grows tea", True, True, True), "changed")
    check.equal([(f.name, f.value) for f in me.source.fields], [("garden", "behind"), ("tea", "green")], "fields")
    check.true("/media/" in me.avatar and "/media/" in me.header, "pictures")
    seen = bob.account(alice_id)
    check.equal((seen.display_name, seen.avatar, seen.fields[1].value, "source" in seen),
                ("Alice A.", me.avatar, "green", False), "as others see it")
    check.equal(alice.account_verify_credentials()["display_name"], "Alice A.", "read back")
    me = alice.account_update_credentials(locked=False, bot=False)
    check.equal((me.locked, me.bot, me.display_name), (False, False, "Alice A."), "only what is said changes")


def test_looking_for_people():
    check.equal(alice.account_lookup("bob")["id"], bob_id, "by name")
    check.equal(names(alice.account_search("bo", limit=1)), ["bob"], "by a part of it")
    check.equal(names(alice.account_search("bo", following=True)), [], "among whom one follows")
    peer = Peer()
    peer.actor("far")
    alice.search(f"far@{peer.host}")   # which asks there
    check.equal(names(alice.account_search(f"far@{peer.host}")), [f"far@{peer.host}"], "elsewhere")
    refused(MastodonNotFoundError, alice.account, 1)
    refused(MastodonNotFoundError, alice.account_lookup, "nobody")


def test_posts_of_an_account():
    other = alice.status_post("boosted, and answered")
    post = bob.status_post("#leaf", media_ids=bob.media_post(pictures.png(8, 8), "image/png"))
    answer = bob.status_reply(other, "an answer")
    boost = bob.status_reblog(other)
    for more, expected in (({}, [boost, answer, post]), ({"exclude_replies": True}, [boost, post]),
                           ({"exclude_reblogs": True}, [answer, post]), ({"tagged": "Leaf"}, [post]),
                           ({"only_media": True}, [post]), ({"max_id": answer}, [post]),
                           ({"since_id": answer}, [boost]),
                           ({"min_id": post, "limit": 1}, [answer])):
        check.equal(ids(alice.account_statuses(bob_id, **more)), ids(expected), f"{list(more)}")


def test_following():
    followed = alice.account_follow(bob_id, reblogs=False, notify=True)
    check.equal((followed.following, followed.showing_reblogs, followed.notifying), (True, False, True),
                "how one follows")
    check.equal((names(bob.account_followers(bob_id)), names(alice.account_following(alice_id))), (["alice"], ["bob"]),
                "seen")
    post = bob.status_post("told at once")
    check.equal([n.status.id for n in alice.notifications(types=["status"])], [post.id], "one is told")
    carol.account_follow(bob_id)
    carol.account_follow(alice_id)
    check.equal([r.following for r in alice.account_relationships([bob_id, carol_id])], [True, False],
                "several at once")
    check.equal(names(bob.account_followers(bob_id, limit=1)), ["carol"], "the newest first")
    check.equal(_relation(bob, carol_id)["followed_by"], True, "from the other side")
    check.equal(bob.account_remove_from_followers(carol_id)["followed_by"], False, "no more")
    check.equal(_relation(carol, bob_id)["following"], False, "for her neither")
    check.equal((alice.account_unfollow(bob_id)["following"], bob.account_followers(bob_id)), (False, []), "unfollowed")
    carol.account_unfollow(alice_id)


def test_familiar_followers():
    alice.account_follow(carol_id)
    carol.account_follow(bob_id)
    found = alice.account_familiar_followers(bob_id)
    check.equal([(f.id, names(f.accounts)) for f in found], [(bob_id, ["carol"])],
                "whom one follows, and who follows him")
    alice.account_unfollow(carol_id)
    carol.account_unfollow(bob_id)


def test_follow_requests():
    alice.account_update_credentials(locked=True)
    asked = bob.account_follow(alice_id)
    check.equal((asked.following, asked.requested, names(alice.follow_requests())), (False, True, ["bob"]), "asked")
    check.equal([n.account.acct for n in alice.notifications(types=["follow_request"])], ["bob"], "told")
    check.equal((alice.follow_request_reject(bob_id)["followed_by"], _relation(bob, alice_id)["requested"]),
                (False, False), "rejected")
    bob.account_follow(alice_id)
    check.equal((alice.follow_request_authorize(bob_id)["followed_by"], _relation(bob, alice_id)["following"]),
                (True, True), "accepted")
    check.equal(alice.follow_requests(), [], "nobody waits")
    bob.account_unfollow(alice_id)
    alice.account_update_credentials(locked=False)


def test_notes_endorsements_and_featured_hashtags():
    check.equal((alice.account_note_set(bob_id, "met at tea")["note"], _relation(alice, bob_id)["note"]),
                ("met at tea",) * 2, "note")
    refused(MastodonAPIError, alice.account_pin, bob_id)   # whom one does not follow
    alice.account_follow(bob_id)
    check.equal((alice.account_pin(bob_id)["endorsed"], names(alice.endorsements())), (True, ["bob"]), "endorsed")
    check.equal((alice.account_unpin(bob_id)["endorsed"], alice.endorsements()), (False, []), "not any more")
    alice.account_unfollow(bob_id)
    alice.status_post("#tea and #cake")
    check.equal(sorted(t.name for t in alice.featured_tag_suggestions()), ["cake", "tea"], "suggested")
    made = alice.featured_tag_create("tea")
    check.equal((made.name, int(made.statuses_count)), ("tea", 1), "featured")
    check.equal(([t.id for t in alice.featured_tags()], [t.name for t in bob.account_featured_tags(alice_id)]),
                ([made.id], ["tea"]), "read back")
    alice.featured_tag_delete(made)
    check.equal(alice.featured_tags(), [], "not any more")


def test_blocks_and_mutes():
    own, post = alice.status_post("and for me"), bob.status_post("not for everybody")
    blocked = alice.account_block(bob_id)
    check.equal((blocked.blocking, names(alice.blocks())), (True, ["bob"]), "blocked")
    check.equal(ids(alice.timeline_public(limit=1)), [own.id], "not seen")
    check.equal(_relation(bob, alice_id)["blocked_by"], True, "he may know")
    check.equal((alice.account_unblock(bob_id)["blocking"], alice.blocks()), (False, []), "not any more")
    muted = alice.account_mute(bob_id, notifications=False, duration=3600)
    check.equal((muted.muting, muted.muting_notifications, names(alice.mutes())), (True, False, ["bob"]), "muted")
    check.equal(ids(alice.timeline_public(limit=1)), [own.id], "not seen")
    check.equal((alice.account_unmute(bob_id)["muting"], alice.mutes()), (False, []), "not any more")
    check.equal(ids(alice.timeline_public(limit=1)), [post.id], "seen again")


def test_a_mute_that_ends():
    dan = node.add_user("dan").me()
    alice.account_mute(dan["id"], duration=3600)
    check.true(alice.mutes()[0].get("mute_expires_at"), "told when")
    alice.account_unmute(dan["id"])
    alice.account_mute(dan["id"])
    check.equal(alice.mutes()[0].get("mute_expires_at", "nothing"), None, "told that it does not")


def test_a_page_on_which_all_is_hidden():
    frank = node.add_user("frank")
    frank.status("alone with #solitude")
    alice.account_mute(frank.me()["id"])
    check.equal(alice.timeline_hashtag("solitude"), [], "nothing, and no links that the library cannot read")


def test_blocked_hosts():
    peer = Peer()
    far = peer.actor("far")
    account = alice.search(f"far@{peer.host}")["accounts"][0]
    note = far.note("from far away")
    peer.publish(note)
    status = alice.search(note["id"])["statuses"][0]
    check.true(status.id in ids(alice.timeline_public(remote=True)), "seen")
    alice.domain_block(peer.host)
    check.equal((alice.domain_blocks(), _relation(alice, account)["domain_blocking"]), ([peer.host], True), "blocked")
    check.true(status.id not in ids(alice.timeline_public()), "not seen")
    alice.domain_unblock(peer.host)
    check.equal((alice.domain_blocks(), _relation(alice, account)["domain_blocking"]), ([], False), "not any more")


def test_lists():
    alice.account_follow(bob_id)
    made = alice.list_create("friends")
    check.equal((made.title, ids(alice.lists())), ("friends", [made.id]), "made")
    check.equal((alice.list_update(made, "good friends")["title"], alice.list(made)["title"]), ("good friends",) * 2,
                "renamed")
    alice.list_accounts_add(made, [bob_id])
    check.equal((names(alice.list_accounts(made)), ids(alice.account_lists(bob_id))), (["bob"], [made.id]), "with bob")
    post = bob.status_post("to the list")
    check.equal(ids(alice.timeline_list(made, limit=1)), [post.id], "its timeline")
    alice.list_accounts_delete(made, bob_id)
    check.equal((alice.list_accounts(made), alice.account_lists(bob_id)), ([], []), "without him")
    alice.list_delete(made)
    refused(MastodonNotFoundError, alice.list, made)
    alice.account_unfollow(bob_id)


def test_suggestions_and_directory():
    alice.account_follow(carol_id)
    carol.account_follow(bob_id)
    check.equal(names(alice.suggestions()), ["bob"], "whom those follow that one follows")
    alice.suggestion_delete(bob_id)
    check.equal(alice.suggestions(), [], "not any more")
    bob.account_update_credentials(discoverable=True)
    bob.status_post("here I am")
    check.equal(names(alice.directory(order="active", local=True, limit=1)), ["bob"], "who wrote last")
    check.true("bob" not in names(alice.directory(order="active", offset=1)), "and others")
    bob.account_update_credentials(discoverable=False)
    check.true("bob" not in names(alice.directory(order="new")), "not if one does not want it")


def test_conversations():
    first = bob.status_post("@alice between us", visibility="direct")
    found = alice.conversations()
    check.equal([(c.unread, names(c.accounts), c.last_status.id) for c in found], [(True, ["bob"], first.id)], "one")
    check.equal((alice.conversations_read(found[0])["unread"], alice.conversations()[0]["unread"]), (False, False),
                "read")
    answer = alice.status_reply(first, "yes")
    check.equal([(c.unread, c.last_status.id) for c in bob.conversations()], [(True, answer.id)], "as he sees it")


def test_notifications():
    alice.notifications_clear()
    post = alice.status_post("look")
    bob.status_favourite(post)
    bob.status_reblog(post)
    carol.status_post("@alice well done")
    told = alice.notifications()
    check.equal([n.type for n in told], ["mention", "reblog", "favourite"], "the newest first")
    check.equal((told[1].account.acct, told[1].status.id), ("bob", post.id), "who, and what")
    check.equal(alice.notifications(told[1])["type"], "reblog", "one")
    for more, expected in (({"types": ["favourite"]}, ["favourite"]),
                           ({"exclude_types": ["mention"]}, ["reblog", "favourite"]),
                           ({"account_id": carol_id}, ["mention"]), ({"mentions_only": True}, ["mention"]),
                           ({"limit": 1}, ["mention"]), ({"max_id": told[1]}, ["favourite"]),
                           ({"since_id": told[1]}, ["mention"]), ({"min_id": told[2], "limit": 1}, ["reblog"])):
        check.equal([n.type for n in alice.notifications(**more)], expected, f"{list(more)}")
    alice.notifications_dismiss(told[1])
    check.equal([n.type for n in alice.notifications()], ["mention", "favourite"], "one dismissed")
    refused(MastodonNotFoundError, alice.notifications, told[1])
    alice.notifications_clear()
    check.equal(alice.notifications(), [], "all gone")


def test_markers_and_preferences():
    check.equal(alice.markers_get(), {}, "none at first")
    set_to = alice.markers_set(["home", "notifications"], [7, 8])
    check.equal((set_to.home.last_read_id, set_to.notifications.last_read_id), (7, 8), "set")
    check.equal(alice.markers_get("notifications")["notifications"]["last_read_id"], 8, "one")
    both = alice.markers_get(["home", "notifications"])
    check.equal((both.home.last_read_id, both.notifications.last_read_id), (7, 8), "read back")
    preferences = alice.preferences()
    check.equal([preferences[f"posting:default:{name}"] for name in ("visibility", "sensitive")], ["public", False],
                "preferences")
    check.equal([preferences[f"reading:expand:{name}"] for name in ("media", "spoilers")], ["default", False],
                "preferences")


if __name__ == "__main__":
    run(globals())
