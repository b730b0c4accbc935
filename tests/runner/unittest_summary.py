"""Runs the unittest cases of the calling module and ends with the line that tests/run counts."""
import sys
import unittest


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    wanted = sys.argv[1:]
    cases = unittest.TestSuite(case for group in suite for case in group
                               if not wanted or any(word in case.id() for word in wanted))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(cases)
    failed = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - failed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)
