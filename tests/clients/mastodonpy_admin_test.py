"""Mastodon.py for those who moderate: reports, accounts, who is let in, domain blocks, trends."""
import datetime

from mastodon import Mastodon, MastodonAPIError, MastodonNotFoundError, MastodonUnauthorizedError
from mastodonpy_client import ADMIN_SCOPES, ids, names, nobody, refused, signed_in

from api_sign_up import Door
from framework import check, pictures
from framework.case import run
from framework.peer import Peer
from framework.reply import Reply


def setup():
    global door, node, boss, mod, alice, bob, bob_id
    door = Door("approval", confirm=False)
    node = door.node
    for name in ("alice", "bob"):
        node.add_user(name)
    node.add_user("mod", role="moderator")
    boss, mod = (signed_in(node, name, ADMIN_SCOPES) for name in ("boss", "mod"))
    alice, bob = signed_in(node, "alice"), signed_in(node, "bob")
    bob_id = bob.me()["id"]


def _names(accounts):
    return sorted(account["username"] for account in accounts)


def _far(name, text):
    """A peer's host, an account of it, and a post of that account that has come here."""
    peer = Peer()
    actor = peer.actor(name)
    note = actor.note(text)
    peer.publish(note)
    status = alice.search(note["id"])["statuses"][0]
    return peer, status.account, status


def test_who_is_here():
    peer, far, _ = _far("far", "hello")
    local = ["alice", "bob", "boss", "mod"]
    for more, expected in (({"origin": "local"}, local), ({"origin": "remote"}, ["far"]),
                           ({"permissions": "staff"}, ["boss", "mod"]),
                           ({"username": "ali"}, ["alice"]), ({"email": "bob@mail.example"}, ["bob"]),
                           ({"by_domain": f"http://{peer.host}"}, ["far"]), ({"status": "suspended"}, []),
                           ({"origin": "local", "status": "active", "max_id": mod.me()}, ["alice", "bob", "boss"])):
        check.equal(_names(mod.admin_accounts_v2(**more)), expected, f"{more}")
    first = mod.admin_accounts_v2(origin="local", limit=3)
    check.equal(_names(mod.fetch_remaining(first)), local, "in pages")
    for ask in (mod.admin_accounts, mod.admin_accounts_v1):
        check.equal((_names(ask()), _names(ask(remote=True))),
                    (_names(mod.admin_accounts_v2(status="active")), ["far"]), "from where")
        check.equal((_names(ask(staff_only=True)), _names(ask(status="silenced"))), (["boss", "mod"], []), "who helps")
    row = mod.admin_account(bob_id)
    check.equal((row.username, row.email, row.confirmed, row.approved, row.account.acct),
                ("bob", "bob@mail.example", True, True, "bob"), "one")
    check.equal(mod.admin_account(far)["domain"], peer.host, "one from elsewhere")
    refused(MastodonAPIError, alice.admin_accounts_v2)


def test_who_wants_in():
    waiting = {}
    for name in ("erin", "frank"):
        waiting[name] = nobody(node)
        waiting[name].create_account(name, "long enough", f"{name}@mail.example", agreement=True, reason="I like tea")
        check.contains(str(refused(MastodonAPIError, waiting[name].me)), "pending approval", "waits")
    rows = {row.username: row for row in mod.admin_accounts_v2(status="pending")}
    check.equal([(name, rows[name].invite_request, rows[name].approved) for name in sorted(rows)],
                [("erin", "I like tea", False), ("frank", "I like tea", False)], "who waits")
    check.equal(mod.admin_account_approve(rows["erin"])["approved"], True, "approved")
    check.equal(waiting["erin"].me()["acct"], "erin", "let in")
    check.equal(mod.admin_account_reject(rows["frank"])["username"], "frank", "rejected")
    refused(MastodonUnauthorizedError, waiting["frank"].me)
    check.equal(mod.admin_accounts_v2(status="pending"), [], "nobody waits")


