"""A Fedify server and a kith node: a stranger's implementation follows a person and a group here,
posts into the group and gets replies; our people follow its actor and see its posts. Fedify
verifies every signature and proof of ours, and we verify its own: RFC 9421 as by its default, and
draft-cavage."""

from fedify_peer import FedifyPeer

from framework import check
from framework.ap import as_list
from framework.case import run
from framework.node import Node


class Meeting:
    """A node with alice, bob and alice's group garden; a Fedify server with fred."""

    def __init__(self, first_knock=None):
        self.node = Node().start()
        self.alice = self.node.add_user("alice")
        self.bob = self.node.add_user("bob")
        self.garden = self.node.add_group("garden", "alice")
        self.fedify = FedifyPeer(first_knock)
        self.fred = self.fedify.call("actor", name="fred")

    def fred_follows(self, target):
        """fred follows an actor here, and Fedify gets the Accept."""
        self.fedify.call("follow", actor="fred", target=target)
        check.eventually(
            lambda: self.fedify.call("relations", actor="fred")["following"].get(target), 30,
            f"{target} accepts fred")

    def fred_posts(self, content, **more):
        return self.fedify.call("post", actor="fred", content=content, **more)

    def status_of(self, client, url):
        """The status of a URL once it is here; it is not fetched for that."""
        return check.eventually(lambda: next(iter(client.search(url, "statuses", resolve=False)),
                                             None), 30, f"{url} arrives")

    def all_well(self):
        """Fedify took everything that we sent, and logged no error."""
        statuses = self.fedify.statuses()
        check.equal(set(statuses), {202}, "how Fedify answered what we sent")
        check.equal(self.fedify.errors(), [], "errors that Fedify logged")


def setup():
    global meeting
    meeting = Meeting()


def test_fred_follows_a_person_and_sees_her_posts():
    fedify, alice = meeting.fedify, meeting.alice
    meeting.fred_follows(meeting.node.person_id("alice"))
    check.eventually(lambda: any(n["account"]["acct"] == meeting.fred["handle"][1:]
                                 for n in alice.notifications("follow")), 30, "the notification")

    status = alice.status("hello fediverse")
    got = fedify.wait_for("Create", lambda c: c["object"] == status["uri"])
    check.equal(got["actor"], meeting.node.person_id("alice"), "actor of the Create")
    alice.put(f"/api/v1/statuses/{status['id']}", {"status": "hello again"})
    got = fedify.wait_for("Update", lambda u: u["object"] == status["uri"])
    check.contains(str(got["json"]), "hello again", "the edited text")

    fedify.call("like", actor="fred", object=status["uri"])
    fedify.call("boost", actor="fred", object=status["uri"])

    def counts():
        now = alice.get(f"/api/v1/statuses/{status['id']}")
        return (now["favourites_count"], now["reblogs_count"]) == (1, 1)
    check.eventually(counts, 30, "fred's Like and boost count")

    alice.delete(f"/api/v1/statuses/{status['id']}")
    fedify.wait_for("Delete", lambda d: d["object"] == status["uri"])
    meeting.all_well()


def test_our_people_follow_fred_and_see_his_posts():
    fedify, bob, fred = meeting.fedify, meeting.bob, meeting.fred
    account = bob.follow_accepted(fred["handle"], 30)
    check.equal(account["acct"], fred["handle"][1:], "acct")
    check.contains(fedify.call("relations", actor="fred")["followers"],
                   meeting.node.person_id("bob"), "fred's followers")

    post = meeting.fred_posts("news from fred")
    seen = check.eventually(
        lambda: next((s for s in bob.home() if s["uri"] == post["object"]), None), 30,
        "bob's home shows fred's post")
    check.contains(seen["content"], "news from fred", "content")
    check.equal((seen["visibility"], seen["account"]["id"]), ("public", account["id"]), "status")

    for visibility, shown in (("unlisted", "unlisted"), ("followers", "private")):
        post = meeting.fred_posts(f"{visibility} news", visibility=visibility)
        status = meeting.status_of(bob, post["object"])
        check.equal(status["visibility"], shown, f"visibility of a post for {visibility}")
    check.equal(meeting.alice.search(post["object"], "statuses", resolve=False), [],
                "alice, who does not follow, and fred's followers-only post")

    fedify.call("update", note=post["object"], content="changed news")
    path = f"/api/v1/statuses/{status['id']}"
    check.eventually(lambda: "changed" in bob.get(path)["content"], 30, "fred's edit")
    bob.act(status["id"], "favourite")
    fedify.wait_for("Like", lambda x: x["object"] == post["object"])
    bob.act(status["id"], "unfavourite")
    fedify.wait_for("Undo")
    fedify.call("delete", note=post["object"])
    check.eventually(lambda: bob.request("GET", path).status == 404, 30, "fred's Delete")

    bob.unfollow(account["id"])
    check.eventually(lambda: meeting.node.person_id("bob") not in
                     fedify.call("relations", actor="fred")["followers"], 30, "the unfollow")
    meeting.all_well()


