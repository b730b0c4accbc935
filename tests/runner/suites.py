"""Which suites there are, and which files of the tree belong to each."""
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "dev"
LOGS = ROOT / "build" / "test-logs"

# What `tests/run` without a SUITE runs, in this order.
DEFAULT = ["tidy", "unit", "vectors", "contract", "http", "functional", "peers", "clients"]


@dataclass(frozen=True)
class Suite:
    name: str
    about: str
    programs: tuple = ()        # globs below build/dev: Boost.Test programs
    scripts: tuple = ()         # globs below the tree: Python files that end with 'N passed, N failed'
    parallel: int = 2
    timeout_s: int = 600        # of one program or script
    needs_build: bool = True
    borrows: tuple = ()         # suites whose npm packages it needs, too

    def files(self):
        found = [path for glob in self.programs for path in sorted(BUILD.glob(glob))]
        found += [path for glob in self.scripts for path in sorted(ROOT.glob(glob))]
        return [path for path in found if path.is_file()]


_AREAS = ("evil", "fed", "group", "api", "ops", "web")   # the slowest first

SUITES = {suite.name: suite for suite in (
    Suite("tidy", "the house is in order: includes, sizes, names, headers, links",
          scripts=("tests/tidy/run.py", "tests/tidy/*_test.py", "tests/runner/*_test.py"),
          needs_build=False),
    Suite("unit", "one place at a time", programs=("tests/unit/unit_*",)),
    Suite("vectors", "signatures, proofs and canonical JSON against published vectors and other libraries",
          programs=("tests/vectors/vectors_*",), scripts=("tests/vectors/*_test.py",)),
    Suite("contract", "storage on three engines; golden documents",
          programs=("tests/contract/contract_*",), scripts=("tests/contract/*_test.py",), timeout_s=1200),
    Suite("http", "the HTTP door alone, against rude clients", scripts=("tests/http/*_test.py",),
          parallel=1),
    Suite("functional", "real nodes on loopback",
          scripts=tuple(f"tests/functional/{area}_*.py" for area in _AREAS)
          + ("tests/functional/framework/selftest.py",), parallel=5, timeout_s=900),
    Suite("peers", "with other ActivityPub software", scripts=("tests/peers/*_test.py",), parallel=1),
    Suite("clients", "with real Mastodon clients", scripts=("tests/clients/*_test.py",), borrows=("peers",)),
    Suite("faults", "planted faults, each of which some test must notice",
          scripts=("tests/faults/run.py",), parallel=1, timeout_s=7200),
    Suite("bench", "the figures of docs/benchmarks.md", scripts=("tests/bench/run.py",), parallel=1,
          timeout_s=3600),
)}
