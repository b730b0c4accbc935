"""What an admin types: words in any order, what is told where something is not there or not right, exit codes."""
import os
import subprocess
import tempfile
from pathlib import Path

from framework import check
from framework.case import run
from framework.node import BINARY, Node


def setup():
    global node
    node = Node().start()
    node.add_user("ann")
    node.add_group("garden", owner="ann")


def test_an_option_before_the_arguments_takes_one_word():
    check.equal(len(node.cli("token", "create", "--scopes", "read", "ann").strip()), 43, "the token's length")
    node.add_user("bea")
    check.contains(node.cli("group", "member", "--role", "moderator", "garden", "bea"), "is moderator of garden",
                   "the answer")


def test_a_role_that_is_not_named_is_wrong_usage():
    check.contains(node.cli("group", "member", "garden", "ann", code=2), "--role is required", "the complaint")


def test_a_group_is_no_member_of_a_group():
    check.equal(node.cli("group", "member", "garden", "garden", "--role", "moderator", code=1),
                "kith: a group is no member of a group\n", "the complaint")


def test_what_is_not_there_is_named():
    for words, told in (
            (("user", "suspend", "nobody"), 'NAME "nobody"'),
            (("token", "create", "nobody"), 'NAME "nobody"'),
            (("user", "password", "garden", "--password", "verysecret"), 'NAME "garden"'),
            (("user", "alias", "add", "ann", "ben@old.example"), 'ACTOR "ben@old.example"'),
            (("group", "add", "herbs", "--owner", "nobody"), '--owner "nobody"'),
            (("group", "member", "nowhere", "ann", "--role", "member"), 'NAME "nowhere"'),
            (("group", "member", "garden", "nobody", "--role", "member"), 'ACTOR "nobody"'),
            (("ops", "report", "--group", "nowhere"), '--group "nowhere"'),
            (("rule", "remove", "99"), 'ID "99"'),
            (("report", "show", "99"), 'ID "99"'),
            (("post", "delivery", "99"), 'POST "99"')):
        check.equal(node.cli(*words, code=1), f"kith: not found: {told}\n", " ".join(words))
    check.equal(node.cli("document", "show", "terms", code=1), "kith: this node has no terms\n", "a document")
    check.equal(node.cli("user", "approve", "ann", code=1), "kith: ann does not wait to be let in\n", "an approval")


def test_an_empty_list_says_so():
    for words in (("group", "moves"), ("rule", "list"), ("relay", "list"), ("invite", "list"), ("report", "list"),
                  ("refusals",), ("peers",), ("announcement", "list"), ("emoji", "list"), ("domain", "list"),
                  ("domain", "subscriptions"), ("user", "waiting")):
        check.true(node.cli(*words).strip(), f"what {' '.join(words)} says")


def test_a_directory_is_no_file():
    folder = str(node.directory)
    for words in (("domain", "import", folder), ("document", "set", "about", folder),
                  ("ops", "import-events", folder, "--group", "garden", "--format", "edges")):
        check.equal(node.cli(*words, code=1), f"kith: cannot read {folder}\n", " ".join(words))


def test_an_import_of_which_nothing_is_taken_fails():
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "leaf.png").write_text("no picture")
        told = node.cli("emoji", "import", folder, code=1)
    check.contains(told, "none of the files could be taken\nleaf.png: ", "the complaint")


def test_only_terms_have_a_day():
    with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
        file.write("About us")
        file.flush()
        check.equal(node.cli("document", "set", "about", file.name, "--effective", "2030-01-01", code=1),
                    "kith: --effective is of terms alone\n", "the complaint")
        node.cli("document", "set", "terms", file.name, "--effective", "2020-01-01")


def test_a_node_does_not_block_itself():
    check.contains(node.cli("domain", "block", node.host, code=1), "this node's own", "the complaint")
    check.equal(node.cli("domain", "list"), "no domain is blocked\n", "the blocks")


def test_what_others_wrote_does_not_steer_the_terminal():
    with tempfile.NamedTemporaryFile("wb", suffix=".csv") as file:
        file.write(b"no host \x1b[2J\x07 \xc2\x9b31m \xff\tend\n")
        file.flush()
        told = node.cli("domain", "import", file.name, "--preview")
    check.contains(told, "not understood: no host \ufffd[2J\ufffd \ufffd31m \ufffd\tend\n", "the line")


def test_a_command_in_a_directory_that_is_gone_ends_as_usual():
    gone = tempfile.mkdtemp()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KITH_")}
    done = subprocess.run(["sh", "-c", f'cd {gone} && rmdir {gone} && exec "$0" "$@"', BINARY, "config", "check",
                           "--config", str(node.config_file)], env=clean, timeout=20, capture_output=True, text=True)
    check.equal((done.returncode, done.stderr), (0, ""), "exit code and complaints")


def test_an_empty_group_has_no_connected_parts():
    check.contains(node.cli("ops", "report", "--group", "garden"), "Connected parts of the group: none.\n", "the report")


if __name__ == "__main__":
    run(globals())
