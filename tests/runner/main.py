"""tests/run: chooses suites, builds, runs, and says how it went."""
import argparse
import sys
import threading

import build
import execute
from suites import DEFAULT, SUITES

LOG_LINES_SHOWN = 60

_printing = threading.Lock()


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="tests/run", description="Installs what tests need, builds (preset dev) and runs them.",
        epilog="The last line is 'N passed, N failed'; the exit code is 0 when nothing failed and "
               "something passed. Logs stay in build/test-logs/.")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help="default: " + " ".join(DEFAULT))
    parser.add_argument("--list", action="store_true", help="name the suites and their files, and end")
    parser.add_argument("-k", metavar="PATTERN", dest="pattern",
                        help="only files or cases whose name contains PATTERN")
    parser.add_argument("--keep", action="store_true", help="keep the data of the nodes that were started")
    parser.add_argument("--no-build", action="store_true",
                        help="neither install nor build; test what is there")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.suites if name not in SUITES]
    if unknown:
        parser.error(f"no suite '{unknown[0]}'; there are: {' '.join(SUITES)}")
    return options


def list_suites(suites):
    for suite in suites:
        by_default = "" if suite.name in DEFAULT else "   (only when named)"
        print(f"{suite.name}: {suite.about}{by_default}")
        for path in suite.files():
            print(f"    {path.stem}")


def report(outcome):
    with _printing:
        verdict = "FAIL" if outcome.failed else "ok  "
        counts = f"{outcome.passed} passed" + (f", {outcome.failed} failed" if outcome.failed else "")
        note = f": {outcome.note}" if outcome.note else ""
        print(f"{verdict} {outcome.name} ({counts}, {outcome.seconds:.1f} s){note}", flush=True)
        if outcome.failed:
            lines = outcome.log.read_text(errors="replace").splitlines()
            for line in lines[-LOG_LINES_SHOWN:]:
                print(f"     | {line}")
            print(f"     log: {outcome.log}", flush=True)


def run_suite(suite, options):
    """Returns (passed, failed)."""
    print(f"\n== {suite.name}: {suite.about}", flush=True)
    if not build.install_node_packages(suite):
        return 0, 1
    outcomes = execute.run_suite(suite, options.pattern, options.keep, report)
    if not outcomes:
        if options.pattern:
            return 0, 0
        print(f"FAIL {suite.name} has no tests")
        return 0, 1
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    print(f"-- {suite.name}: {passed} passed, {failed} failed", flush=True)
    return passed, failed


def main(arguments):
    options = parse(arguments)
    suites = [SUITES[name] for name in options.suites or DEFAULT]
    if options.list:
        list_suites(suites if options.suites else SUITES.values())
        return 0
    passed = failed = 0
    built = True
    if not options.no_build and any(suite.needs_build for suite in suites):
        built = build.build()
    if not built:
        print("FAIL build")
        failed = 1
    else:
        for suite in suites:
            more_passed, more_failed = run_suite(suite, options)
            passed, failed = passed + more_passed, failed + more_failed
    print(f"\n{passed} passed, {failed} failed", flush=True)
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
