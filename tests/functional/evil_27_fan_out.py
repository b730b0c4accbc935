"""Checklist line 27: what one activity can set off is bounded: recipients, tags, attachments and
the actors that are looked up because of it."""

from framework import check
from framework.ap import mention
from framework.case import run
from framework.evil import DOOR_STATUSES, Scene, marker
from framework.peer import Peer

RECIPIENTS_MAX = 512
TAGS_MAX = 100
ATTACHMENTS_MAX = 32
FETCHES_MAX = 100


def setup():
    global scene, crowd
    scene = Scene()
    crowd = Peer()


def _handled(note, word, what):
    """Sends a Create that may be refused at the door, or cut down; gives its post's id or None."""
    activity = scene.eve.create(note)
    answer = scene.eve.send(scene.node.inbox, activity)
    check.is_in(answer.status, (202, *DOOR_STATUSES), f"{what}: status")
    if answer.status == 202:
        check.eventually(lambda: scene.node.inbox_state(activity) in ("applied", "refused"), 60,
                         f"{what} is handled")
    rows = scene.node.sql("SELECT id FROM post WHERE ap_id = ?", note["id"])
    scene.introduce(scene.carol)
    return rows[0]["id"] if rows else None


def _rows(table, post_id):
    return scene.node.count(table, "post_id = ?", post_id) if post_id else 0


def test_as_much_as_people_do():
    word = marker()
    note = scene.note(scene.eve, word)
    note["tag"] += [{"type": "Hashtag", "name": f"#tag{n}", "href": f"{scene.evil.base}/tag/{n}"}
                    for n in range(10)]
    status = scene.applied(scene.eve, scene.eve.create(note), word)
    check.equal(len(status["tags"]), 10, "tags")


def test_recipients_and_mentions():
    word = marker()
    names = [(f"{crowd.base}/u/m{n}", f"@m{n}@{crowd.host}") for n in range(3000)]
    note = scene.note(scene.eve, word)
    note["cc"] = [n for n, _ in names]
    note["tag"] = note["tag"] + [mention(*n) for n in names]
    post = _handled(note, word, "3,000 recipients")
    check.at_most(crowd.hits(), FETCHES_MAX, "actors that were looked up")
    check.at_most(_rows("post_audience", post), RECIPIENTS_MAX, "audience rows")
    check.at_most(_rows("post_mention", post), TAGS_MAX, "mention rows")


def test_tags_and_attachments():
    word = marker()
    note = scene.note(scene.eve, word)
    note["tag"] = note["tag"] + [{"type": "Hashtag", "name": f"#t{n}"} for n in range(3000)]
    note["attachment"] = [{"type": "Image", "url": f"{crowd.base}/i/{n}.png",
                           "mediaType": "image/png"} for n in range(500)]
    before = crowd.hits()
    post = _handled(note, word, "3,000 tags")
    check.at_most(_rows("post_tag", post), TAGS_MAX, "tag rows")
    check.at_most(_rows("attachment", post), ATTACHMENTS_MAX, "attachment rows")
    check.at_most(crowd.hits() - before, FETCHES_MAX, "fetches")


if __name__ == "__main__":
    run(globals())
