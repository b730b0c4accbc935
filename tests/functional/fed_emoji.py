"""Custom emoji (FEP-9098) of posts and people, and reactions with emoji (FEP-c0e0), as peers of
several kinds send them, and what a hostile one tries."""

import itertools
from urllib.parse import quote

from framework import ap, check
from framework.case import run
from framework.evil import Scene, marker
from framework.files import remote_of
from framework.node import Node

_serial = itertools.count(1)


def setup():
    global scene, alice, carol, dora, mallory
    scene = Scene()
    alice, carol = scene.alice, scene.carol
    mallory = scene.good.actor("mallory")
    dora = scene.good.actor("dora")
    tags = [emoji(scene.good, name) for name in ("blobcat", "wave", "other")]
    tags.append({**emoji(scene.good, "unused"), "icon": {"url": "javascript:1"}})
    scene.good.publish(dora.document(name="Dora :blobcat: :unused:", summary="<p>:wave:</p>",
                                     tag=tags))
    scene.introduce(mallory, dora)


def emoji(peer, name, path=None, updated=None, **more):
    made = {"type": "Emoji", "id": f"{peer.base}/emoji/{name}", "name": f":{name}:",
            "icon": {"type": "Image", "mediaType": "image/png",
                     "url": f"{peer.base}/{path or name + '.png'}"}}
    if updated:
        made["updated"] = updated
    return {**made, **more}


def shown(things):
    return {e["shortcode"]: remote_of(e["url"]) for e in things["emojis"]}


def react(actor, status, content, kind="EmojiReact", tag=(), **more):
    return actor.activity(kind, status["uri"], content=content, tag=list(tag),
                          to=[scene.alice_id], **more)


def send(actor, activity):
    check.equal(actor.send(scene.node.inbox, activity).status, 202, activity["type"])
    check.eventually(lambda: scene.node.inbox_state(activity) == "applied", 20,
                     f"{activity['type']} {activity.get('content')} is applied")
    return activity


def show(status, member=None):
    return (member or alice).get(f"/api/v1/statuses/{status['id']}")


def reactions(status, member=None):
    return [(r["name"], r["count"], r["me"]) for r in show(status, member).get("reactions", [])]


def favourites(status):
    """Who alice was told has favourited it."""
    return sorted(n["account"]["username"] for n in alice.notifications("favourite", limit=40)
                  if n["status"]["id"] == status["id"])


# -- custom emoji ----------------------------------------------------------------------------------

def test_emoji_of_posts():
    word = marker()
    note = scene.note(carol, f"{word} :blobcat: and :cat_2:", summary=":warn:", sensitive=True)
    note["tag"] += [emoji(scene.good, n) for n in ("blobcat", "cat_2", "warn", "unused")]
    status = scene.applied(carol, carol.create(note), word)
    check.equal(shown(status), {n: f"{scene.good.base}/{n}.png" for n in
                                ("blobcat", "cat_2", "warn")}, "emojis of the status")
    one = status["emojis"][0]
    check.equal({**one, "url": remote_of(one["url"]), "static_url": remote_of(one["static_url"])},
                {"shortcode": "blobcat", "url": f"{scene.good.base}/blobcat.png",
                 "static_url": f"{scene.good.base}/blobcat.png", "visible_in_picker": False},
                "a CustomEmoji")
    check.contains(status["content"], ":blobcat:", "clients put the pictures in")
    edited = {**note, "content": f"<p>{word} :cat_2:</p>", "summary": None}
    send(carol, carol.update(edited))
    check.eventually(lambda: set(shown(show(status))) == {"cat_2"}, 20, "the edit's emojis")


