#!/usr/bin/env python3
"""docs/mastodon-api.md says of every documented endpoint whether it is here, and why not: made from the routes."""
import re
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

DATA, PAGE = "tests/data/mastodon/endpoints.tsv", "docs/mastodon-api.md"

_ROUTE = re.compile(r'"(GET|POST|PUT|PATCH|DELETE)",\s*"(/[^"]*)"')
# What no router answers: sockets are handed over by the front (node/stream).
_STREAMS = ("user", "user/notification", "public", "public/local", "public/remote", "hashtag", "hashtag/local", "list",
            "direct")

# Why something is not here, by the beginning of its path; the longest that fits.
WHY = {}


def documented(tree):
    lines = tree.read(DATA).splitlines()[1:]
    return [dict(zip(("section", "method", "path", "since", "state", "who", "scopes"), line.split("\t"))) for line in lines]


def _shape(path):
    return re.sub(r":[a-z_]+", "*", path)


def routes(tree):
    found = {("GET", f"/api/v1/streaming/{name}") for name in _STREAMS}
    for path in tree.code("node/api", "node/ops"):
        found |= {(method, _shape(route)) for method, route in _ROUTE.findall(tree.read(path))}
    return found


def why(endpoint):
    if endpoint["state"] in ("removed", "alpha"):
        return {"removed": "removed from Mastodon", "alpha": "not stable in Mastodon"}[endpoint["state"]]
    fitting = [start for start in WHY if endpoint["path"].startswith(start)]
    return WHY[max(fitting, key=len)] if fitting else ""


def page(tree):
    here, rows, counts = routes(tree), [], {"yes": 0, "all": 0}
    for endpoint in documented(tree):
        stands = (endpoint["method"], _shape(endpoint["path"])) in here
        counted = endpoint["state"] not in ("removed", "alpha")
        counts["all"] += counted
        counts["yes"] += counted and stands
        note = endpoint["state"] if stands else why(endpoint)
        rows.append((endpoint["section"], f"| `{endpoint['method']} {endpoint['path']}` | {'yes' if stands else 'no'} | {note} |"))
    out = ["# Mastodon's client API, endpoint by endpoint", "",
           "Made from the routes by `tests/tidy/check_api_table.py --write`; a test keeps it true. Every method that the",
           "documentation of Mastodon 4.6 names is here, and where one is missing the reason why. What kith does in its",
           "own way stands in [api-notes.md](api-notes.md).", "",
           f"Of {counts['all']} endpoints that are neither removed nor alpha {counts['yes']} are there.", ""]
    section = None
    for name, row in rows:
        if name != section:
            out += ([""] if section else []) + [f"## {name}", "", "| endpoint | here | note |", "|---|---|---|"]
            section = name
        out.append(row)
    return "\n".join(out) + "\n"


def check(tree):
    problems = [f"{PAGE}: {e['method']} {e['path']} is missing without a reason (WHY in tests/tidy/check_api_table.py)"
                for e in documented(tree)
                if (e["method"], _shape(e["path"])) not in routes(tree) and not why(e)]
    if not Path(tree.root / PAGE).exists() or tree.read(PAGE) != page(tree):
        problems.append(f"{PAGE} is not what the routes say: run tests/tidy/check_api_table.py --write")
    return problems


if __name__ == "__main__":
    from tree import Tree
    whole = Tree(Path(__file__).resolve().parents[2])
    if "--write" in sys.argv[1:]:
        (whole.root / PAGE).write_text(page(whole))
    print("\n".join(check(whole)) or f"{PAGE} is what the routes say")
