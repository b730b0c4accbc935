"""Checklist line 16: a WebFinger answer is believed only for the account that was asked, or where the
host that it names confirms it; its link leads to an actor of a host that says the same."""

from framework import check
from framework.ap import webfinger_url
from framework.case import run
from framework.evil import Scene
from framework.reply import Reply

JRD = "application/jrd+json"


def setup():
    global scene
    scene = Scene()


def _answer(asked, subject, actor_id, content_type=JRD, kind="application/activity+json"):
    """Lets eve's host answer `asked` in this way."""
    target = webfinger_url("", asked)
    scene.evil.serve(target, Reply.json(
        {"subject": subject, "links": [{"rel": "self", "type": kind, "href": actor_id}]}, content_type))


def _found(handle):
    return [a["url"] for a in scene.alice.search(handle, "accounts")]


def test_an_honest_answer_is_believed():
    mallory = scene.evil.actor("mallory")
    check.equal(_found(mallory.handle), [mallory.id], "a handle that is what it says")


def _nothing_found(handle, what):
    before = scene.node.snapshot()
    check.equal(_found(handle), [], what)
    scene.unchanged(before, what)


def test_the_subject_is_somebody_else():
    trickster = scene.evil.actor("trickster")
    asked = trickster.handle[1:]
    victim = scene.good.actor("victim")
    _answer(asked, f"acct:nobody@{scene.good.host}", trickster.id)
    _nothing_found(asked, "a subject that its host does not know")
    _answer(asked, f"acct:{victim.handle[1:]}", trickster.id)
    _nothing_found(asked, "a subject whose host names another actor")
    # What its host confirms is that account, under its own name.
    _answer(asked, f"acct:{victim.handle[1:]}", victim.id)
    check.equal([a["acct"] for a in scene.alice.search(asked, "accounts")], [victim.handle[1:]],
                "a name that leads to another account")


def test_the_link_leads_to_another_host():
    asked = f"borrower@{scene.evil.host}"
    target = scene.good.actor("borrowed")
    _answer(asked, f"acct:{asked}", target.id)
    _nothing_found(asked, "an actor whose own host does not name this handle")


def test_the_link_leads_to_our_own_people():
    asked = f"ourown@{scene.evil.host}"
    _answer(asked, f"acct:{asked}", scene.alice_id)
    _nothing_found(asked, "one of ours under a handle of theirs")


def test_what_is_no_descriptor():
    for content_type in ("text/html", "text/plain", "image/png"):
        twin = scene.evil.actor(f"typed{content_type[-3:]}")
        asked = twin.handle[1:]
        _answer(asked, f"acct:{asked}", twin.id, content_type)
        _nothing_found(asked, f"a descriptor that is {content_type}")
    other = scene.evil.actor("linked")
    _answer(other.handle[1:], f"acct:{other.handle[1:]}", other.id, kind="text/html")
    _nothing_found(other.handle[1:], "a self link to a page")


if __name__ == "__main__":
    run(globals())
