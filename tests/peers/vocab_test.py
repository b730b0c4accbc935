"""What kith writes, as another implementation reads it: @fedify/vocab takes every golden document
(tests/data/golden, which the unit tests hold against the writer) and loses no statement of it."""

import json
import subprocess
import tempfile
from pathlib import Path

from fedify_peer import HERE, NODE_BINARY

from framework import check
from framework.case import run

GOLDEN = HERE.parent / "data" / "golden"
SECONDS_MAX = 120

# Terms that Fedify has no place for (formerType: only where it is an object).
UNKNOWN_TO_FEDIFY = ("address", "attendees", "blurhash", "conversation", "displayEndTime", "eventStatus",
                     "externalParticipationUrl", "focalPoint", "formerType", "implements", "joinMode",
                     "maximumAttendeeCapacity", "organizers", "participantCount", "postingRestrictedToMods",
                     "remainingAttendeeCapacity", "removeData", "restoreData", "status", "timezone", "webfinger")


def vocab_check(files, ignore=UNKNOWN_TO_FEDIFY):
    """(exit code, output lines) of vocab_check.mjs."""
    check.true(NODE_BINARY.exists(), f"{NODE_BINARY} (npm ci in tests/peers)")
    command = [NODE_BINARY, HERE / "vocab_check.mjs", "--ignore", ",".join(ignore), *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_MAX)
    return done.returncode, (done.stdout + done.stderr).splitlines()


def golden_files():
    files = sorted(GOLDEN.glob("*.json"))
    check.true(len(files) > 40, f"golden documents in {GOLDEN}: {len(files)}")
    return files


def test_fedify_reads_every_document_without_loss():
    files = golden_files()
    code, lines = vocab_check(files)
    check.equal([line for line in lines if not line.startswith("ok ")],
                [f"{len(files)} passed, 0 failed"], "what Fedify lost")
    check.equal(code, 0, "exit code")


def test_the_check_sees_a_statement_that_gets_lost():
    document = json.loads((GOLDEN / "note_direct.json").read_text(encoding="utf-8"))
    document["https://kith.example/ns#unheard"] = "of"
    with tempfile.TemporaryDirectory() as folder:
        changed = Path(folder) / "note.json"
        changed.write_text(json.dumps(document), encoding="utf-8")
        code, lines = vocab_check([changed])
    check.contains("\n".join(lines), "unheard = of", "the statement")
    check.equal(code, 1, "exit code")


if __name__ == "__main__":
    run(globals())
