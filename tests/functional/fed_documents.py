"""What a node says of itself and its people to other servers: WebFinger, NodeInfo, actors, objects,
collections; and who gets which post through them."""

import json
from urllib.parse import quote

from framework import ap, check
from framework.case import run
from framework.node import Node
from framework.peer import Peer

HTML = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
NOBODY, STRANGER, FOLLOWER, NAMED = "nobody", "stranger", "follower", "named"
SEEN_BY = {
    "public": {NOBODY, STRANGER, FOLLOWER, NAMED},
    "unlisted": {NOBODY, STRANGER, FOLLOWER, NAMED},
    "private": {FOLLOWER, NAMED},
    "direct": {NAMED},
}


def setup():
    global node, alice, peer, viewers
    node = Node().start()
    alice = node.add_user("alice")
    node.add_group("garden", "alice", "The garden")
    peer = Peer()
    viewers = {NOBODY: None, STRANGER: peer.actor("stranger"), FOLLOWER: peer.actor("follower"),
               NAMED: peer.actor("named")}
    follow = viewers[FOLLOWER].follow(node.person_id("alice"))
    check.equal(viewers[FOLLOWER].send(node.inbox, follow).status, 202, "the follow")
    check.eventually(lambda: node.inbox_state(follow) == "applied", what="the follow is applied")
    alice.find_account(viewers[NAMED].handle)


def fetch(url, who=None):
    """(status, document or None) as this actor, or unsigned."""
    if who is None:
        status, document, _ = ap.get(url)
        return status, document
    response = who.get(url)
    return response.status, json.loads(response.body) if response.status == 200 else None


def document(url, accept=ap.ACCEPT):
    status, found, response = ap.get(url, accept)
    check.equal(status, 200, url)
    return found, response


def items(url):
    """All items of a collection, inline or in pages."""
    found, _ = document(url)
    out = []
    page = found
    while page:
        out += page.get("orderedItems", page.get("items", []))
        onward = page.get("next") or (page.get("first") if page is found and not out else None)
        page = document(onward)[0] if isinstance(onward, str) else onward
    return out


def test_webfinger_finds_people_groups_and_the_instance():
    """FEP-d556 for the instance actor, FEP-2c59 for the name that actors give themselves."""
    for resource, actor in ((f"acct:alice@{node.host}", node.person_id("alice")),
                            (f"acct:garden@{node.host}", node.group_id("garden")),
                            (f"acct:{node.host}@{node.host}", node.base + "/actor"),
                            (node.person_id("alice"), node.person_id("alice")),
                            (node.base + "/@alice", node.person_id("alice"))):
        status, found, response = ap.get(
            f"{node.base}/.well-known/webfinger?resource={quote(resource, safe='')}", "*/*")
        check.equal(status, 200, resource)
        check.equal(response.header("Content-Type").split(";")[0], "application/jrd+json", "type")
        check.equal(response.header("Access-Control-Allow-Origin"), "*", "CORS")
        link = next(l for l in found["links"] if l["rel"] == "self")
        check.equal((link["href"], link["type"]), (actor, "application/activity+json"), resource)


def test_webfinger_refuses_what_it_does_not_know():
    base = node.base + "/.well-known/webfinger"
    check.equal(ap.get(base)[0], 400, "without a resource")
    for resource in (f"acct:nobody@{node.host}", "acct:alice@elsewhere.example"):
        check.equal(ap.get(f"{base}?resource={quote(resource, safe='')}")[0], 404, resource)


def test_host_meta_names_webfinger():
    status, _, response = ap.get(node.base + "/.well-known/host-meta", "*/*")
    check.equal(status, 200, "host-meta")
    check.contains(response.body, (node.base + "/.well-known/webfinger?resource={uri}").encode())


