"""What the benches share: the release binary, the CPU time of a process, one RSA signature."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Before the framework is loaded, which reads it once. The test runner's KITH is the dev build.
os.environ["KITH"] = os.environ.get("KITH_BENCH", str(ROOT / "build" / "release" / "kith"))
sys.path.insert(0, str(ROOT / "tests" / "functional"))

from framework import case  # noqa: E402

BENCH_SECONDS_MAX = 900
_TICKS = os.sysconf("SC_CLK_TCK")


def run(names):
    """Runs the benches of a file as the framework runs tests, with time enough."""
    case.TEST_SECONDS_MAX = BENCH_SECONDS_MAX
    case.run(names)


def cpu_seconds(pid):
    """User and system time of all threads of a process, from /proc/PID/stat."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def resident_mib(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[1]) / 1024


def rsa_signature_s():
    """CPU seconds of one RSA-2048 signature on this machine, as `openssl speed` measures it."""
    done = subprocess.run(["openssl", "speed", "-seconds", "1", "rsa2048"], capture_output=True,
                          text=True, check=True)
    columns = re.search(r"^rsa\s+2048 bits\s+\S+\s+\S+\s+([\d.]+)", done.stdout, re.MULTILINE)
    return 1 / float(columns[1])


def figure(name, value, unit, method, bound=None):
    """Prints a figure with its bound and how it was measured."""
    limit = f" (bound: {bound})" if bound else ""
    print(f"{name}: {value} {unit}{limit}\n    {method}", flush=True)
