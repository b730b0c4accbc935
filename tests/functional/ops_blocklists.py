"""Lists of domain blocks (`kith domain export`, `import`): Mastodon's form goes out and comes in; a preview
says what it would end and changes nothing; what an operator set by hand stays."""

import tempfile
from pathlib import Path

from framework import check
from framework.case import run
from framework.evil import Scene

_scratch = tempfile.TemporaryDirectory()


def setup():
    global scene
    scene = Scene()
    scene.alice.follow_accepted(scene.eve.id)


def _list(text):
    path = Path(_scratch.name) / "list.csv"
    path.write_text(text)
    return str(path)


def _blocks():
    return {line.split()[0]: line.split()[1] for line in
            scene.node.cli("domain", "list").splitlines() if not line.startswith("no domain")}


def test_a_preview_changes_nothing_and_says_what_would_end():
    path = _list("#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n"
                 f"{scene.evil.host},suspend,FALSE,FALSE,\"spam, and \"\"worse\"\"\",FALSE\r\n"
                 "LOUD.example.,silence,FALSE,FALSE,,FALSE\n\nnoop.example,noop,,,,\n"
                 "no host,suspend,,,,\nodd.example,maybe,,,,\n")
    out = scene.node.cli("domain", "import", path, "--preview")
    check.contains(out, f"{scene.evil.host}  suspend  ends 1 follows", "what would end")
    for part in ("loud.example  silence", "not understood: no host", "not understood: odd.example",
                 "2 would be added"):
        check.contains(out, part, "the preview")
    check.equal(_blocks(), {}, "blocks after a preview")
    check.equal(scene.node.count("follow"), 1, "follows after a preview")
    check.contains(scene.node.cli("domain", "import", path), "2 added", "the import")
    check.equal(_blocks(), {scene.evil.host: "suspend", "loud.example": "silence"}, "blocks")
    check.eventually(lambda: scene.alice.notifications("severed_relationships"), 20, "alice is told")
    check.equal(scene.node.count("follow"), 0, "follows after the import")
    reasons = scene.node.sql("SELECT reason FROM domain_block WHERE host = ?", scene.evil.host)
    check.equal(reasons, [{"reason": 'spam, and "worse"'}], "the comment")


def test_what_is_set_by_hand_stays():
    scene.node.cli("domain", "block", "mine.example", "--severity", "silence", "--reason", "mine")
    out = scene.node.cli("domain", "import", _list("mine.example\nother.example\n"))
    check.contains(out, "1 added", "a list without a head")
    check.equal((_blocks()["mine.example"], _blocks()["other.example"]), ("silence", "suspend"), "blocks")


def test_what_goes_out_comes_in_again():
    exported = scene.node.cli("domain", "export")
    check.true(exported.startswith("#domain,#severity,"), "the head")
    before = _blocks()
    for host in before:
        scene.node.cli("domain", "unblock", host)
    check.equal(_blocks(), {}, "all taken back")
    scene.node.cli("domain", "import", _list(exported))
    check.equal(_blocks(), before, "the same again")
    scene.node.cli("domain", "import", "/nowhere/list.csv", code=1)


if __name__ == "__main__":
    run(globals())
