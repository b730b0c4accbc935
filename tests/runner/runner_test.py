"""The runner counts what the tests say, and takes silence for failure."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import execute
import main
from suites import DEFAULT, SUITES, Suite


class Counting(unittest.TestCase):
    def test_the_last_summary_line_counts(self):
        self.assertEqual(execute.count_script("1 passed, 0 failed\nx\n3 passed, 2 failed\n", 1), (3, 2))

    def test_a_script_without_a_summary_failed(self):
        self.assertEqual(execute.count_script("all fine", 0), (0, 1))

    def test_a_bad_exit_code_is_a_failure_whatever_the_summary_says(self):
        self.assertEqual(execute.count_script("3 passed, 0 failed\n", 1), (3, 1))

    def test_a_boost_program_that_died_failed(self):
        self.assertEqual(execute.count_boost("/nonexistent", -11), (0, 1))

    def test_boost_cases_are_counted(self):
        with tempfile.NamedTemporaryFile("w", suffix=".xml") as report:
            report.write('<TestResult><TestSuite test_cases_passed="6" test_cases_failed="2" '
                         'test_cases_passed_with_warnings="1"/></TestResult>')
            report.flush()
            self.assertEqual(execute.count_boost(report.name, 201), (7, 2))


class Running(unittest.TestCase):
    def run_script(self, text, timeout_s=20):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        path = Path(scratch.name) / "x_test.py"
        path.write_text(text)
        suite = Suite("selftest", "", timeout_s=timeout_s)
        return execute.run_file(suite, path, [], {})

    def test_a_script_that_hangs_is_ended_with_its_children(self):
        outcome = self.run_script("import subprocess\nprint('1 passed, 0 failed', flush=True)\n"
                                  "subprocess.run(['cat', '/dev/zero'], stdout=subprocess.DEVNULL)",
                                  timeout_s=1)
        self.assertEqual((outcome.passed, outcome.failed), (1, 1))
        self.assertIn("longer than 1 s", outcome.note)

    def test_a_script_that_dies_halfway_failed(self):
        self.assertEqual(self.run_script("raise SystemExit(3)").failed, 1)


class Choosing(unittest.TestCase):
    def test_every_default_suite_exists(self):
        self.assertLessEqual(set(DEFAULT), set(SUITES))

    def test_an_unknown_suite_is_wrong_usage(self):
        with self.assertRaises(SystemExit) as raised:
            main.parse(["nonsense"])
        self.assertEqual(raised.exception.code, 2)

    def test_a_pattern_finds_cases_inside_a_file(self):
        here = Path(__file__)
        self.assertEqual(execute.arguments_for(here, "runner"), [])
        self.assertEqual(execute.arguments_for(here, "an_unknown_suite"), ["an_unknown_suite"])
        self.assertIsNone(execute.arguments_for(here, "never" + "_written"))


if __name__ == "__main__":
    import unittest_summary
    unittest_summary.main()
