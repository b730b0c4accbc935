"""What somebody brings is judged as its author's host has it, and by who has a say: the owner of a conversation casts no
votes in others' names, a group elsewhere changes no pictures of other hosts and fills nobody's notifications, whoever has an
account at a group's host moves none of its threads, and an answer that came before what it answers passes no ban."""

from framework import ap, check
from framework.ap import PUBLIC
from framework.case import run
from framework.evil import Scene, marker

KITH = "/api/kith/v1"


def setup():
    global scene, node, alice, carol, eve
    scene = Scene()
    node, alice, carol, eve = scene.node, scene.alice, scene.carol, scene.eve


def _applied(actor, activity, what="a good activity"):
    check.equal(scene.judged(actor, activity, what), "applied", what)


def _refused(actor, activity, what):
    check.equal(scene.judged(actor, activity, what), "refused", what)


def test_the_owner_of_a_conversation_casts_no_votes_for_others():
    poll = alice.request("POST", "/api/v1/statuses", body={
        "status": marker(), "poll": {"options": ["yes", "no"], "expires_in": 3600}}).expect(200).json
    written = carol.note(marker())
    scene.good.publish({"@context": ap.CONTEXT, **written})
    vote = {"type": "Note", "id": written["id"], "attributedTo": carol.id, "name": "yes", "inReplyTo": poll["uri"], "to": [scene.alice_id]}
    container = {"type": "OrderedCollection", "id": eve.id + "/contexts/1/history", "attributedTo": eve.id}
    for kind in ("Create", "Update"):
        scene.judged(eve, eve.activity("Add", carol.activity(kind, vote), target=container), f"an Add of a {kind}")
        votes = alice.get(f"/api/v1/polls/{poll['poll']['id']}")["votes_count"]
        check.equal((votes, node.count("poll_vote")), (0, 0), f"votes in carol's name by a {kind}")


def test_a_group_elsewhere_changes_no_pictures_of_other_hosts():
    club = scene.evil.actor("club", "Group")
    scene.bob.follow_accepted(club.handle)
    thread = eve.note(marker(), to=[PUBLIC, club.id], audience=club.id)
    scene.evil.publish({"@context": ap.CONTEXT, **thread})
    club.send(node.inbox, club.announce(eve.create(thread)))
    node.post_id(thread["id"])

    def picture(peer, name, file, **more):
        return {"type": "Emoji", "id": f"{peer.base}/emoji/{name}", "name": f":{name}:", **more,
                "icon": {"type": "Image", "mediaType": "image/png", "url": f"{peer.base}/{file}.png"}}

    def urls(name):
        return [r["url"] for r in node.sql("SELECT url FROM custom_emoji WHERE host = ? AND shortcode = ?", scene.good.host, name)]

    def reaction(name, file):
        return club.announce({"id": carol.new_id("activity"), "type": "EmojiReact", "actor": carol.id, "object": thread["id"],
                              "content": f":{name}:", "tag": [picture(scene.evil, name, file, updated="2026-01-01T00:00:00Z")]})

    note, word = scene.mention(carol)
    note["object"]["content"] += " :blobcat:"
    note["object"]["tag"].append(picture(scene.good, "blobcat", "cat", updated="2025-01-01T00:00:00Z"))
    scene.applied(carol, note, word)
    check.equal(urls("blobcat"), [f"{scene.good.base}/cat.png"], "carol's host's own")
    _applied(club, reaction("blobcat", "ugly"), "a reaction that the group announces")
    check.equal(urls("blobcat"), [f"{scene.good.base}/cat.png"], "it stays what carol's host says it is")
    _applied(club, reaction("wave", "ugly"), "one with a picture that nobody knows")
    note, word = scene.mention(carol)
    note["object"]["content"] += " :wave:"
    note["object"]["tag"].append(picture(scene.good, "wave", "wave"))
    scene.applied(carol, note, word)
    check.equal(urls("wave"), [f"{scene.good.base}/wave.png"], "its host has the last word")


def test_who_only_lives_at_a_group_s_host_moves_no_threads():
    old, new = scene.evil.actor("old", "Group"), scene.evil.actor("new", "Group")
    author = scene.evil.actor("author")
    for group in (old, new):
        scene.bob.follow_accepted(group.id)
    context = f"{scene.evil.base}/topic/1"
    page = author.note(marker(), to=[PUBLIC, old.id], audience=old.id, context=context)
    scene.evil.publish({"@context": ap.CONTEXT, **page})
    old.send(node.inbox, old.announce(author.create(page)))
    node.post_id(page["id"])
    place = lambda: node.sql("SELECT g.ap_id FROM post p JOIN actor g ON g.id = p.group_id WHERE p.ap_id = ?", page["id"])
    topic = lambda group: scene.evil.publish({**ap.collection(context, [page["id"]]), "attributedTo": group, "audience": group})
    move = lambda target: eve.activity("Move", context, origin=old.id, target=target, to=[PUBLIC])
    remove = lambda: eve.activity("Remove", context, target=old.id, to=[PUBLIC])
    for what, at in (("which its host does not have", None), ("which is where it was", old.id)):
        if at:
            topic(at)
        _refused(eve, move(new.id), f"a Move of a conversation {what}")
        _refused(eve, remove(), f"a Remove of a conversation {what}")
    by_id = eve.activity("Move", page["id"], origin=old.id, target=new.id, to=[PUBLIC])
    _refused(eve, by_id, "a Move of a post that is given to the old group")
    check.equal(place(), [{"ap_id": old.id}], "it is where it was")
    topic(new.id)
    _refused(eve, move(old.id), "a Move to where it is")
    _applied(eve, move(new.id), "a Move that the host bears out")
    check.equal(place(), [{"ap_id": new.id}], "it is in the new group")


