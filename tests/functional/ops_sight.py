"""What an operator and an author can see: where a post has got to, how each peer stands, and why
something from outside was not taken."""
import json
import re
import urllib.request

from framework import check
from framework.api import Client
from framework.case import run
from framework.node import Node, VirtualClock
from framework.peer import Peer
from framework.reply import Reply


def setup():
    global node, alice, bob, boss, good, bad
    node = Node(config={"federation.retry_delays": ["0s", "1h"]}).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    node.add_user("boss", role="admin")
    boss = _client("boss", "read admin:read")
    good, bad = Peer(verify=True), Peer(verify=True)
    for peer in (good, bad):
        actor = peer.actor("carol")
        actor.send(node.inbox, actor.follow(node.person_id("alice")))
        check.eventually(lambda p=peer: p.activities("Accept"), 15, "the follow is accepted")


def _client(name, scopes):
    return Client(node.url, node.token(name, scopes), host=node.host)


def _get(client, path, code=200, **query):
    return client.request("GET", path, **query).expect(code).json


def _delivery(client, status, code=200):
    return _get(client, f"/api/kith/v1/statuses/{status['id']}/delivery", code)


def test_a_post_shows_where_it_has_got_to_and_why_it_waits():
    bad.inbox_reply = Reply(503)
    status = alice.status("to both")

    def one_has_it_and_one_failed():
        seen = _delivery(alice, status)
        tried = any(host["attempts"] for host in seen["hosts"])
        return seen if seen["delivered"] == 1 and tried else None

    seen = check.eventually(one_has_it_and_one_failed, 20, "one host has it, one failed")
    check.equal((seen["delivered"], seen["waiting"], seen["given_up"]), (1, 1, 0), "the counts")
    by_host = {host["host"]: host for host in seen["hosts"]}
    check.equal(by_host[good.host]["state"], "delivered", "state at the good host")
    check.equal(by_host[bad.host]["state"], "waiting", "state at the bad host")
    check.contains(by_host[bad.host]["error"], "503", "why it waits")
    check.true(by_host[bad.host]["next_at"], "when it is tried again")

    check.equal(_delivery(boss, status), _delivery(alice, status), "what a moderator sees")
    check.equal(_delivery(bob, status, 404), {"error": "Record not found"}, "what others see")
    _delivery(node.client(), status, 401)

    told = node.cli("post", "delivery", status["uri"])
    check.contains(told, "delivered to 1 of 2 peers", "the command")
    check.contains(told, bad.host + "  waiting", "the command")
    check.equal(json.loads(node.cli("post", "delivery", status["id"], "--json"))["waiting"], 1,
                "the command's JSON")
    check.contains(node.cli("post", "delivery", "https://nobody.example/1", code=1),
                   "no post here", "of a post that is not there")


def test_peers_show_state_lag_and_software():
    peers = {p["host"]: p for p in _get(boss, "/api/kith/v1/admin/peers")}
    check.equal(peers[good.host]["state"], "healthy", "state of the good peer")
    check.true(peers[good.host]["last_success_at"], "its last success")
    failing = _get(boss, f"/api/kith/v1/admin/peers/{bad.host}")
    check.is_in(failing["state"], ("failing", "open"), "state of the bad peer")
    check.contains(failing["last_error"], "503", "its last error")
    check.equal(failing["waiting"], 1, "what waits for it")
    check.true(failing["first_failure_at"], "since when it fails")
    _get(boss, "/api/kith/v1/admin/peers/nobody.example", 404)

    told, again = (re.sub(r"for \d+ s", "for N s", node.cli(*command)) for command in (("peers",), ("peers", "list")))
    check.contains(told, good.host + "  healthy", "kith peers")
    check.equal(again, told, "kith peers list")
    check.contains(node.cli("peers", "show", bad.host), "503", "kith peers show")


def test_the_software_of_peers_is_asked_for():
    clock = VirtualClock()
    asker, said = Node(clock=clock).start(), Peer()
    said.serve("/.well-known/nodeinfo", Reply.json(
        {"links": [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0",
                    "href": said.base + "/ni"}]}, "application/json"))
    said.serve("/ni", Reply.json({"version": "2.0", "software": {
        "name": "pebble", "version": "1.2"}}, "application/json"))
    asker.add_user("alice")
    actor = said.actor("carol")
    actor.send(asker.inbox, actor.follow(asker.person_id("alice")))
    check.eventually(lambda: clock.advance(1) or said.activities("Accept"), 15,
                     "the follow is accepted")
    clock.advance(2 * 3600)
    check.eventually(lambda: clock.advance(1) or "pebble 1.2" in asker.cli("peers", "show", said.host), 20,
                     "the software is shown")


def test_refusals_name_phase_and_reason():
    eve = good.actor("eve")
    forged = eve.create(eve.note("not mine"), actor=good.base + "/users/somebody")
    check.equal(eve.send(node.inbox, forged).status, 401, "answer to a forgery")
    line = check.eventually(lambda: [
        r for r in _get(boss, "/api/kith/v1/admin/refusals", host=good.host)
        if r["activity"] == forged["id"]], 10, "the refusal is listed")[0]
    check.equal((line["phase"], line["status"]), ("verified", 401), "phase and status")
    check.contains(line["reason"], "signer is not the actor", "the reason")
    check.contains(node.cli("refusals", "--host", good.host), "signer is not the actor",
                   "kith refusals")
    check.equal(_get(boss, "/api/kith/v1/admin/refusals", host="else.example"), [],
                "refusals of another host")
    page = _get(boss, "/api/kith/v1/admin/refusals", max_id=line["id"])
    check.true(all(int(r["id"]) < int(line["id"]) for r in page), "a page below an id")
    check.contains(node.cli("refusals", "--limit", "0", code=1), "--limit is a number", "a bad limit")


def test_only_moderators_with_the_scope_may_look():
    for path in ("/api/kith/v1/admin/peers", f"/api/kith/v1/admin/peers/{good.host}",
                 "/api/kith/v1/admin/refusals"):
        _get(node.client(), path, 401)
        _get(alice, path, 403)                                # neither scope nor role
        _get(_client("alice", "read admin:read"), path, 403)  # no role
        _get(_client("boss", "read write"), path, 403)        # no scope


def test_metrics_tell_of_deliveries_and_lag():
    with urllib.request.urlopen(f"http://127.0.0.1:{node.ops_port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    check.contains(text, 'kith_deliveries_total{outcome="delivered"}', "metrics")
    check.contains(text, f'kith_peer_lag_seconds{{host="{bad.host}"}}', "metrics")
    check.contains(text, "kith_delivery_waiting 1", "metrics")


if __name__ == "__main__":
    run(globals())
