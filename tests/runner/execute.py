"""Runs one test file and counts what it says passed and failed."""
import os
import re
import signal
import subprocess
import tempfile
import time
import xml.etree.ElementTree as xml
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from suites import BUILD, LOGS, ROOT

SUMMARY = re.compile(r"^(\d+) passed, (\d+) failed$", re.MULTILINE)


@dataclass
class Outcome:
    name: str
    passed: int
    failed: int
    seconds: float
    log: Path
    note: str = ""      # why it failed, where its log does not say so


def arguments_for(path, pattern):
    """What selects the cases that match in this file; None when there are none."""
    if not pattern or pattern in str(path):
        return []
    if path.suffix == ".py":
        matches = re.search(rf"^\s*def test_\w*{re.escape(pattern)}", path.read_text(), re.MULTILINE)
        return [pattern] if matches else None
    listing = subprocess.run([path, "--list_content"], capture_output=True, text=True, timeout=60)
    if pattern not in listing.stdout + listing.stderr:
        return None
    return [f"--run_test=*/*{pattern}*:*{pattern}*"]


def count_boost(report, returncode):
    """Counts from Boost.Test's XML report; a program that died before writing it failed once."""
    try:
        totals = xml.parse(report).getroot().find("TestSuite").attrib
    except (xml.ParseError, OSError, AttributeError):
        return 0, 1
    failed = int(totals["test_cases_failed"])
    # Failed outside any case, a fixture for example.
    if returncode != 0 and failed == 0:
        failed = 1
    passed = int(totals["test_cases_passed"]) + int(totals["test_cases_passed_with_warnings"])
    return passed, failed


def count_script(output, returncode):
    """Counts from the last summary line; without one a script failed once, whatever it returned."""
    found = SUMMARY.findall(output)
    if not found:
        return 0, 1
    passed, failed = (int(number) for number in found[-1])
    if returncode != 0 and failed == 0:
        failed = 1
    return passed, failed


def _run_to_end(command, log, environment, timeout_s):
    """Runs in a process group of its own, which is ended whole when it takes too long."""
    with open(log, "wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            return process.wait(timeout_s), ""
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return -1, f"took longer than {timeout_s} s"


def run_file(suite, path, arguments, environment):
    is_script = path.suffix == ".py"
    log = LOGS / suite.name / (path.stem + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        report = Path(scratch) / "report.xml"
        command = (["/usr/bin/python3", "-B", str(path), *arguments] if is_script else
                   [str(path), "--log_level=error", "--color_output=no", "--report_format=XML",
                    "--report_level=short", f"--report_sink={report}", *arguments])
        returncode, note = _run_to_end(command, log, environment, suite.timeout_s)
        output = log.read_text(errors="replace")
        count = count_script(output, returncode) if is_script else count_boost(report, returncode)
    if count[1] and not note and returncode < 0:
        note = f"ended by signal {-returncode}"
    return Outcome(path.stem, *count, time.monotonic() - start, log, note)


def run_suite(suite, pattern, keep, report):
    """Runs a suite's files, `report(outcome)` after each; returns the outcomes."""
    chosen = [(path, arguments_for(path, pattern)) for path in suite.files()]
    chosen = [(path, arguments) for path, arguments in chosen if arguments is not None]
    environment = {"KITH": str(BUILD / "kith"), **os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    if keep:
        environment["KITH_TEST_KEEP"] = "1"

    def run_and_report(item):
        outcome = run_file(suite, *item, environment)
        report(outcome)
        return outcome
    with ThreadPoolExecutor(suite.parallel) as pool:
        return list(pool.map(run_and_report, chosen))
