"""Every header of somebody else's comes from a Debian package that deploy/packages names."""
import re
import subprocess

_INCLUDE = re.compile(r"^\s*#\s*include\s*<([^>]+\.h(?:pp)?)>", re.MULTILINE)

# What every compiler brings along.
_TOOLCHAIN = re.compile(r"libc6-dev|linux-libc-dev|libgcc-\d+-dev|libstdc\+\+-\d+-dev")
# Packages that depend on a versioned twin which holds the files.
_VERSIONED = re.compile(r"^(libboost)[\d.]+(-dev)$")


def named(tree):
    lines = (line.strip() for line in tree.read("deploy/packages").splitlines())
    return {line for line in lines if line and line[0] not in "#["}


def included(tree):
    """Header → the first place that includes it."""
    found = {}
    for path in tree.code(*("base", "config", "storage", "federation", "node", "tests")):
        for match in _INCLUDE.finditer(tree.read(path)):
            found.setdefault(match.group(1), path)
    return found


def owners(headers):
    """Header → the installed packages that hold it; one call, because dpkg reads all its lists."""
    patterns = [f"*/{header}" for header in headers]
    answer = subprocess.run(["dpkg-query", "--search", *patterns], capture_output=True, text=True)
    found = {header: set() for header in headers}
    for line in answer.stdout.splitlines():
        packages, _, path = line.partition(": ")
        for header in headers:
            if path.endswith("/include/" + header) or re.search(
                    rf"/include/(?:[^/]+/){{0,2}}{re.escape(header)}$", path):
                found[header] |= {name.split(":")[0] for name in packages.split(", ")}
    return found


def check(tree):
    if "deploy/packages" not in tree.paths:
        return
    wanted, packages = included(tree), named(tree)
    for header, holders in sorted(owners(sorted(wanted)).items()):
        if not holders:
            yield f"{wanted[header]}: no installed package brings <{header}>"
        elif not any(p in packages or _TOOLCHAIN.fullmatch(p) or _VERSIONED.match(p) for p in holders):
            yield (f"{wanted[header]}: <{header}> comes from {', '.join(sorted(holders))}, "
                   "which deploy/packages does not name")
