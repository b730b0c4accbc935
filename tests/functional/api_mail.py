"""Letters: what members who asked for them are told by mail, soon and as a digest, and how they end it."""

import re

from framework import api, check
from framework.case import run
from framework.mail import Mailbox, text_of
from framework.node import Node, VirtualClock

PATH = "/api/kith/v1/mail"
MINUTE, DAY = 60, 24 * 3600


def setup():
    global node, clock, mail, alice, bob, anybody
    clock, mail = VirtualClock(), Mailbox()
    node = Node(clock=clock, config=mail.config()).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)
    node.add_group("garden", "alice", "The garden")


def _letters(to, count):
    """The letters to somebody once there are so many, and no more of them."""
    def come():
        clock.advance(0.2)
        found = mail.letters(f"{to}@mail.example")
        return found if len(found) >= count else None
    found = check.eventually(come, 15, f"{count} letters to {to}")
    check.equal(len(found), count, f"letters to {to}")
    return found


def _quiet(to, count, seconds):
    """After so long there is no letter more: everything due was looked at."""
    clock.advance(seconds)
    check.eventually(lambda: node.count("mail_wish", "notices_due <= ? OR digest_due <= ?", clock.now_ms, clock.now_ms) == 0
                     and node.count("job", "kind = 'mail'") == 0 or clock.advance(1), 15, "all that was due is done")
    check.equal(len(mail.letters(f"{to}@mail.example")), count, f"letters to {to}")


def test_nobody_is_told_who_did_not_ask():
    check.equal(alice.get(PATH), {"notifications": [], "digest": "never"}, "at first")
    bob.status("@alice hello")
    check.eventually(lambda: alice.notifications("mention"), 15, "told here")
    check.equal(node.count("mail_wish"), 0, "nothing is due")
    for form, code in (({"notifications": ["breakfast"]}, 422), ({"digest": "hourly"}, 422)):
        alice.request("PUT", PATH, form).error(code)
    anybody.request("GET", PATH).error(401)
    anybody.request("PUT", PATH, {"digest": "daily"}).error(401)


def test_a_notice_for_who_does_not_read_it_here():
    carol = node.add_user("carol")
    wishes = carol.put(PATH, {"notifications": ["mention", "follow"], "digest": "never"})
    check.equal(wishes, {"notifications": ["mention", "follow"], "digest": "never"}, "wished")
    check.equal(carol.get(PATH), wishes, "kept")
    said = bob.status("@carol are you\nthere?")
    bob.follow("carol")
    bob.status("@carol behind a warning", spoiler_text="spiders")
    check.eventually(lambda: len(carol.notifications()) == 3, 15, "told here")
    clock.advance(11 * MINUTE)
    letter = _letters("carol", 1)[0]
    check.contains(letter["Subject"], "3 things happened", "what it is about")
    text = text_of(letter)
    check.contains(text, "@bob wrote to you\n  @carol are you there?\n  " + node.base + "/post/" + said["id"], "the mention")
    check.contains(text, "@bob follows you", "the follow")
    check.contains(text, "spiders", "the warning")
    check.true("behind a warning" not in text, "not what is behind it")

    bob.status("@carol once more")
    told = check.eventually(lambda: carol.notifications("mention")[0] if len(carol.notifications()) == 4 else None, 15, "here")
    carol.post("/api/v1/markers", {"notifications[last_read_id]": told["id"]})
    _quiet("carol", 1, 11 * MINUTE)

    stop = re.fullmatch(r"<(\S+)>", letter["List-Unsubscribe"])[1]
    check.equal(letter["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click", "RFC 8058")
    check.contains(text, stop, "also for who reads it")
    path = stop.removeprefix(node.base)
    check.equal(anybody.request("GET", path).status, 200, "the page")
    check.equal(carol.get(PATH)["notifications"], ["mention", "follow"], "looking ends nothing")
    check.equal(anybody.request("POST", path, {"List-Unsubscribe": "One-Click"}).status, 200, "ended")
    check.equal(carol.get(PATH), {"notifications": [], "digest": "never"}, "ended")
    anybody.request("POST", "/mail/stop?token=nonsense").error(404)


def test_a_digest_of_what_groups_talk_about():
    dora = node.add_user("dora")
    dora.follow("garden")
    dora.put(PATH, {"digest": "daily"})
    _quiet("dora", 0, DAY + MINUTE)     # nothing to tell
    quiet = bob.status("Onions\n@garden")
    liked = bob.status("Tomatoes\n@garden")
    dora.status("Mine\n@garden")
    secret = bob.status("Whispers @garden", visibility="direct")
    alice.act(liked["id"], "favourite")
    clock.advance(DAY + MINUTE)
    text = text_of(_letters("dora", 1)[0])
    places = [text.find(f"/post/{post['id']}\n") for post in (liked, quiet)]
    check.true(0 < places[0] < places[1], f"what met with most agreement first: {text}")
    check.true("Mine" not in text and "Whispers" not in text, f"neither her own nor what is not for her: {text}")
    _quiet("dora", 1, DAY + MINUTE)     # nothing new
    check.equal(dora.put(PATH, {"digest": "never"})["digest"], "never", "no more")
    check.equal(node.count("mail_wish", "digest_every_ms > 0"), 0, "no more")
    del secret


if __name__ == "__main__":
    run(globals())
