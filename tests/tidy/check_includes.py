"""Every #include follows an arrow of the table: what a place may use, and nothing above it."""
import re

from tree import split_code

_REPO = {"storage/repo", "storage/model", "storage/sql"}
_BASE = {"base"}
_LOW = {"base", "config"}

# The table of ARCHITECTURE.md, spelled out. "base" and "config" stand for the whole place.
MAY_USE = {
    "base": set(),
    "config": _BASE,
    "storage/sql": _LOW,
    "storage/model": _LOW,
    "storage/repo": _LOW | {"storage/sql", "storage/model"},
    "storage/blob": _LOW,
    "federation/vocab": _LOW,
    "federation/signature": _BASE,
    "federation/client": _LOW,
    "federation/keys": _LOW | _REPO | {"federation/vocab", "federation/signature", "federation/client"},
    "federation/inbox": _LOW | _REPO | {"federation/keys", "federation/vocab", "federation/signature"},
    "federation/delivery": _LOW | _REPO | {"federation/keys", "federation/vocab", "federation/client",
                                           "federation/signature"},
    "federation/discovery": _LOW | _REPO | {"federation/keys", "federation/vocab",
                                            "federation/client"},
    "node/community": _LOW | _REPO | {"storage/blob", "federation"},
    "node/insight": _LOW | _REPO | {"node/community"},
    "node/http": _LOW,
    "node/media": _LOW | {"storage/blob"},
    "node/files": _LOW | _REPO | {"node/community", "node/media", "node/http", "storage/blob", "federation/client"},
    "node/ap": _LOW | _REPO | {"node/http", "node/community", "federation"},
    "node/api": _LOW | _REPO | {"node/http", "node/community", "node/media", "node/files", "storage/blob"},
    "node/web": _LOW | _REPO | {"node/http", "node/community", "node/media", "node/files", "storage/blob"},
    "node/stream": _LOW | _REPO | {"node/community", "node/http"},
    "node/mail": _LOW,
    "node/links": _LOW | _REPO | {"node/community", "federation/client"},
    "node/push": _LOW | _REPO | {"node/community", "federation/client"},
    "node/ops": _LOW | _REPO | {"node/http", "node/community", "node/insight"},
    "node/jobs": _LOW | _REPO,
    "node/main": {"base", "config", "storage", "federation", "node"},
}

# Header-only bounds without includes of their own: below everything (docs/decisions/0002).
FOR_ALL = re.compile(r"config/limits(/\w+)?\.hpp")

_INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


def place_of(path):
    parts = path.split("/")
    if parts[0] in ("base", "config"):
        return parts[0]
    return "/".join(parts[:2])


def allowed(source, target):
    if source == target or FOR_ALL.fullmatch(target):
        return True
    place, used = place_of(source), place_of(target)
    may = MAY_USE.get(place)
    return place == used or (may is not None and (used in may or used.split("/")[0] in may))


def check(tree):
    for path in tree.code():
        if place_of(path) not in MAY_USE:
            yield f"{path}: {place_of(path)} is not a place of the table"
            continue
        code, _ = split_code(tree.read(path))
        for match in _INCLUDE.finditer(code):
            line = code.count("\n", 0, match.start(1)) + 1
            target = match.group(1)
            if not (tree.root / target).is_file():
                yield f"{path}:{line}: \"{target}\" is no path from the root"
            elif not allowed(path, target):
                yield (f"{path}:{line}: {place_of(path)} may not use {place_of(target)} "
                       f"(\"{target}\")")
