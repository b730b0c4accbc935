"""The files of the tree that the checks look at."""
import re
import subprocess
from functools import cached_property
from pathlib import Path

PLACES = ("base", "config", "storage", "federation", "node")
CODE = {".cpp", ".hpp"}
TEXT = CODE | {".py", ".mjs", ".js", ".css", ".md", ".cmake", ".txt", ".toml", ".sql", ".html", ""}


class Tree:
    """What git knows below `root`; files that are new and not ignored count as well."""

    def __init__(self, root):
        self.root = Path(root)

    @cached_property
    def paths(self):
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                cwd=self.root, capture_output=True, text=True, check=True).stdout
        found = sorted(set(listed.split("\0")) - {""})
        return [path for path in found if (self.root / path).is_file()]

    def read(self, path):
        return (self.root / path).read_text(errors="replace")

    def lines(self, path):
        return enumerate(self.read(path).splitlines(), start=1)

    def code(self, *places):
        """C++ files below the given places; by default all that is built into the binary."""
        starts = tuple(place + "/" for place in places or PLACES)
        return [p for p in self.paths if Path(p).suffix in CODE and p.startswith(starts)]

    def texts(self):
        """Text written for this project; data taken as it came (tests/data) is not ours to tidy."""
        return [p for p in self.paths if Path(p).suffix in TEXT and not p.startswith("tests/data/")
                and Path(p).name != "LICENSE"]


_TOKENS = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'", re.DOTALL)


def split_code(text):
    """C++ without comments and strings, and the strings: (code, [(line, string)]). Line numbers stay."""
    strings = []

    def replace(match):
        token = match.group(0)
        if token.startswith(('"', "R")):
            strings.append((text.count("\n", 0, match.start()) + 1, token))
        # An include keeps its quotes and path: it is no string.
        line_start = text.rfind("\n", 0, match.start()) + 1
        if text[line_start:match.start()].strip() == "#include":
            return token
        return ('""' if token.startswith(('"', "R")) else " ") + "\n" * token.count("\n")

    return _TOKENS.sub(replace, text), strings