def test_a_newer_picture_replaces_an_older_one_everywhere():
    first, second = marker(), marker()
    note = scene.note(carol, f"{first} :fresh:")
    note["tag"].append(emoji(scene.good, "fresh", "1.png", "2025-02-01T00:00:00Z"))
    status = scene.applied(carol, carol.create(note), first)
    other = scene.note(carol, f"{second} :fresh:")
    other["tag"].append(emoji(scene.good, "fresh", "2.png", "2025-03-01T00:00:00Z"))
    scene.applied(carol, carol.create(other), second)
    check.equal(shown(show(status)), {"fresh": f"{scene.good.base}/2.png"}, "the newer picture")
    third = marker()
    old = scene.note(carol, f"{third} :fresh:")
    old["tag"].append(emoji(scene.good, "fresh", "0.png", "2025-01-01T00:00:00Z"))
    status = scene.applied(carol, carol.create(old), third)
    check.equal(shown(status), {"fresh": f"{scene.good.base}/2.png"}, "an old post comes late")


def test_emoji_of_people():
    account = alice.find_account(dora.id)
    check.equal(shown(account), {n: f"{scene.good.base}/{n}.png" for n in ("blobcat", "wave")},
                "those in name and profile, with pictures that are none left out")
    check.equal(account["display_name"], "Dora :blobcat: :unused:", "the name")
    check.equal(alice.me()["emojis"], [], "alice's own")


def test_emoji_of_a_polls_options():
    word = marker()
    poll = scene.note(carol, word, type="Question", endTime=ap.iso(2_000_000_000),
                      oneOf=[{"type": "Note", "name": n, "replies": {"totalItems": 0}}
                             for n in (":blobcat: yes", "no")])
    poll["tag"].append(emoji(scene.good, "blobcat"))
    status = scene.applied(carol, carol.create(poll), word)
    check.equal(shown(status["poll"]), {"blobcat": f"{scene.good.base}/blobcat.png"}, "the poll's")


def test_no_host_changes_the_pictures_of_another():
    word, theirs = marker(), marker()
    note = scene.note(carol, f"{word} :mine:")
    note["tag"].append(emoji(scene.good, "mine", updated="2025-01-01T00:00:00Z"))
    status = scene.applied(carol, carol.create(note), word)
    forged = scene.note(scene.eve, f"{theirs} :mine:")
    forged["tag"].append({**emoji(scene.good, "mine", updated="2025-05-01T00:00:00Z"),
                          "icon": {"type": "Image", "url": f"{scene.evil.base}/evil.png"}})
    other = scene.applied(scene.eve, scene.eve.create(forged), theirs)
    check.equal(shown(other), {"mine": f"{scene.evil.base}/evil.png"}, "eve's is eve's")
    check.equal(shown(show(status)), {"mine": f"{scene.good.base}/mine.png"}, "carol's stays")


def test_emoji_that_would_break_pages_or_are_too_many():
    word = marker()
    names = [f"e{i}" for i in range(80)]
    note = scene.note(scene.eve, f"{word} " + " ".join(f":{n}:" for n in names) + ' :x"y: :ok:')
    url = f"{scene.evil.base}/a.png"
    note["tag"] += [{"type": "Emoji", "name": ':x"y:', "icon": {"url": url}},
                    {"type": "Emoji", "name": ":e0:", "icon": {"url": "javascript:alert(1)"}},
                    {"type": "Emoji", "name": ":e1:", "icon": {"url": url + "'onload='x"}},
                    {"type": "Emoji", "name": ":e2:", "icon": 7}, {"type": "Emoji"},
                    *[emoji(scene.evil, n) for n in names[3:]]]
    status = scene.applied(scene.eve, scene.eve.create(note), word)
    check.equal(len(status["emojis"]), 50, "so many and no more")
    check.true(not {"e0", "e1", "e2", 'x"y'} & set(shown(status)), "none that is no picture")


# -- reactions -------------------------------------------------------------------------------------