def test_an_early_answer_passes_no_ban():
    group = node.add_group("garden", "alice")
    garden = alice.find_account("garden")["id"]
    for actor in (carol, eve):
        _applied(actor, actor.follow(group), "a Follow")
    scene.bob.follow_accepted(carol.handle)
    scene.bob.follow_accepted(eve.handle)
    alice.request("POST", f"{KITH}/groups/{garden}/moderation",
                  {"kind": "ban", "account_id": alice.find_account(eve.handle)["id"], "reason": "spam", "expires_in": 86400}).expect(200)
    thread = carol.note(marker(), to=[PUBLIC, group], audience=group, tag=[ap.mention(group, "@garden")])
    scene.good.remove(thread["id"])
    early = [who.note(marker(), parent=thread["id"]) for who in (eve, carol)]
    for who, answer in zip((eve, carol), early):
        _applied(who, who.create(answer), "an answer to what is not here yet")
    _applied(carol, carol.create(thread), "the thread")
    shown = {s["uri"] for s in alice.context(node.post_id(thread["id"]))["descendants"]}
    check.equal(shown, {early[1]["id"]}, "answers in the thread")
    later = eve.note(marker(), parent=early[1]["id"])
    _refused(eve, eve.create(later), "an answer in the thread to who did not name the group")


def test_a_group_elsewhere_fills_nobody_s_notifications():
    loud = scene.evil.actor("loud", "Group")
    scene.bob.follow_accepted(loud.handle)
    bob = node.person_id("bob")
    for n in range(30):
        warn = {"id": loud.new_id("activity"), "type": "Warn", "actor": loud.id, "object": bob, "audience": loud.id,
                "summary": f"number {n}", "to": [bob]}
        scene.judged(loud, loud.announce(warn))
    told = node.sql("SELECT 1 AS x FROM notification n JOIN actor a ON a.id = n.from_id WHERE a.ap_id = ?", loud.id)
    check.equal(len(told), 20, "notices of one group in a day")


def test_the_team_of_a_group_reads_no_reported_messages():
    word, team = marker(), node.add_user("tess")
    node.add_group("shed", "tess")
    shed = team.find_account("shed")["id"]
    alice.follow_accepted("shed")
    post = alice.status(f"@shed {marker()}")
    secret = alice.status(f"@bob {word}", visibility="direct")
    flag = eve.activity("Flag", [post["uri"], secret["uri"]], to=[node.group_id("shed")], summary="both")
    _applied(eve, flag, "a Flag")
    own = lambda: team.request("GET", f"{KITH}/groups/{shed}/reports").expect(200).body.decode()
    check.true(word not in own(), "what a stranger named beside a post of the group")
    check.equal(node.sql("SELECT 1 AS x FROM report_post WHERE text LIKE ?", f"%{word}%"), [], "nor is it kept for anybody else")
    scene.refused_later(eve, eve.activity("Flag", secret["uri"], to=[node.group_id("shed")], summary="it"), "a Flag of that alone")
    scene.bob.post("/api/v1/reports", account_id=alice.me()["id"], status_ids=[post["id"], secret["id"]], comment="both")
    check.true(word not in own(), "what bob named beside it")
    alone = eve.activity("Flag", post["uri"], to=[node.group_id("shed")], summary="this one")
    _applied(eve, alone, "a Flag")
    check.contains(own(), "this one", "reports of what is in the group")


def test_nothing_is_of_tomorrow():
    group = node.add_group("yard", "alice")
    carol.send(node.inbox, carol.follow(group))
    first, later = (carol.note(marker(), to=[PUBLIC, group], audience=group, tag=[ap.mention(group, "@yard")], published=when)
                    for when in ("2099-01-01T00:00:00Z", ap.iso()))
    answer = carol.note(marker(), parent=first["id"], published="2098-01-01T00:00:00Z")
    for note in (first, later, answer):
        carol.send(node.inbox, carol.create(note))
        shown = alice.get(f"/api/v1/statuses/{node.post_id(note['id'])}")
        check.true(shown["created_at"] < "2098", f"{note['published']} is shown as {shown['created_at']}")
    threads = node.sql("SELECT newest_comment_at, hot FROM thread t JOIN actor g ON g.id = t.group_id WHERE g.ap_id = ?", group)
    newest, ranks = max(t["newest_comment_at"] for t in threads), [t["hot"] for t in threads]
    check.true(newest < 4_000_000_000_000 and max(ranks) - min(ranks) < 1, f"nothing ranks by a time to come: {threads}")


def test_nobody_s_page_is_that_of_another_s_post():
    page = scene.good.base + "/@carol/1"
    forged, word = scene.mention(eve)
    forged["object"]["url"] = page
    scene.applied(eve, forged, word)
    check.equal(alice.search(page, "statuses"), [], "what carol's page leads to, as eve has it")


if __name__ == "__main__":
    run(globals())
