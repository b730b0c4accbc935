"""FEP-67ff: what FEDERATION.md claims. Each FEP in its table has a test that names it."""
import re

_ROW = re.compile(r"^\| ([0-9a-f]{4}(?:, [0-9a-f]{4})*) \|", re.MULTILINE)
_OWN = "67ff"   # the file itself


def claimed(text):
    """The FEP numbers of the table below "Supported FEPs"."""
    section = text.partition("## Supported FEPs")[2].partition("\n## ")[0]
    return {fep for row in _ROW.findall(section) for fep in row.split(", ")}


def check(tree):
    if "FEDERATION.md" not in tree.paths:
        return
    named = set()
    for path in tree.paths:
        if path.startswith("tests/") and path.endswith((".py", ".cpp", ".mjs")):
            named.update(re.findall(r"(?i)fep-([0-9a-f]{4})", tree.read(path)))
    feps = claimed(tree.read("FEDERATION.md"))
    if not feps:
        yield "FEDERATION.md: no table of supported FEPs"
    for fep in sorted(feps - named - {_OWN}):
        yield f"FEDERATION.md: no test names FEP-{fep}"
