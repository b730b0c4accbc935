"""Mastodon.py: a member's way from signing up to logging out, step after step."""
import datetime

from mastodon import (Mastodon, MastodonAPIError, MastodonIllegalArgumentError, MastodonNotFoundError,
                      MastodonUnauthorizedError)
from mastodonpy_client import ADMIN_SCOPES, contents, ids, names, nobody, open_letter, refused, signed_in

from api_sign_up import Door
from framework import check, pictures
from framework.case import run
from framework.peer import Peer
from framework.push import Subscriber

PNG = pictures.png(32, 32)


def setup():
    global door, bob, eve, eve_id, mod
    door = Door("open")
    bob, eve = door.node.add_user("bob"), door.node.add_user("eve")
    door.node.add_user("mod", role="moderator")
    eve_id = eve.me()["id"]
    mod = signed_in(door.node, "mod", ADMIN_SCOPES)


def _soon(condition, what):
    """Waits for what the node does by itself, whose clock goes on meanwhile."""
    return check.eventually(lambda: door.clock.advance(0.1) or condition(), 15, what)


def sign_up():
    global alice
    alice = nobody(door.node)
    refused(MastodonIllegalArgumentError, alice.create_account, "bob", "short", "alice@mail.example", agreement=True)
    token, wrong = alice.create_account("bob", "long enough", "x", return_detailed_error=True)
    check.equal((token, {name: [e.error for e in errors] for name, errors in wrong.details.items()}),
                (None, {"username": ["ERR_TAKEN"], "email": ["ERR_INVALID"], "agreement": ["ERR_ACCEPTED"]}),
                "told by field")
    alice.create_account("alice", "long enough", "alice@mail.example", agreement=True, locale="en")
    check.contains(str(refused(MastodonAPIError, alice.me)), "missing a confirmed e-mail address", "not yet let in")


def confirm():
    door.letters(1)
    door.clock.advance(61)
    alice.email_resend_confirmation()
    letter = door.letters(2)[1]
    check.equal(letter["To"], "<alice@mail.example>", "to whom")
    door.follow_link(door.link(letter)).expect(200)
    check.equal((alice.me()["acct"], alice.account_verify_credentials()["source"]["privacy"]), ("alice", "public"),
                "let in")


def profile():
    me = alice.account_update_credentials(display_name="Alice", note="hello", avatar=PNG, avatar_mime_type="image/png",
                                          discoverable=True, fields=[("site", "none")])
    check.equal((me.display_name, me.source.note, me.fields[0].name), ("Alice", "hello", "site"), "changed")
    check.equal(bob.get(f"/api/v1/accounts/{me.id}")["avatar"], me.avatar, "seen")


def follow():
    global bob_id
    bob_id = alice.account_lookup("bob")["id"]
    check.equal(alice.account_follow(bob_id)["following"], True, "followed")
    check.equal([n["account"]["acct"] for n in bob.notifications("follow")], ["alice"], "told")
    post = bob.status("welcome")
    check.equal([str(s.id) for s in alice.timeline_home()], [post["id"]], "it comes home")


def post_with_image_and_alt_text():
    media = alice.media_post(PNG, "image/png", description="a square", focus=(0.5, -0.5))
    status = alice.status_post("look", media_ids=media)
    seen = bob.get(f"/api/v1/statuses/{status.id}")["media_attachments"]
    check.equal([(m["type"], m["description"], m["meta"]["focus"]) for m in seen],
                [("image", "a square", {"x": 0.5, "y": -0.5})], "seen")


def content_warning():
    status = alice.status_post("soup again", spoiler_text="food", sensitive=True)
    seen = bob.get(f"/api/v1/statuses/{status.id}")
    check.equal((seen["spoiler_text"], seen["sensitive"]), ("food", True), "behind a warning")


def poll_and_vote():
    asked = bob.post("/api/v1/statuses",
                     body={"status": "which?", "poll": {"options": ["this", "that"], "expires_in": 3600}})
    alice.poll_vote(asked["poll"], 1)
    check.equal((alice.poll(asked["poll"])["own_votes"], alice.poll(asked["poll"])["votes_count"]), ([1], 1), "voted")
    own = alice.status_post("and you?", poll=alice.make_poll(["here", "there"], 3600))
    bob.post(f"/api/v1/polls/{own.poll.id}/votes", body={"choices": [0]})
    check.equal([o.votes_count for o in alice.poll(own.poll)["options"]], [1, 0], "voted by others")


def reply():
    global first, answer
    first = alice.status(bob.status("a beginning")["id"])
    answer = alice.status_reply(first, "an answer")
    check.equal((answer.in_reply_to_id, names(answer.mentions)), (first.id, ["bob"]), "to him")
    check.equal(ids(alice.status_context(first)["descendants"]), [answer.id], "in the thread")


def edit():
    check.contains(alice.status_update(answer, "a better answer")["content"], "a better answer", "edited")
    check.equal((len(alice.status_history(answer)), alice.status_source(answer)["text"]), (2, "a better answer"),
                "history")