def test_a_conversation_in_the_group():
    fedify, alice, bob = meeting.fedify, meeting.alice, meeting.bob
    meeting.fred_follows(meeting.garden)
    bob.follow_accepted(meeting.node.handle("garden"))

    post = meeting.fred_posts("first tomatoes", group=meeting.garden, title="Tomatoes")
    status = meeting.status_of(bob, post["object"])
    check.eventually(lambda: any((s["reblog"] or {}).get("uri") == post["object"]
                                 for s in bob.home()), 30, "bob's home shows the group's post")
    bare = fedify.wait_for("Announce", lambda a: a["object"] == post["object"])
    check.equal(bare["actor"], meeting.garden, "who announces fred's post to his own server")

    reply = bob.status(f"@{status['account']['acct']} what kind?", in_reply_to_id=status["id"])
    arrived = check.eventually(lambda: _received_note(fedify, reply["uri"]), 30,
                               "bob's reply reaches fred")
    check.equal(arrived["inReplyTo"], post["object"], "inReplyTo of bob's reply")

    answer = meeting.fred_posts("cherry tomatoes", group=meeting.garden, inReplyTo=reply["uri"],
                                mentions=[meeting.node.person_id("bob")])
    check.eventually(lambda: any(n["status"]["uri"] == answer["object"]
                                 for n in bob.notifications("mention")), 30, "fred's answer")
    thread = [s["uri"] for s in alice.context(status["id"])["descendants"]]
    check.equal(thread, [reply["uri"], answer["object"]], "the thread as alice sees it")

    fedify.call("like", actor="fred", object=reply["uri"], group=meeting.garden)
    path = f"/api/v1/statuses/{reply['id']}"
    check.eventually(lambda: bob.get(path)["favourites_count"] == 1, 30,
                     "fred's Like within the group")
    fedify.call("delete", note=answer["object"])
    check.eventually(lambda: len(alice.context(status["id"])["descendants"]) == 1, 30, "the Delete")
    meeting.all_well()


def _received_note(fedify, uri):
    """The note that Fedify got in a Create: bare, or announced by the group."""
    for activity in fedify.received():
        found = _find(activity["json"], uri)
        if found:
            return found
    return None


def _find(json, uri):
    if isinstance(json, dict):
        if json.get("id") == uri and "content" in json:
            return json
        return next((f for f in (_find(v, uri) for v in json.values()) if f), None)
    if isinstance(json, list):
        return next((f for f in (_find(v, uri) for v in json) if f), None)
    return None


def test_fedify_reads_our_documents():
    fedify, node = meeting.fedify, meeting.node
    status = meeting.alice.status("to be looked up")
    for url, kind in ((node.person_id("alice"), "Person"), (meeting.garden, "Group"),
                      (status["uri"], "Note")):
        found = fedify.call("lookup", actor="fred", url=url)
        check.equal((found.get("id"), found.get("type")), (url, kind), f"lookup of {url}")
    person = fedify.call("lookup", actor="fred", url=node.person_id("alice"))
    check.true(person.get("publicKey") and person.get("assertionMethod"), "both kinds of key")


def test_a_direct_message_both_ways():
    fedify, alice = meeting.fedify, meeting.alice
    post = meeting.fred_posts("psst", visibility="direct",
                              mentions=[meeting.node.person_id("alice")])
    got = meeting.status_of(alice, post["object"])
    check.equal(got["visibility"], "direct", "visibility")
    check.equal(meeting.bob.search(post["object"], "statuses"), [], "bob sees it")
    answer = alice.status(f"{meeting.fred['handle']} pssst", visibility="direct",
                          in_reply_to_id=got["id"])
    create = fedify.wait_for("Create", lambda c: c["object"] == answer["uri"])
    check.equal(as_list(_find(create["json"], answer["uri"])["to"]), [meeting.fred["id"]], "to")


def test_a_server_that_begins_with_cavage():
    other = FedifyPeer(first_knock="cavage")
    ann = other.call("actor", name="ann")
    target = meeting.node.person_id("alice")
    other.call("follow", actor="ann", target=target)
    check.eventually(lambda: other.call("relations", actor="ann")["following"].get(target), 30,
                     "alice accepts ann")
    meeting.alice.follow_accepted(ann["handle"], 30)
    check.equal(other.errors(), [], "errors that Fedify logged")


def test_nothing_of_fedify_s_was_refused():
    """RFC 9421 at the first knock, with proofs and Linked Data signatures attached."""
    rows = meeting.node.sql("SELECT phase, reason FROM refusal WHERE key_id LIKE ?",
                            meeting.fedify.origin + "%")
    check.equal(rows, [], "refusals of its requests")
    taken = meeting.node.count("inbox_activity", "actor_ap_id LIKE ?", meeting.fedify.origin + "%")
    check.true(taken > 5, "activities of its actors were taken")


if __name__ == "__main__":
    run(globals())
