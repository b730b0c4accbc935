"""What moderators and banned people of other hosts may do in a group here, and what the host of a group says of somebody
else's moderators: nobody acts against who has moderated for longer, whoever is banned has no say and no vote, and the log
names nobody who has nothing to do with the group."""

from framework import check
from framework.ap import PUBLIC, mention
from framework.case import run
from framework.evil import Scene, marker

KITH = "/api/kith/v1"
WAIT_S = 20


def setup():
    global scene, node, alice, group, handle, garden, carol, eve, mallory
    scene = Scene()
    node, alice, carol, eve = scene.node, scene.alice, scene.carol, scene.eve
    mallory = scene.evil.actor("mallory")
    scene.introduce(mallory)
    group, handle = node.add_group("garden", "alice"), "garden@" + node.host
    garden = alice.find_account("garden")["id"]
    scene.bob.follow_accepted("garden")
    for actor in (carol, eve, mallory):
        _applied(actor, actor.follow(group), "a Follow")


def _applied(actor, activity, what="a good activity"):
    check.equal(scene.judged(actor, activity, what), "applied", what)


def _refused(actor, activity, what):
    check.equal(scene.judged(actor, activity, what), "refused", what)


def _act(kind, **more):
    return alice.request("POST", f"{KITH}/groups/{garden}/moderation", {"kind": kind, **more}).expect(200)


def _account(actor):
    return alice.find_account(actor.handle)["id"]


def _banned(actor_id):
    return len(node.sql("SELECT 1 AS x FROM group_ban b JOIN actor a ON a.id = b.actor_id WHERE a.ap_id = ?", actor_id))


def _block(actor, whom, **more):
    return actor.activity("Block", whom, target=group, audience=group, summary="enough", to=[PUBLIC], **more)


def test_nobody_bans_who_has_moderated_for_longer():
    post = alice.status(f"@garden {marker()}")
    _act("add_moderator", account_id=_account(carol))
    _act("add_moderator", account_id=_account(eve))
    _refused(eve, _block(eve, scene.alice_id, removeData=True), "a ban of the owner")
    _refused(eve, _block(eve, carol.id), "a ban of an older moderator")
    _refused(eve, eve.activity("Remove", carol.id, target=group + "/moderators", to=[PUBLIC]), "an older moderator's removal")
    check.equal((_banned(scene.alice_id), _banned(carol.id)), (0, 0), "nobody is banned")
    check.equal(scene.bob.request("GET", f"/api/v1/statuses/{post['id']}").status, 200, "the owner's post")
    _applied(carol, carol.activity("Remove", eve.id, target=group + "/moderators", to=[PUBLIC]), "the older one removes the younger")


def test_a_banned_moderator_has_no_say():
    _act("add_moderator", account_id=_account(mallory))
    post = alice.status(f"@garden {marker()}")
    _act("ban", account_id=_account(mallory), reason="lies", expires_in=86400)
    check.equal(_banned(mallory.id), 1, "mallory is banned")
    block = check.eventually(lambda: [a["object"] for a in scene.evil.activities("Announce") if isinstance(a["object"], dict) and
                                      a["object"]["type"] == "Block" and a["object"]["object"] == mallory.id], WAIT_S, "she hears of it")[0]
    for lift in (block, block["id"]):
        scene.judged(mallory, mallory.undo(lift, to=[PUBLIC]))
        check.equal(_banned(mallory.id), 1, "still banned")
    _refused(mallory, mallory.activity("Lock", post["uri"], audience=group, to=[PUBLIC]), "a Lock by who is banned")
    scene.judged(mallory, mallory.activity("Delete", post["uri"], audience=group, summary="mine", to=[PUBLIC]))
    check.equal(scene.bob.request("GET", f"/api/v1/statuses/{post['id']}").status, 200, "the post stays")