def test_an_emoji_react_is_a_reaction_and_no_favourite():
    status = alice.status("react to me")
    fire = send(carol, react(carol, status, "🔥"))
    send(carol, react(carol, status, "❤"))
    send(mallory, react(mallory, status, "❤️"))
    check.equal(reactions(status), [("❤️", 2, False), ("🔥", 1, False)], "the reactions")
    check.equal(show(status)["favourites_count"], 0, "favourites")
    check.equal(favourites(status), ["carol", "mallory"], "alice is told")
    send(carol, react(carol, status, "🔥"))
    check.equal(reactions(status)[1], ("🔥", 1, False), "the same again counts once")
    send(carol, carol.undo(fire))
    check.equal(reactions(status), [("❤️", 2, False)], "after the Undo")
    check.equal(favourites(status), ["carol", "mallory"], "carol still reacts")
    send(carol, carol.undo({"type": "EmojiReact", "actor": carol.id, "object": status["uri"],
                            "content": "❤"}))
    check.equal(reactions(status), [("❤️", 1, False)], "an Undo without the id")
    check.equal(favourites(status), ["mallory"], "nothing is left of carol's")


def test_a_like_with_an_emoji_is_both():
    status = alice.status("like me like Misskey")
    like = send(carol, react(carol, status, ":blobcat:", "Like", [emoji(scene.good, "blobcat")],
                             _misskey_reaction=":blobcat:"))
    old = scene.good.actor(f"old{next(_serial)}")
    scene.introduce(old)
    send(old, old.activity("Like", status["uri"], _misskey_reaction="👍"))
    check.equal(show(status)["favourites_count"], 2, "favourites")
    check.equal(reactions(status), [("blobcat", 1, False), ("👍", 1, False)], "reactions")
    check.equal(remote_of(show(status)["reactions"][0]["url"]), f"{scene.good.base}/blobcat.png", "picture")
    send(carol, carol.undo(like))
    check.equal(show(status)["favourites_count"], 1, "favourites after the Undo")
    check.equal(reactions(status), [("👍", 1, False)], "reactions after the Undo")
    check.equal(favourites(status), [old.name], "notifications")
    send(mallory, react(mallory, status, "mallory likes this", "Like"))
    send(carol, react(carol, status, ":unknown:", "Like"))
    check.equal(show(status)["favourites_count"], 3, "a Like with other words is a Like")
    check.equal(reactions(status), [("👍", 1, False)], "and no reaction")


def test_an_undo_that_comes_first():
    status = alice.status("undone before")
    reaction = react(carol, status, "🔥")
    send(carol, carol.undo(reaction["id"]))
    scene.refused_later(carol, reaction, "a reaction that was undone before it came")


# -- evil ------------------------------------------------------------------------------------------

def test_what_is_no_emoji_is_refused():
    status = alice.status("no words please")
    send(carol, react(carol, status, "🔥"))
    for content in ("", "words", "🔥🔥", "<b>x</b>", ":nopicture:", ":a b:", "1", "🔥" + "\u0301" * 9):
        scene.refused_later(carol, react(carol, status, content), f"a reaction with {content!r}")
    scene.refused_later(carol, react(carol, status, ":x:", tag=[
        {"type": "Emoji", "name": ":x:", "icon": {"url": "javascript:alert(1)"}}]), "bad picture")


def test_reactions_as_somebody_else():
    status = alice.status("whose is it")
    reaction = send(carol, react(carol, status, "🔥"))
    scene.refused_anyhow(scene.eve, {**react(scene.eve, status, "🔥"), "actor": carol.id}, "as carol")
    for forger in (mallory, scene.eve):
        scene.refused_anyhow(forger, forger.undo(reaction), f"Undo by {forger.name}")
        scene.refused_later(forger, forger.undo(reaction["id"]), f"Undo by id by {forger.name}")
    check.equal(reactions(status), [("🔥", 1, False)], "carol's reaction")


def test_reactions_to_what_the_actor_may_not_see():
    private = alice.status("for followers", visibility="private")
    scene.refused_later(carol, react(carol, private, "🔥"), "a stranger's reaction")
    scene.refused_later(carol, react(carol, private, "🔥", "Like"), "a stranger's Like")
    gone = alice.status("soon gone")
    send(carol, react(carol, gone, "🔥"))
    alice.delete(f"/api/v1/statuses/{gone['id']}")
    scene.refused_later(carol, react(carol, gone, "❤"), "a reaction to what is gone")


