"""Names that only one place may say: each seam has one owner."""
import re

from tree import split_code

# (pattern in code, who may use it, why)
BANNED = (
    (r"\brapidjson::|<rapidjson/", ("base/json/",), "JSON goes through base/json"),
    (r"\bcurl_\w+\s*\(|<curl/", ("federation/client/", "node/mail/"),
     "outgoing HTTP goes through federation/client, mail through node/mail"),
    (r"\bhttplib::|<httplib\.h>", ("node/http/",), "incoming HTTP goes through node/http"),
    (r"\btoml::|<toml\+\+/", ("config/toml_file.cpp",), "TOML is read by config/toml_file.cpp"),
    (r"\bCLI::|<CLI/", ("node/main/command_line.cpp",), "the command line is node/main/command_line"),
    (r"\bstd::j?thread\b(?!::id)|\bstd::async\b|\bpthread_create\b", ("base/core/thread",),
     "threads are kith::Thread"),
    (r"(?<![\w.>:])(?:std::|::)?time\s*\(\s*(?:0|NULL|nullptr|&)|\bgettimeofday\b|\bclock_gettime\b"
     r"|\b(?:system|steady|high_resolution)_clock\b", ("base/core/clock", "base/core/log.cpp"),
     "time comes from Clock"),
    (r"(?<![\w.>])(?:std::|::)?s?rand(?:om)?\s*\(\s*\)|\bstd::(?:random_device|mt19937)|\bgetrandom\b"
     r"|\bRAND_bytes\b", ("base/core/random.cpp",), "chance comes from Random"),
    (r"(?<![\w.>])::socket\s*\(|(?<![\w.>:])socket\s*\(\s*AF_",
     ("node/http/", "node/stream/", "node/main/control", "federation/client/"),
     "sockets belong to node/http, node/stream, federation/client and the control socket"),
    (r"\bsqlite3_\w+\s*\(|\bPQ[a-z]\w*\s*\(", ("storage/sql/",), "databases are storage/sql"),
)

_SQL = re.compile(r'^(?:R?"\w*\(?\s*)(?:SELECT\s.+\sFROM\b|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b'
                  r"|DELETE\s+FROM\b|CREATE\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)\b|WITH\s+\w+\s+AS\s*\()",
                  re.DOTALL)


def check(tree):
    for path in tree.code():
        code, strings = split_code(tree.read(path))
        for pattern, owners, why in BANNED:
            if path.startswith(owners):
                continue
            for match in re.finditer(pattern, code):
                line = code.count("\n", 0, match.start()) + 1
                yield f"{path}:{line}: '{match.group(0).strip()}': {why}"
        if path.startswith("storage/"):
            continue
        for line, string in strings:
            if _SQL.match(string):
                yield f"{path}:{line}: SQL text outside storage/"