def test_who_is_banned_votes_in_no_poll_of_the_group():
    poll = alice.post("/api/v1/statuses", body={"status": f"@garden {marker()}", "poll": {"options": ["tea", "cake"], "expires_in": 3600}})
    dora = scene.evil.actor("dora")
    scene.introduce(dora)
    _applied(dora, dora.follow(group))
    scene.bob.me()
    _act("ban", account_id=_account(dora), reason="spam", expires_in=86400)
    vote = {"id": dora.new_id("vote"), "type": "Note", "attributedTo": dora.id, "name": "tea", "inReplyTo": poll["uri"], "to": [scene.alice_id]}
    _refused(dora, dora.create(vote), "a vote")
    _act("ban", account_id=scene.bob.me()["id"], reason="spam", expires_in=86400)
    mine = scene.bob.request("POST", f"/api/v1/polls/{poll['poll']['id']}/votes", body={"choices": [1]})
    check.equal(mine.status, 403, "a vote of one of ours who is banned")
    check.equal(alice.get(f"/api/v1/polls/{poll['poll']['id']}")["votes_count"], 0, "nothing counts")


def test_a_ban_of_another_host_s_group_holds_for_what_comes_directly():
    club = scene.good.actor("club", "Group")
    alice.follow_accepted(club.handle)
    root = carol.note(marker(), to=[PUBLIC, club.id], audience=club.id, tag=[mention(club.id, club.handle)])
    _applied(club, club.announce(carol.create(root)))
    ban = carol.activity("Block", eve.id, target=club.id, audience=club.id, summary="spam", to=[PUBLIC])
    _applied(club, club.announce(ban))
    note = eve.note(marker(), parent=root["id"], to=[PUBLIC, club.id], cc=[carol.id], audience=club.id)
    _refused(eve, eve.create(note), "a comment by who is banned")
    thread = eve.note(marker(), to=[PUBLIC, club.id], audience=club.id)
    _refused(eve, eve.create(thread), "a thread by who is banned")


def test_no_answer_comes_in_by_another_group():
    """A comment is in its thread's group, whatever group its author says: who may not write there does not so either."""
    node.add_group("shed", "bob")
    shed, own = node.group_id("shed"), scene.evil.actor("own", "Group")
    alice.follow_accepted(own.handle)
    frank = scene.evil.actor("frank")
    scene.introduce(frank)
    locked = scene.bob.status(f"@shed {marker()}")
    at = scene.bob.find_account("shed")["id"]
    scene.bob.request("POST", f"{KITH}/groups/{at}/moderation", {"kind": "lock_post", "status_id": locked["id"], "reason": "enough"}).expect(200)
    open_one = scene.bob.status(f"@shed {marker()}")
    scene.bob.request("POST", f"{KITH}/groups/{at}/moderation",
                      {"kind": "ban", "account_id": scene.bob.find_account(frank.handle)["id"], "reason": "spam", "expires_in": 86400}).expect(200)
    for parent, by, where in ((open_one, frank, group), (open_one, frank, own.id), (locked, eve, group), (locked, eve, own.id)):
        note = by.note(marker(), parent=parent["uri"], to=[PUBLIC, where], audience=where)
        _refused(by, by.create(note), f"an answer by {by.name} by way of {where}")
    note = frank.note(marker(), parent=open_one["uri"], to=[PUBLIC, own.id], audience=own.id)
    scene.judged(own, own.announce(frank.create(note)))
    check.equal(scene.bob.context(open_one["id"])["descendants"], [], "nothing is below it")
    good = eve.note(marker(), parent=open_one["uri"], to=[PUBLIC, group], audience=group)
    _applied(eve, eve.create(good), "an answer that names another group")
    check.equal(node.sql("SELECT g.ap_id FROM post p JOIN actor g ON g.id = p.group_id WHERE p.ap_id = ?", good["id"])[0]["ap_id"], shed, "its group")


def test_a_group_s_log_names_nobody_who_has_nothing_to_do_with_it():
    club = scene.evil.actor("pond", "Group")
    alice.follow_accepted(club.handle)
    ban = {"id": carol.new_id("activity"), "type": "Block", "actor": carol.id, "object": scene.bob.me()["uri"], "target": club.id,
           "audience": club.id, "summary": "said to be carol's", "to": [PUBLIC]}
    before = len(scene.bob.notifications())
    scene.judged(club, club.announce(ban))
    log = alice.get(f"{KITH}/groups/{alice.find_account(club.handle)['id']}/moderation_log")
    check.true(all(line["moderator"]["acct"] != carol.handle[1:] for line in log), f"carol did nothing: {log}")
    check.equal(len(scene.bob.notifications()), before, "nor is bob told, who never came there")


if __name__ == "__main__":
    run(globals())
