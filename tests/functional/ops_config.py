"""`kith config check|print`, its search order, its exit codes: what an admin meets first."""
import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
KITH = os.environ.get("KITH_BINARY", str(ROOT / "build" / "dev" / "kith"))


class ConfigCommands(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.dir = pathlib.Path(scratch.name)

    def kith(self, *args, **environment):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("KITH_")}
        return subprocess.run([KITH, *args], cwd=self.dir, env={**clean, **environment}, timeout=20,
                              capture_output=True, text=True)

    def test_a_right_file_in_the_working_directory_is_found(self):
        (self.dir / "kith.toml").write_text('[server]\nhost = "a.test"\n')
        done = self.kith("config", "check")
        self.assertEqual((done.returncode, done.stdout, done.stderr),
                         (0, "kith.toml: the configuration is right\n", ""))

    def test_every_problem_is_told_and_the_exit_code_is_1(self):
        (self.dir / "own.toml").write_text('[server]\nhost = "a.test"\ntitel = "x"\nlisten = 8080\n')
        done = self.kith("config", "check", "--config", "own.toml")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, "")
        self.assertIn("own.toml:3: server.titel: unknown key; did you mean server.title?", done.stderr)
        self.assertIn("own.toml:4: server.listen: expected ADDRESS:PORT", done.stderr)

    def test_a_named_file_that_is_absent_fails(self):
        (self.dir / "kith.toml").write_text('[server]\nhost = "a.test"\n')
        done = self.kith("--config", "absent.toml", "config", "check")
        self.assertEqual(done.returncode, 1)
        self.assertIn("absent.toml", done.stderr)

    def test_print_names_the_source_of_each_value_and_can_be_read_again(self):
        (self.dir / "kith.toml").write_text(
            'server.host = "a.test"\ndatabase.url = "postgres://kith:s3cret@db.test/kith"\n')
        done = self.kith("config", "print", "--set", "server.title=ours", KITH_LOG_LEVEL="warn")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('host = "a.test"   # kith.toml:1\n', done.stdout)
        self.assertIn('title = "ours"   # --set\n', done.stdout)
        self.assertIn('level = "warn"   # KITH_LOG_LEVEL\n', done.stdout)
        self.assertNotIn("s3cret", done.stdout)
        (self.dir / "again.toml").write_text(done.stdout)
        again = self.kith("config", "check", "--config", "again.toml")
        self.assertEqual(again.returncode, 0, again.stderr)

    def test_wrong_usage_is_exit_code_2_and_names_the_word(self):
        for args in ([], ["confg"], ["config", "chek"], ["config", "check", "--nope"],
                     ["config", "check", "--set", "novalue"]):
            done = self.kith(*args)
            self.assertEqual(done.returncode, 2, args)
            self.assertEqual(done.stdout, "", args)
            if args:
                self.assertIn(args[-1], done.stderr)

    def test_version_and_help_answer_on_standard_output(self):
        self.assertRegex(self.kith("--version").stdout, r"^kith \d+\.\d+\.\d+\n$")
        done = self.kith("config", "--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("check", done.stdout)


if __name__ == "__main__":
    unittest.main()
