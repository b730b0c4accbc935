"""What a domain block does to relations: a suspension ends follows in both directions, tells those
concerned whom they lost, and does not bring them back; a silenced host's people are heard by those who
follow them only, and ask before they follow."""

from framework import check
from framework.case import run
from framework.evil import Scene, marker


def setup():
    global scene, eve
    scene = Scene()
    for client in (scene.alice, scene.bob):
        eve = client.follow_accepted(scene.eve.id)
    scene.eve.send(scene.node.inbox, scene.eve.follow(scene.alice_id))
    check.eventually(lambda: scene.evil.activities("Accept"), 20, "alice accepts eve")


def _severed(client):
    return client.notifications("severed_relationships")


def test_a_suspension_ends_follows_and_says_whose():
    posts = scene.evil.hits(method="POST")
    scene.node.cli("domain", "block", scene.evil.host)
    told = check.eventually(lambda: _severed(scene.alice), 20, "alice is told")[0]
    event = told["event"]
    check.equal((event["type"], event["target_name"], event["followers_count"], event["following_count"]),
                ("domain_block", scene.evil.host, 1, 1), "the event")
    names = scene.alice.get(f"/api/kith/v1/severances/{event['id']}")
    check.equal((names["followers"], names["following"]), ([scene.eve.handle[1:]],) * 2, "whom she lost")
    check.eventually(lambda: _severed(scene.bob), 20, "bob is told")
    bobs = _severed(scene.bob)[0]["event"]
    check.equal((bobs["followers_count"], bobs["following_count"]), (0, 1), "what concerns bob")
    check.equal(scene.node.count("follow"), 0, "follows that are left")
    check.equal(scene.evil.hits(method="POST"), posts, "what the blocked host is told")
    scene.node.client("bob").request("GET", "/api/kith/v1/severances/1").error(404)
    scene.node.add_user("cleo")
    scene.node.client("cleo").request("GET", f"/api/kith/v1/severances/{event['id']}").error(404)


def test_the_end_of_a_block_brings_nothing_back():
    scene.node.cli("domain", "unblock", scene.evil.host)
    relation = scene.alice.relationship(eve["id"])
    check.equal((relation["following"], relation["followed_by"]), (False, False), "alice and eve")
    check.equal(len(_severed(scene.alice)), 1, "alice still can look")
    scene.node.cli("domain", "block", "nobody.example")
    scene.node.cli("domain", "unblock", "nobody.example")
    check.equal(scene.node.count("severance"), 1, "a block that concerns nobody tells nobody")


def test_a_silenced_host_is_heard_by_followers_only():
    bob = scene.bob
    check.eventually(lambda: scene.eve.send(scene.node.inbox, b"{}").status == 400, 10, "the block is over")
    bob.follow_accepted(scene.eve.id)
    scene.node.cli("domain", "block", scene.evil.host, "--severity", "silence")
    note = scene.note(scene.eve, word := marker())
    note["tag"].append({"type": "Hashtag", "name": "#pondlife", "href": scene.eve.id})
    scene.eve.send(scene.node.inbox, scene.eve.create(note))
    check.eventually(lambda: any(s["uri"] == note["id"] for s in bob.home()), 20, "bob's home has it")
    for path in ("/api/v1/timelines/public", "/api/v1/timelines/tag/pondlife"):
        check.true(not any(s["uri"] == note["id"] for s in bob.get(path)), f"{path} has not")
    check.equal(scene.alice.mentions_with(word), [], "alice, who does not follow her, is not told")
    check.true(scene.alice.search(note["id"], "statuses"), "it can be found by its link")
    scene.eve.send(scene.node.inbox, scene.eve.follow(scene.alice_id))
    check.eventually(lambda: scene.alice.get("/api/v1/follow_requests"), 20, "eve has to ask")
    scene.node.cli("domain", "unblock", scene.evil.host)
    check.true(any(s["uri"] == note["id"] for s in bob.get("/api/v1/timelines/public")),
               "after the block the public timeline has it")


if __name__ == "__main__":
    run(globals())