def test_nodeinfo_is_honest():
    """FEP-f1d5; FEP-2677: it names the instance actor."""
    index, _ = document(node.base + "/.well-known/nodeinfo", "application/json")
    links = {link["rel"].rsplit("/", 1)[-1]: link["href"] for link in index["links"]}
    check.equal(links["activitystreams#Application"], node.base + "/actor", "the instance actor")
    for version in ("2.0", "2.1"):
        found, _ = document(links[version], "application/json")
        check.equal((found["version"], found["software"]["name"]), (version, "kith"), "NodeInfo")
        check.equal(found["usage"]["users"]["total"], node.count("account"), "people")
        check.equal(found["usage"]["localPosts"],
                    node.count("post", "local AND deleted_at IS NULL"), "posts")
        check.equal(found["openRegistrations"], False, "registration is closed")


def test_actor_documents():
    for url, kind in ((node.person_id("alice"), "Person"), (node.group_id("garden"), "Group"),
                      (node.base + "/actor", "Application")):
        found, response = document(url)
        check.equal((found["id"], found["type"]), (url, kind), url)
        check.equal(found["publicKey"]["owner"], url, "the key's owner")
        check.equal(response.header("Content-Type"), "application/activity+json; charset=utf-8")
        for name in ("outbox", "followers", "following", "featured"):
            if name in found:
                check.equal(document(found[name])[0]["id"], found[name], name)
    group, _ = document(node.group_id("garden"))
    check.equal(group["attributedTo"], node.group_id("garden") + "/moderators", "moderators")
    check.equal(items(group["attributedTo"]), [node.person_id("alice")], "who moderates")
    check.equal(document(node.base + "/")[0]["id"], node.base + "/actor", "the root's actor")


def test_actors_say_what_they_can_do():
    """FEP-844e, FEP-2c59, FEP-5feb."""
    for url in (node.person_id("alice"), node.group_id("garden"), node.base + "/actor"):
        found, _ = document(url)
        hrefs = [can["href"] for can in ap.as_list(found["generator"]["implements"])]
        check.is_in("https://datatracker.ietf.org/doc/html/rfc9421", hrefs, f"what {url} implements")
    found, _ = document(node.person_id("alice"))
    check.equal(found["webfinger"], f"alice@{node.host}", "the name for WebFinger")
    check.equal((found["discoverable"], found["indexable"]), (True, False), "consent to be found")


def test_a_thread_is_a_collection_in_the_order_of_time():
    """FEP-7888, FEP-f228: every post names it, it holds at least the first post, oldest first."""
    root = alice.status("a root")
    replies = [alice.status(f"reply {n}", in_reply_to_id=root["id"])["uri"] for n in range(3)]
    found = [document(uri)[0]["context"] for uri in (root["uri"], *replies)]
    check.equal(len(set(found)), 1, "contexts of one thread")
    thread, _ = document(found[0])
    check.equal((thread["type"], thread["orderedItems"]), ("OrderedCollection", [root["uri"], *replies]),
                "the thread")


def test_negotiation():
    url = node.person_id("alice")
    for accept in ("application/activity+json", "application/ld+json",
                   'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'):
        _, response = document(url, accept)
        check.contains(response.header("Vary"), "Accept", "Vary")
        check.contains(response.header("Vary"), "Signature", "Vary")
    _, _, page = ap.get(url, HTML)
    check.is_in(page.status, (200, 302, 303), "a browser gets the page, or is sent there")
    check.true("activity+json" not in (page.header("Content-Type") or ""), "no JSON for browsers")
    check.contains(page.header("Vary"), "Accept", "Vary of the page")


def test_unknown_names():
    for path in ("/u/nobody", "/c/nobody", "/u/garden", "/c/alice", "/u/nobody/outbox",
                 "/post/1234567890123456", "/post/x", "/activity/1234567890123456"):
        check.equal(fetch(node.base + path)[0], 404, path)
    activity = viewers[STRANGER].follow(node.person_id("nobody"))
    response = viewers[STRANGER].send(node.base + "/u/nobody/inbox", activity)
    check.equal(response.status, 404, "an inbox of nobody")