def test_what_is_done_to_accounts():
    token = node.token("bob")
    mod.admin_account_moderate(bob_id, "disable", send_email_notification=False)
    check.equal((mod.admin_account(bob_id)["disabled"], _names(mod.admin_accounts_v2(status="disabled"))),
                (True, ["bob"]), "disabled")
    refused(MastodonUnauthorizedError, Mastodon(access_token=token, api_base_url=node.url).me)
    check.equal(mod.admin_account_enable(bob_id)["disabled"], False, "enabled")
    status = signed_in(node, "bob").status_post("here again")
    mod.admin_account_moderate(bob_id, "silence", text="quietly")
    check.equal((mod.admin_account(bob_id)["silenced"], status.id in ids(alice.timeline_public())), (True, False),
                "silenced")
    check.equal(mod.admin_account_unsilence(bob_id)["silenced"], False, "and not")
    check.true(status.id in ids(alice.timeline_public()), "seen again")
    mod.admin_account_moderate(bob_id, "suspend")
    check.equal(mod.admin_account(bob_id)["suspended"], True, "suspended")
    refused(MastodonNotFoundError, alice.status, status)
    check.equal((mod.admin_account_unsuspend(bob_id)["suspended"], alice.status(status)["id"]), (False, status.id),
                "and not")
    mod.admin_account_moderate(bob_id)   # a warning, no more
    check.equal([mod.admin_account(bob_id)[mark] for mark in ("disabled", "silenced", "suspended")], [False] * 3,
                "as before")
    gone = node.add_user("gone").me()["id"]
    mod.admin_account_moderate(gone, "suspend")
    check.equal(mod.admin_account_delete(gone)["username"], "gone", "deleted")
    refused(MastodonNotFoundError, mod.admin_account, gone)
    refused(MastodonAPIError, mod.admin_account_moderate, boss.me()["id"], "suspend")


def test_pictures_of_an_account_are_sensitive():
    pia = node.add_user("pia")
    picture = pia.upload("POST", "/api/v2/media", {"file": pictures.png(8, 8)}).expect(200).json["id"]
    status = pia.status("look", media_ids=[picture])
    mod.admin_account_moderate(pia.me()["id"], "sensitive")
    check.equal(mod.admin_account(pia.me()["id"])["sensitized"], True, "marked")
    check.equal(alice.status(status["id"])["sensitive"], True, "shown so")
    check.equal(mod.admin_account_unsensitive(pia.me()["id"])["sensitized"], False, "taken back")
    check.equal(alice.status(status["id"])["sensitive"], False, "as before")


def test_reports():
    dan = node.add_user("dan")
    status = dan.status("buy this")
    made = alice.report(dan.me()["id"], status_ids=[status["id"]], comment="advertising", category="spam")
    check.equal((made.category, made.comment, made.status_ids, made.action_taken),
                ("spam", "advertising", [status["id"]], False), "made")
    mine = {"account_id": alice.me()["id"]}
    for more, expected in (({}, [made.id]), (mine, [made.id]), ({"target_account_id": dan.me()["id"]}, [made.id]),
                           ({"target_account_id": bob_id}, []), ({"resolved": True}, []), ({"max_id": made}, [])):
        check.equal(ids(mod.admin_reports(**more)), expected, f"{list(more)}")
    row = mod.admin_report(made)
    check.equal((row.account.username, row.target_account.username, [str(s.id) for s in row.statuses]),
                ("alice", "dan", [status["id"]]), "read")
    check.equal(mod.admin_report_assign(made)["assigned_account"]["username"], "mod", "taken on")
    check.equal(mod.admin_report_unassign(made)["assigned_account"], None, "and not")
    done = mod.admin_report_resolve(made)
    check.equal((done.action_taken, done.action_taken_by_account.username, ids(mod.admin_reports(resolved=True))),
                (True, "mod", [made.id]), "resolved")
    check.equal((mod.admin_report_reopen(made)["action_taken"], ids(mod.admin_reports(**mine))), (False, [made.id]),
                "opened again")
    refused(MastodonAPIError, alice.admin_reports)


def test_a_report_of_a_broken_rule():
    rule = node.cli("rule", "add", "No advertising").split()[0]
    made = alice.report(bob_id, category="violation", rule_ids=[rule])
    check.equal((made.category, made.rule_ids), ("violation", [rule]), "made")
    check.equal([r.text for r in mod.admin_report(made)["rules"]], ["No advertising"], "read")


def test_a_report_that_goes_on():
    peer, far, status = _far("loud", "noise")
    made = alice.report(far, status_ids=[status], comment="loud", forward=True)
    check.equal(made.forwarded, True, "forwarded")
    flag = check.eventually(lambda: door.clock.advance(0.1) or peer.activities("Flag"), 15, "it comes there")[0]
    check.true(status.uri in flag["object"] and flag["content"] == "loud", f"what is reported: {flag}")


