#!/usr/bin/env python3
"""docs/lemmy-api.md says of every method of Lemmy's client whether it is here, and why not: made from the routes."""
import re
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

DATA, PAGE = "tests/data/lemmy/methods.tsv", "docs/lemmy-api.md"
BEGIN, END = "<!-- methods -->\n", "<!-- end of methods -->\n"

_ROUTE = re.compile(r'"(GET|POST|PUT|DELETE)",\s*"(/[^"]*)"')

# Why something is not here, by the beginning of its method's name; the longest that fits.
WHY = {
    "": "not built yet",
    "createOAuthProvider": "nobody signs in here with an account of somewhere else",
    "editOAuthProvider": "nobody signs in here with an account of somewhere else",
    "deleteOAuthProvider": "nobody signs in here with an account of somewhere else",
    "authenticateWithOAuth": "nobody signs in here with an account of somewhere else",
}


def methods(tree):
    return [line.split("\t") for line in tree.read(DATA).splitlines()[1:]]


def routes(tree):
    found = set()
    for path in tree.code("node/api", "node/ap"):
        found |= set(_ROUTE.findall(tree.read(path)))
    return found | {("GET", "/nodeinfo/2.1")}  # one route a version (node/ap/routes.cpp)


def why(method):
    return WHY[max((start for start in WHY if method.startswith(start)), key=len)]


def table(tree):
    here = routes(tree)
    rows = [(method, verb, path, (verb, path) in here) for method, verb, path in methods(tree)]
    out = [f"Of {len(rows)} methods {sum(row[3] for row in rows)} are there.", "", "| method | asks | here |", "|---|---|---|"]
    out += [f"| `{method}` | `{verb} {path.removeprefix('/api/v4')}` | {'yes' if stands else 'no: ' + why(method)} |"
            for method, verb, path, stands in rows]
    return "\n".join(out) + "\n"


def page(tree):
    text = tree.read(PAGE)
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table(tree) + END + after


def check(tree):
    if BEGIN not in tree.read(PAGE) or tree.read(PAGE) != page(tree):
        return [f"{PAGE} is not what the routes say: run tests/tidy/check_lemmy_table.py --write"]
    return []


if __name__ == "__main__":
    from tree import Tree
    whole = Tree(Path(__file__).resolve().parents[2])
    if "--write" in sys.argv[1:]:
        (whole.root / PAGE).write_text(page(whole))
    print("\n".join(check(whole)) or f"{PAGE} is what the routes say")
