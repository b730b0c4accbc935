"""Every documented endpoint that is here: refused without a token, refused to a token for something else, and never
more than a clear refusal for what makes no sense."""

import itertools
import re
from urllib.parse import quote

from framework import api, check
from framework.case import run
from framework.node import ROOT, Node

ROUTE = re.compile(r'"(GET|POST|PUT|PATCH|DELETE)",\s*"(/[^"]*)"')
# Those that a token is not asked of, whatever the documentation says: kith's own choice, or no API at all.
NO_TOKEN = {"/oauth/authorize", "/oauth/token", "/oauth/revoke", "/health"}
# Where the documentation asks for more than Mastodon itself: another scope, or a token at all.
OTHERWISE = {("GET", "/api/v2/notifications/:group_key/accounts")}
OPEN = {"/api/v1/accounts/lookup", "/api/v1/statuses/:id/quotes"}
ODD_IDS = ("x", "0", "-1", "1", "9" * 30, "%00", "%FF", "%2F..%2F", "1%20OR%201=1", "%F0%9F%8D%B5")
ODD_VALUES = ("", "x", "-1", "0", "9" * 30, "x" * 6000, "\u202e\u0000", "true", "🍵", "1e9", "%")
FIELDS = ("status", "id", "limit", "max_id", "min_id", "offset", "title", "context[]", "keywords_attributes[][keyword]",
          "poll[options][]", "poll[expires_in]", "media_ids[]", "visibility", "in_reply_to_id", "scheduled_at", "language",
          "account_id", "account_ids[]", "domain", "ip", "severity", "expires_in", "duration", "q", "type", "types[]",
          "grouped_types[]", "comment", "category", "status_ids[]", "choices[]", "subscription[endpoint]", "display_name",
          "fields_attributes[0][name]", "source[privacy]", "name", "acct", "uri", "url", "home[last_read_id]", "focus",
          "description", "email", "username", "password", "for_not_following", "lang", "timeline[]", "shortcode")
BROKEN = (("application/json", b"{"), ("application/json", b"[1,2]"), ("application/json", b'"x"'),
          ("application/json", b'{"status":{"a":[{"b":1}]},"id":[null,[[]]],"poll":[1],"title":{}}'),
          ("application/json", b'{"a":' * 200 + b"1" + b"}" * 200), ("application/x-www-form-urlencoded", b"status=%FF&id=%"),
          ("multipart/form-data; boundary=x", b"--x\r\nno end"), ("application/xml", b"<a/>"), ("text/plain", b"\xff\xfe"))


def setup():
    global node, anybody, admin, endpoints, narrow
    node = Node().start()
    node.add_user("boss", role="admin")
    scopes = "read write follow push profile admin:read admin:write"
    admin = api.Client(node.url, node.token("boss", scopes), node.host)
    anybody = api.Client(node.url, host=node.host)
    narrow = {scope: api.Client(node.url, node.token("boss", scope), node.host) for scope in ("read:search", "write:media")}
    here = set()
    for path in sorted((ROOT / "node" / "api").rglob("*.cpp")):
        here |= {(verb, re.sub(r":[a-z_]+", "*", route)) for verb, route in ROUTE.findall(path.read_text())}
    rows = [line.split("\t") for line in (ROOT / "tests/data/mastodon/endpoints.tsv").read_text().splitlines()[1:]]
    endpoints = [(verb, path, who, scopes.split()) for _, verb, path, _, _, who, scopes in rows
                 if (verb, re.sub(r":[a-z_]+", "*", path)) in here]


def _path(path, id="1"):
    return re.sub(r":[a-z_]+", id, path)


def test_a_token_is_asked_for():
    check.true(len(endpoints) > 200, "most of them are here")
    wrong = []
    for verb, path, who, _ in endpoints:
        if who not in ("user", "app") or path in NO_TOKEN or path in OPEN:
            continue
        answer = anybody.request(verb, _path(path))
        if answer.status != 401 or not isinstance(answer.json.get("error"), str):
            wrong.append((verb, path, answer.status))
    check.equal(wrong, [], "endpoints that answer nobody otherwise than with 401 and an error")


def test_a_token_for_something_else_is_refused():
    wrong = []
    for verb, path, who, scopes in endpoints:
        if who not in ("user", "app") or not scopes or (verb, path) in OTHERWISE:
            continue
        scope = "write:media" if any(s in ("read:search", "read") for s in scopes) else "read:search"
        if scope in scopes or (scope == "write:media" and "write" in scopes):
            continue
        answer = narrow[scope].request(verb, _path(path))
        if answer.status != 403 or not isinstance(answer.json.get("error"), str):
            wrong.append((verb, path, answer.status))
    check.equal(wrong, [], "endpoints that answer a token of another scope otherwise than with 403 and an error")


def _is_clear(answer, verb, path):
    if answer.status < 400:
        return True
    if answer.status >= 500 and not (answer.status == 503 and path.endswith("/translate")):
        return False
    if path.startswith("/oauth/authorize"):
        return True    # a page
    return isinstance(answer.json.get("error"), str)


def test_odd_ids():
    wrong = []
    for verb, path, _, _ in endpoints:
        if ":" not in path:
            continue
        for id in ODD_IDS:
            answer = admin.request(verb, _path(path, id))
            if not _is_clear(answer, verb, path):
                wrong.append((verb, _path(path, id), answer.status, answer.body[:80]))
    check.equal(wrong, [], "odd ids")


def test_odd_parameters():
    wrong = []
    values = itertools.cycle(ODD_VALUES)
    for verb, path, _, _ in endpoints:
        if path == "/oauth/revoke" or "stream" in path:
            continue
        for shift in range(3):
            form = {field: next(values) for field in FIELDS[shift::3]}
            query = "&".join(f"{quote(k)}={quote(v, errors='surrogatepass')}" for k, v in form.items() if len(v) < 100)
            target = f"{_path(path, '12345')}?{query}" if verb == "GET" else _path(path, "12345")
            answer = admin.request(verb, target, None if verb == "GET" else form)
            if not _is_clear(answer, verb, path):
                wrong.append((verb, path, answer.status, answer.body[:80]))
    check.equal(wrong, [], "odd parameters")


def test_broken_bodies():
    wrong = []
    for verb, path, _, _ in endpoints:
        if verb == "GET" or path == "/oauth/revoke":
            continue
        for content_type, body in BROKEN:
            answer = admin.request(verb, _path(path), body=body, headers={"Content-Type": content_type})
            if not _is_clear(answer, verb, path):
                wrong.append((verb, path, content_type, answer.status, answer.body[:80]))
    check.equal(wrong, [], "broken bodies")
    check.equal(admin.me()["username"], "boss", "the node still answers")


if __name__ == "__main__":
    run(globals())