def boost():
    check.equal(alice.status_reblog(first)["reblog"]["id"], first.id, "boosted")
    check.equal(names(alice.status_reblogged_by(first)), ["alice"], "by her")


def quote():
    # The library has Fedibird's quotes alone, so this asks by the way that all its methods go.
    made = alice._Mastodon__api_request("POST", "/api/v1/statuses",
                                        {"status": "as he says", "quoted_status_id": first.id})
    shown = alice.status(made)["quote"]
    check.equal((shown.state, shown.quoted_status.id), ("accepted", first.id), "quoted")
    check.equal(len(bob.notifications("quote")), 1, "he is told")


def bookmark():
    alice.status_bookmark(first)
    check.equal(ids(alice.bookmarks()), [first.id], "kept")


def make_a_list():
    made = alice.list_create("friends")
    alice.list_accounts_add(made, bob_id)
    post = bob.status("for the list")
    check.equal((names(alice.list_accounts(made)), str(alice.timeline_list(made)[0]["id"])), (["bob"], post["id"]),
                "a list")


def filter_words():
    made = alice.filter_create("turnips", ["home"], irreversible=True)
    bob.status("turnips")
    post = bob.status("leeks")
    check.equal(([str(s.id) for s in alice.timeline_home(limit=1)],
                 "<p>turnips</p>" in contents(alice.timeline_home())),
                ([post["id"]], False), "hidden")
    alice.filter_delete(made)
    check.true("<p>turnips</p>" in contents(alice.timeline_home()), "and not")


def schedule():
    at = datetime.datetime.fromtimestamp(door.clock.now_ms // 1000 + 600, datetime.timezone.utc)
    waiting = alice.status_post("later", scheduled_at=at)
    check.equal((ids(alice.scheduled_statuses()), waiting.scheduled_at), ([waiting.id], at), "waits")
    door.clock.advance(601)
    _soon(lambda: "<p>later</p>" in contents(alice.timeline_home(limit=1)), "posted")
    check.equal(alice.scheduled_statuses(), [], "waits no more")


def notification():
    status = alice.status_post("like me")
    bob.act(str(status.id), "favourite")
    told = alice.notifications(types=["favourite"])
    check.equal([(n.account.acct, n.status.id) for n in told], [("bob", status.id)], "told")
    alice.notifications_dismiss(told[0])
    check.equal(alice.notifications(types=["favourite"]), [], "put away")


def push():
    service = Subscriber(Peer())
    secret, public = alice.push_subscription_generate_keys()
    alice.push_subscription_set(service.endpoint, public, mention_events=True)
    bob.status("@alice wake up")
    _soon(lambda: service.requests, "a letter")
    letter = open_letter(alice, service.requests[0], secret)
    check.equal((letter.notification_type, letter.body), ("mention", "@alice wake up"), "read")
    alice.push_subscription_delete()
    refused(MastodonNotFoundError, alice.push_subscription)


def block():
    check.equal((alice.account_block(eve_id)["blocking"], names(alice.blocks())), (True, ["eve"]), "blocked")
    eve.request("POST", f"/api/v1/accounts/{alice.me()['id']}/follow").error(403)
    alice.account_unblock(eve_id)


def mute():
    check.equal((alice.account_mute(eve_id, duration=3600)["muting"], names(alice.mutes())), (True, ["eve"]), "muted")
    eve.status("buy this, @alice")
    check.true("eve" not in [n.account.acct for n in alice.notifications()], "not heard")
    door.clock.advance(3601)
    check.equal(alice.mutes(), [], "it ends by itself")


def report():
    global reported
    status = alice.account_statuses(eve_id)[0]
    reported = alice.report(eve_id, status_ids=[status], comment="advertising", category="spam")
    check.equal((reported.category, reported.comment, reported.target_account.acct), ("spam", "advertising", "eve"),
                "reported")


def moderate():
    seen = mod.admin_reports(target_account_id=eve_id)
    check.equal([(r.id, r.account.username, contents(r.statuses)) for r in seen],
                [(reported.id, "alice", contents(alice.account_statuses(eve_id)))], "a moderator sees it")
    mod.admin_account_moderate(eve_id, "silence", report_id=reported.id)
    check.equal((mod.admin_account(eve_id)["silenced"], mod.admin_report(reported)["action_taken"]), (True, True),
                "and acts")
    check.true("eve" not in [s.account.acct for s in mod.timeline_public()], "not in public")


def log_out():
    token = alice.access_token
    alice.revoke_access_token()
    refused(MastodonUnauthorizedError, Mastodon(access_token=token, api_base_url=door.node.url).me)
    refused(MastodonIllegalArgumentError, alice.revoke_access_token)


STEPS = (sign_up, confirm, profile, follow, post_with_image_and_alt_text, content_warning, poll_and_vote, reply, edit,
         boost, quote, bookmark, make_a_list, filter_words, schedule, notification, push, block, mute, report, moderate,
         log_out)


def test_a_members_way():
    for step in STEPS:
        try:
            step()
        except Exception as error:
            check.fail(f"{step.__name__}: {error}")


if __name__ == "__main__":
    run(globals())
