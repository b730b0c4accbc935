"""The Fedify peer alone: what it says about kith must not be its own mistake. Two Fedify servers
follow each other and talk, and the fake peer of the framework meets one."""

from fedify_peer import FedifyPeer

from framework import check
from framework.case import run
from framework.peer import Peer


def _two():
    a, b = FedifyPeer(), FedifyPeer(first_knock="cavage")
    return a, b, a.call("actor", name="ann"), b.call("actor", name="bob")


def test_two_fedify_servers_follow_and_talk():
    a, b, ann, bob = _two()
    a.call("follow", actor="ann", target=bob["id"])  # it reads a handle over https only
    check.eventually(lambda: a.call("relations", actor="ann")["following"].get(bob["id"]), 20,
                     "bob accepts ann's follow")
    check.equal(b.call("relations", actor="bob")["followers"], [ann["id"]], "bob's followers")

    post = b.call("post", actor="bob", content="hello followers")
    got = a.wait_for("Create", lambda c: c["object"] == post["object"])
    check.equal(got["actor"], bob["id"], "actor")
    b.call("update", note=post["object"], content="hello again")
    got = a.wait_for("Update", lambda u: u["object"] == post["object"])
    check.contains(str(got["json"]), "hello again", "the edited note")

    reply = a.call("post", actor="ann", content="hello bob", visibility="direct",
                   mentions=[bob["id"]], inReplyTo=post["object"])
    got = b.wait_for("Create", lambda c: c["object"] == reply["object"])
    check.equal(got["json"]["object"]["inReplyTo"], post["object"], "inReplyTo")

    like = a.call("like", actor="ann", object=post["object"])
    boost = a.call("boost", actor="ann", object=post["object"])
    b.wait_for("Like", lambda x: x["id"] == like["id"])
    b.wait_for("Announce", lambda x: x["id"] == boost["id"])
    a.call("undo", activity=like["id"])
    b.wait_for("Undo")
    b.call("delete", note=post["object"])
    a.wait_for("Delete")
    check.equal(a.call("lookup", actor="ann", url=post["object"]), {}, "the deleted note")
    check.equal([a.errors(), b.errors()], [[], []], "errors")


def test_unfollow_ends_delivery():
    a, b, ann, bob = _two()
    follow = a.call("follow", actor="ann", target=bob["id"])
    check.eventually(lambda: b.call("relations", actor="bob")["followers"], 20, "the follow")
    a.call("undo", activity=follow["id"])
    check.eventually(lambda: not b.call("relations", actor="bob")["followers"], 20, "the unfollow")


def test_a_cavage_only_peer_is_reached_by_the_second_knock():
    fake = Peer(verify=True)
    carol = fake.actor("carol")
    fedify = FedifyPeer()
    ann = fedify.call("actor", name="ann")
    fedify.call("follow", actor="ann", target=carol.id)
    check.eventually(lambda: fake.activities("Follow"), 20, "the Follow, signed with cavage")
    check.eventually(lambda: fedify.call("relations", actor="ann")["following"].get(carol.id), 20,
                     "Fedify takes our Accept")
    check.equal(fedify.statuses(), [202], "what Fedify answered to the Accept")
    note = carol.note("from the fake peer", mentions=[(ann["id"], ann["handle"])])
    check.equal(carol.send(ann["inbox"], carol.create(note)).status, 202, "our Create")
    got = fedify.wait_for("Create")
    check.equal(got["object"], note["id"], "the note that Fedify read")


def test_wrong_signatures_are_refused_by_fedify():
    fake = Peer()
    carol = fake.actor("carol")
    mallory = fake.actor("mallory")
    fedify = FedifyPeer()
    ann = fedify.call("actor", name="ann")
    create = carol.create(carol.note("x"))
    check.equal(carol.send(ann["inbox"], create, key=mallory.key).status, 401, "wrong key")
    check.equal(mallory.send(ann["inbox"], create).status, 401, "signer is not the actor")
    check.equal(carol.send(ann["inbox"], create, digest=None).status, 401, "no digest")
    check.equal(fedify.received("Create"), [], "what it took in")


if __name__ == "__main__":
    run(globals())
