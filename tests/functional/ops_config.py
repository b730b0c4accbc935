"""`kith config check|print`, its search order, its exit codes: what an admin meets first."""
import os
import subprocess
import tempfile
from pathlib import Path

from framework import check
from framework.case import run
from framework.node import BINARY

_scratch = tempfile.TemporaryDirectory()
_dir = Path(_scratch.name)


def _kith(*args, **environment):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("KITH_")}
    return subprocess.run([BINARY, *args], cwd=_dir, env={**clean, **environment}, timeout=20,
                          capture_output=True, text=True)


def test_a_right_file_in_the_working_directory_is_found():
    (_dir / "kith.toml").write_text('[server]\nhost = "a.test"\n')
    done = _kith("config", "check")
    check.equal((done.returncode, done.stdout, done.stderr),
                (0, "kith.toml: the configuration is right\n", ""), "the answer")


def test_every_problem_is_told_and_the_exit_code_is_1():
    (_dir / "own.toml").write_text('[server]\nhost = "a.test"\ntitel = "x"\nlisten = 8080\n')
    done = _kith("config", "check", "--config", "own.toml")
    check.equal((done.returncode, done.stdout), (1, ""), "exit code and output")
    check.contains(done.stderr, "own.toml:3: server.titel: unknown key; did you mean server.title?",
                   "the first problem")
    check.contains(done.stderr, "own.toml:4: server.listen: expected ADDRESS:PORT", "the second")


def test_a_command_takes_several_arguments_in_their_order():
    (_dir / "kith.toml").write_text('[server]\nhost = "a.test"\n')
    done = _kith("group", "member", "nowhere", "nobody", "--role", "member")
    check.equal((done.returncode, done.stdout), (1, ""), "not wrong usage, but nothing of that name")
    done = _kith("group", "member", "nowhere")
    check.equal(done.returncode, 2, "one is missing")


def test_a_named_file_that_is_absent_fails():
    (_dir / "kith.toml").write_text('[server]\nhost = "a.test"\n')
    done = _kith("--config", "absent.toml", "config", "check")
    check.equal(done.returncode, 1, "exit code")
    check.contains(done.stderr, "absent.toml", "the message")


def test_a_file_that_may_not_be_read_is_not_said_to_be_absent():
    drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    if drop and subprocess.run([*drop, "test", "-x", BINARY]).returncode != 0:
        return  # nobody may run the program that is tested
    closed = _dir / "closed"
    closed.mkdir()
    (closed / "kith.toml").write_text('[server]\nhost = "a.test"\n')
    closed.chmod(0)
    done = subprocess.run([*drop, BINARY, "config", "check", "--config", str(closed / "kith.toml")], cwd="/",
                          timeout=20, capture_output=True, text=True)
    closed.chmod(0o700)
    check.equal((done.returncode, done.stdout, done.stderr),
                (1, "", f"kith: the configuration file cannot be read\n{closed}/kith.toml: Permission denied\n"), "the answer")


def test_only_a_node_that_was_told_nothing_writes_a_file():
    with tempfile.TemporaryDirectory() as empty:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("KITH_")}
        for words in (["--config", "absent.toml"], ["--set", "server.host=a.test", "--set", "database.readers=0"]):
            done = subprocess.run([BINARY, "serve", *words], cwd=empty, env=clean, timeout=20, capture_output=True, text=True)
            check.equal((done.returncode, os.listdir(empty)), (1, []), f"exit code and files of {words}")
            check.true("wrote" not in done.stderr, "nothing is said to be written")


def test_print_names_the_source_of_each_value_and_can_be_read_again():
    (_dir / "kith.toml").write_text(
        'server.host = "a.test"\ndatabase.url = "postgres://kith:s3cret@db.test/kith"\n')
    done = _kith("config", "print", "--set", "server.title=ours", KITH_LOG_LEVEL="warn")
    check.equal((done.returncode, done.stderr), (0, ""), "exit code and errors")
    for line in ('host = "a.test"   # kith.toml:1\n', 'title = "ours"   # --set\n',
                 'level = "warn"   # KITH_LOG_LEVEL\n', "kith:***@db.test"):
        check.contains(done.stdout, line, "the printed configuration")
    (_dir / "again.toml").write_text(done.stdout)
    again = _kith("config", "check", "--config", "again.toml")
    check.equal(again.returncode, 0, "the exit code of checking what was printed")


def test_wrong_usage_is_exit_code_2_and_names_the_word():
    for args in ([], ["confg"], ["config", "chek"], ["config", "check", "--nope"],
                 ["config", "check", "--set", "novalue"]):
        done = _kith(*args)
        check.equal((done.returncode, done.stdout), (2, ""), f"exit code and output of {args}")
        if args:
            check.contains(done.stderr, args[-1], "the message")


def test_version_and_help_answer_on_standard_output():
    check.contains(_kith("--version").stdout, "kith 0.", "the version")
    done = _kith("config", "--help")
    check.equal(done.returncode, 0, "exit code")
    check.contains(done.stdout, "check", "the help")


if __name__ == "__main__":
    run(globals())