def test_domain_blocks():
    peer, far, status = _far("far", "spam")
    made = boss.admin_create_domain_block(peer.host, severity="silence", private_comment="watch it", reject_media=True,
                                          public_comment="noise", reject_reports=True, obfuscate=True)
    check.equal((made.domain, made.severity, made.private_comment, made.public_comment, made.reject_media,
                 made.reject_reports, made.obfuscate), (peer.host, "silence", "watch it", "noise", True, True, True),
                 "made")
    check.equal((ids(boss.admin_domain_blocks()), boss.admin_domain_blocks(made)["domain"]), ([made.id], peer.host),
                "read back")
    check.true(status.id not in ids(alice.timeline_public(remote=True)), "silenced")
    changed = boss.admin_update_domain_block(made, severity="suspend", public_comment="spam", obfuscate=False)
    check.equal((changed.severity, changed.public_comment, changed.private_comment), ("suspend", "spam", "watch it"),
                "changed")
    refused(MastodonNotFoundError, alice.status, status)
    boss.admin_delete_domain_block(made)
    check.equal((boss.admin_domain_blocks(), alice.status(status)["id"]), ([], status.id), "not any more")
    refused(MastodonNotFoundError, boss.admin_domain_blocks, made)
    refused(MastodonAPIError, mod.admin_domain_blocks)   # which is for admins


def test_trends():
    page = Peer()
    page.serve("/lanterns", Reply(200, b"<title>On lanterns</title>", "text/html"))
    status = alice.status_post(f"#lantern tonight {page.base}/lanterns")
    bob_now = signed_in(node, "bob")
    bob_now.status_post(f"a #lantern here, too: {page.base}/lanterns")
    check.eventually(lambda: alice.status(status)["card"], 15, "the page is read")
    for client in (bob_now, boss):
        client.status_favourite(status)
    door.clock.advance(601)
    check.eventually(lambda: door.clock.advance(0.1) or mod.admin_trending_statuses(), 15, "counted every ten minutes")
    check.equal((ids(mod.admin_trending_statuses()), [t.name for t in mod.admin_trending_tags()]),
                ([status.id], ["lantern"]), "posts and hashtags")
    check.equal([link.title for link in mod.admin_trending_links()], ["On lanterns"], "links")
    refused(MastodonAPIError, alice.admin_trending_tags)
    refused(MastodonAPIError, alice.admin_trending_links)


def _two_days():
    today = datetime.datetime.fromtimestamp(door.clock.now_ms / 1000, datetime.timezone.utc)
    return today - datetime.timedelta(days=1), today


def test_accounts_of_a_host_by_their_followers():
    peer, far, _ = _far("loved", "by some")
    def ranked():
        found = mod.admin_dimensions(*_two_days(), instance_accounts=peer.host)
        return [(r.key, r.human_key, r.value) for r in found[0].data]
    check.equal(ranked(), [("loved", "loved", 0)], "by nobody")
    alice.account_follow(far)
    check.eventually(lambda: alice.account_relationships(far)[0]["following"], 15, "followed")
    check.equal(ranked(), [("loved", "loved", 1)], "by alice")


def test_figures():
    days = _two_days()
    before = mod.admin_measures(*days, new_users=True)[0]
    node.add_user("hal").status("counted", language="eo")
    peer = _far("counted", "one post")[0]
    found = {m.key: m for m in mod.admin_measures(*days, active_users=True, new_users=True, interactions=True,
                                                  opened_reports=True, resolved_reports=True,
                                                  instance_accounts=peer.host, instance_statuses=f"http://{peer.host}")}
    check.equal([(d.date.day, d.value) for d in found["new_users"].data],
                [(days[0].day, before.data[0].value), (days[1].day, before.data[1].value + 1)], "by day")
    check.equal([found[key]["total"] for key in ("new_users", "instance_accounts", "instance_statuses")],
                [str(int(before.total) + 1), "1", "1"], "in sum")
    ranks = {d.key: d.data for d in mod.admin_dimensions(*days, limit=40, languages=True, sources=True, servers=True,
                                                         space_usage=True, software_versions=True)}
    check.equal([r.value for r in ranks["languages"] if r.key == "eo"], [1], "languages")
    check.equal([r.value for r in ranks["servers"] if r.key == peer.host], [1], "servers")
    check.true(ranks["space_usage"][0].value > 0 and ranks["software_versions"][0].value, "what it stands on")
    refused(MastodonAPIError, alice.admin_measures, *days, new_users=True)
    door.clock.advance(24 * 3600)   # for figures of a day that is over
    cohort = mod.admin_retention(*days, frequency="day")[-1]
    check.equal((cohort.period.day, cohort.frequency, [d.date.day for d in cohort.data]),
                (days[1].day, "day", [days[1].day]), "who signed up then")
    check.true(cohort.data[0].value >= 1 and 0 < cohort.data[0].rate <= 1, f"who of them came: {cohort}")


if __name__ == "__main__":
    run(globals())
