"""Suspending a host hides what it left here, and taking the block back shows it again; what somebody
on another host wrote stays where it is."""

from framework import check
from framework.case import run
from framework.evil import Scene


def setup():
    global scene, of_carol, of_eve
    scene = Scene()
    of_carol = scene.applied(scene.carol, *scene.mention(scene.carol))
    of_eve = scene.applied(scene.eve, *scene.mention(scene.eve))


def _answers(status):
    """What alice and a visitor get for the status, and alice for its author."""
    path = f"/api/v1/statuses/{status['id']}"
    clients = (scene.alice, scene.node.client())
    return [c.request("GET", path).status for c in clients] + \
        [scene.alice.request("GET", f"/api/v1/accounts/{status['account']['id']}").status]


def _notified_of(status):
    return any(n.get("status") and n["status"]["id"] == status["id"]
               for n in scene.alice.notifications())


def test_what_is_here_is_hidden_and_comes_back():
    check.equal(_answers(of_eve), [200, 200, 200], "before the block")
    check.true(_notified_of(of_eve), "alice has eve's mention before the block")
    scene.node.cli("domain", "block", scene.evil.host)
    check.equal(_answers(of_eve), [404, 404, 200], "while eve's host is suspended")
    author = scene.alice.get(f"/api/v1/accounts/{of_eve['account']['id']}")
    check.equal((author["suspended"], author["display_name"], author["note"], author["avatar"] != of_eve["account"]["avatar"]),
                (True, "", "", False), "eve's account is emptied")
    check.true(not _notified_of(of_eve), "alice's notifications do not show eve's mention")
    check.equal(_answers(of_carol), [200, 200, 200], "carol's, on another host")
    scene.node.cli("domain", "unblock", scene.evil.host)
    check.equal(_answers(of_eve), [200, 200, 200], "after the block")
    check.true(_notified_of(of_eve), "alice's notifications show eve's mention again")


def test_a_silenced_host_stays_readable():
    scene.node.cli("domain", "block", scene.evil.host, "--severity", "silence")
    check.equal(_answers(of_eve), [200, 200, 200], "while eve's host is silenced")
    scene.node.cli("domain", "unblock", scene.evil.host)


if __name__ == "__main__":
    run(globals())
