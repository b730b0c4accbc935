"""Every header compiles alone: whoever includes it needs nothing before it. Of one that its own source includes
before all else the build shows that already."""
import hashlib
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from check_includes import _INCLUDE

PACKAGES = ("fmt", "openssl", "libcurl", "cpp-httplib", "sqlite3", "libpq", "tomlplusplus")
FLAGS = ["-std=gnu++20", "-fsyntax-only", "-Wall", "-Wextra", "-x", "c++", "-I."]


def _flags():
    found = subprocess.run(["pkg-config", "--cflags", *PACKAGES], capture_output=True, text=True)
    return FLAGS + found.stdout.split()


def fingerprint(tree, path, flags, seen=None):
    """Of the header and of all that it includes from the tree."""
    seen = {} if seen is None else seen
    if path not in seen and (tree.root / path).is_file():
        text = tree.read(path)
        seen[path] = hashlib.sha256(text.encode()).hexdigest()
        for target in _INCLUDE.findall(text):
            fingerprint(tree, target, flags, seen)
    return hashlib.sha256(json.dumps([sorted(seen.items()), flags]).encode()).hexdigest()


def compile_alone(tree, path, flags):
    """None when it compiles, else the first line of what the compiler says."""
    done = subprocess.run(["g++", *flags, "-"], cwd=tree.root, input=f'#include "{path}"\n',
                          capture_output=True, text=True)
    if done.returncode == 0:
        return None
    errors = re.findall(r"^.*error:.*$", done.stderr, re.MULTILINE)
    return (errors or done.stderr.splitlines() or ["the compiler failed"])[0]


def is_first_in_its_source(tree, path):
    source = path.removesuffix(".hpp") + ".cpp"
    first = (tree.root / source).is_file() and re.search(r'^#include [<"]([^>"]+)[>"]', tree.read(source), re.MULTILINE)
    return bool(first) and first[1] == path


def check(tree):
    cache_file = tree.root / "build" / "tidy-headers.json"
    cache = set(json.loads(cache_file.read_text())) if cache_file.exists() else set()
    flags = _flags()
    headers = {path: fingerprint(tree, path, flags) for path in tree.code()
               if path.endswith(".hpp") and not is_first_in_its_source(tree, path)}
    new = [path for path, print_ in headers.items() if print_ not in cache]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        problems = dict(zip(new, pool.map(lambda path: compile_alone(tree, path, flags), new)))
    good = sorted(print_ for path, print_ in headers.items() if not problems.get(path))
    if Path(cache_file.parent).is_dir():
        cache_file.write_text(json.dumps(good))
    for path, problem in problems.items():
        if problem:
            yield f"{path}: does not compile alone: {problem}"