def test_outbox_and_its_activities():
    posted = [alice.status(f"outbox {n}")["uri"] for n in range(3)]
    found = [a for a in items(node.person_id("alice") + "/outbox") if a["type"] == "Create"]
    shown = [a["object"]["id"] for a in found if a["object"]["id"] in posted]
    check.equal(shown, posted[::-1], "newest first")
    again, _ = document(found[0]["id"])
    check.equal(again["object"]["id"], found[0]["object"]["id"], "the activity at its own id")


def test_a_groups_outbox_announces_what_is_posted():
    uri = alice.status(f"Tomatoes\n@garden@{node.host}")["uri"]
    collection, _ = document(node.group_id("garden") + "/outbox")
    newest = collection["orderedItems"][0]
    check.equal((newest["type"], newest["object"]["type"]), ("Announce", "Create"), "the entry")
    check.equal(newest["object"]["object"]["id"], uri, "the post")
    check.equal(document(newest["id"])[0]["object"]["object"]["id"], uri, "the entry at its id")


def test_featured_holds_whole_posts():
    status = alice.status("pinned")
    alice.act(status["id"], "pin")
    check.contains([p["id"] for p in items(node.person_id("alice") + "/featured")], status["uri"])
    check.true(all("content" in p for p in items(node.person_id("alice") + "/featured")), "whole")


def test_a_deleted_post_leaves_a_tombstone():
    status = alice.status("soon gone")
    alice.delete(f"/api/v1/statuses/{status['id']}")
    code, _, response = ap.get(status["uri"])
    check.equal(code, 410, "a deleted post")
    stone = json.loads(response.body)
    check.equal((stone["type"], stone["id"], stone["formerType"]),
                ("Tombstone", status["uri"], "Note"), "its Tombstone")
    secret = alice.status("soon gone too", visibility="direct")
    alice.delete(f"/api/v1/statuses/{secret['id']}")
    check.equal(fetch(secret["uri"])[0], 404, "of a direct post nobody learns that it was there")


def test_a_bad_signature_is_no_viewer():
    url = alice.status("signed for")["uri"]
    check.equal(viewers[STRANGER].get(url).status, 200, "a good one")
    forged = viewers[STRANGER].get(url, key=viewers[NAMED].key)
    check.equal(forged.status, 401, "another's key")


def test_visibility_at_every_door():
    root = alice.status("a thread")
    for visibility, allowed in SEEN_BY.items():
        post = alice.status(f"{visibility} for @named@{peer.host}", visibility=visibility,
                            in_reply_to_id=root["id"])
        uri = post["uri"]
        for name, who in viewers.items():
            what = f"{visibility} post, {name}"
            expected = name in allowed
            check.equal(fetch(uri, who)[0], 200 if expected else 404, f"object: {what}")
            for part in ("replies", "likes", "shares", "context"):
                status = fetch(f"{uri}/{part}", who)[0]
                check.equal(status, 200 if expected else 404, f"{part}: {what}")
            _, page = fetch(node.person_id("alice") + "/outbox?page=true", who)
            shown = [ap.id_of(a["object"]) for a in page["orderedItems"]]
            check.equal(uri in shown, expected, f"outbox: {what}")
            _, replies = fetch(root["uri"] + "/replies", who)
            check.equal(uri in replies["items"], expected, f"replies above: {what}")
            _, thread = fetch(root["uri"] + "/context", who)
            check.equal(uri in thread["orderedItems"], expected, f"thread: {what}")


def test_what_is_hidden_looks_like_what_is_absent():
    secret = alice.status("a secret", visibility="direct")["uri"]
    hidden, absent = ap.get(secret)[2], ap.get(node.base + "/post/1234567890123456")[2]
    check.equal((hidden.status, hidden.body), (absent.status, absent.body), "the answer")


if __name__ == "__main__":
    run(globals())