def test_a_person_leaves_few_reactions_at_one_post():
    status = alice.status("flood me")
    for i in range(14):
        send(carol, react(carol, status, chr(0x1F600 + i)))
    check.equal(len(reactions(status)), 10, "of one person")
    check.equal(len(favourites(status)), 1, "told once")


# -- what our own members do -----------------------------------------------------------------------

def _put(member, status, emoji_, verb="PUT"):
    return member.request(verb, f"/api/v1/pleroma/statuses/{status['id']}/reactions/{quote(emoji_)}")


def _sent(kind, matches):
    return [a for a in scene.good.activities(kind) if matches(a)]


def test_a_member_reacts_and_takes_it_back():
    word = marker()
    status = scene.applied(carol, carol.create(scene.note(carol, word)), word)
    bob = scene.bob
    answer = _put(bob, status, "❤").expect(200).json
    check.equal([(r["name"], r["count"], r["me"]) for r in answer["reactions"]],
                [("❤️", 1, True)], "bob's own")
    _put(bob, status, "❤️").expect(200)
    check.equal(reactions(status), [("❤️", 1, False)], "as alice sees it")
    check.true(not answer["favourited"], "no favourite")
    sent = check.eventually(lambda: _sent("EmojiReact", lambda a: a["object"] == status["uri"]), 20,
                            "carol's host gets it")
    check.equal((sent[0]["content"], sent[0]["actor"], len(sent)),
                ("❤️", scene.node.person_id("bob"), 1), "what it gets")
    check.contains(str(sent[0]["@context"]), "litepub:EmojiReact", "the term is explained")
    check.equal(_put(bob, status, "❤", "DELETE").expect(200).json.get("reactions"), None, "gone")
    _put(bob, status, "❤", "DELETE").expect(200)
    undone = check.eventually(lambda: _sent("Undo", lambda a: ap.id_of(a["object"]) == sent[0]["id"]),
                              20, "and its Undo")
    check.equal((undone[0]["object"]["type"], len(undone)), ("EmojiReact", 1), "of an EmojiReact")


def test_what_a_member_may_not():
    status = alice.status("for me")
    for bad in ("x", ":blobcat:", "🔥🔥", "1"):
        _put(scene.bob, status, bad).error(422)
    _put(scene.bob, alice.status("private", visibility="direct"), "🔥").error(404)
    _put(scene.node.client(), status, "🔥").error(401)
    for i in range(10):
        _put(scene.bob, status, chr(0x1F600 + i)).expect(200)
    _put(scene.bob, status, "🔥").error(422)
    check.equal(favourites(status), ["bob"], "alice is told once")
    scene.bob.post(f"/api/v1/statuses/{status['id']}/unreact/{quote(chr(0x1F600))}")
    scene.bob.post(f"/api/v1/statuses/{status['id']}/react/{quote('🔥')}")
    check.contains(reactions(status, scene.bob), ("🔥", 1, True), "by the other name")


def test_a_group_spreads_reactions():
    node = Node().start()
    bea = node.add_user("bea")
    group = f"garden{next(_serial)}"
    scene.node.add_group(group, "alice")
    bea.follow_accepted(f"{group}@{scene.node.host}")
    word = marker()
    status = alice.status(f"@{group} {word}")
    there = check.eventually(lambda: next(iter(bea.search(status["uri"], "statuses", False)), None),
                             20, "the group's post on the other node")
    reaction = send(carol, react(carol, status, ":blobcat:", tag=[emoji(scene.good, "blobcat")]))
    check.eventually(lambda: reactions(there, bea) == [("blobcat", 1, False)], 30, "spread")
    send(carol, carol.undo(reaction))
    check.eventually(lambda: reactions(there, bea) == [], 30, "its Undo too")


if __name__ == "__main__":
    run(globals())
