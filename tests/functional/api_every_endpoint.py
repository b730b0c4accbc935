"""Every documented endpoint that is here: refused without a token, refused to a token for something else, never more
than a clear refusal for what makes no sense, and nothing of one person's for another."""

import itertools
import json
import re
from urllib.parse import quote

from framework import api, check
from framework.case import run
from framework.node import ROOT, Node
from framework.peer import Peer
from framework.pictures import png
from framework.push import Subscriber
from framework.reply import Reply

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
          "description", "email", "username", "password", "for_not_following", "lang", "timeline[]", "shortcode", "tag_name",
          "discoverable", "languages[]", "collection_ids[]", "supported_types[]")
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


# -- what is somebody else's ------------------------------------------------------------------------------------------

SECRET = "Zaubersalz"
# Which of alice's things an id of a path is, by the beginning of the path; of the first that fits.
WHOSE = (("/api/v1/accounts", ("alice",)), ("/api/v1/suggestions", ("alice",)), ("/api/v1/admin/accounts", ("alice",)),
         ("/api/v1/admin/", ("report",)), ("/api/v1/lists", ("list",)), ("/api/v1/timelines/list", ("list",)),
         ("/api/v1/collections", ("collection",)),
         ("/api/v2/filters/keywords", ("keyword",)), ("/api/v2/filters/statuses", ("entry",)),
         ("/api/v2/filters", ("filter",)), ("/api/v1/filters", ("keyword", "old_filter")),
         ("/api/v1/scheduled_statuses", ("scheduled",)), ("/api/v1/media", ("media",)),
         ("/api/v1/conversations", ("conversation",)), ("/api/v1/follow_requests", ("dora",)),
         ("/api/v1/notifications/requests", ("request",)), ("/api/v1/notifications", ("notification",)),
         ("/api/v2/notifications", ("group",)), ("/api/v2_alpha/notifications", ("group",)),
         ("/api/v1/featured_tags", ("featured",)), ("/api/v1/polls", ("direct",)), ("/api/v1/tags", ("tag",)),
         ("/api/v1/statuses", ("private", "direct", "letter", "scheduled", "open")), ("", ("private", "direct")))
# What is for all by nature: an account, a hashtag, and what bob keeps for himself about them ...
FOR_ALL = {("GET", f"/api/v1/accounts/:id{what}") for what in
           ("", "/statuses", "/followers", "/following", "/featured_tags", "/endorsements", "/identity_proofs", "/lists")} | {
    ("GET", "/api/v1/accounts/:account_id/collections"), ("GET", "/api/v1/accounts/:account_id/in_collections"),
    ("GET", "/api/v1/collections/:id")} | {
    ("POST", f"/api/v1/accounts/:id/{verb}") for verb in
    ("follow", "unfollow", "remove_from_followers", "block", "unblock", "mute", "unmute", "unpin", "unendorse", "note")} | {
    ("DELETE", "/api/v1/suggestions/:account_id"), ("GET", "/api/v1/tags/:name"), ("GET", "/api/v1/timelines/tag/:hashtag")} | {
    ("POST", f"/api/v1/tags/{what}") for what in (":name/follow", ":name/unfollow", ":id/feature", ":id/unfeature")}
# ... and a post that is open: read, and answered to in one's own name.
FOR_ALL_IF_OPEN = {("GET", f"/api/v1/statuses/:id{what}") for what in
                   ("", "/context", "/reblogged_by", "/favourited_by", "/quotes", "/history", "/source", "/card")} | {
    ("POST", f"/api/v1/statuses/:id/{verb}") for verb in
    ("favourite", "unfavourite", "reblog", "unreblog", "bookmark", "unbookmark", "mute", "unmute", "unpin", "translate")}
# What is named by a year, not by an id: api_collections.py.
BY_YEAR = ("/api/v1/annual_reports/:year", "/api/v1/annual_reports/:year/state")
REFUSED = (401, 403, 404, 405, 422)
# What would change something if it were bob's.
TAKEN = {"title": "taken", "status": "taken", "description": "taken", "keyword": "taken", "phrase": "taken", "comment": "taken",
         "context": ["home"], "choices": [0], "scheduled_at": "2035-01-01T00:00:00Z", "expires_in": 86400, "type": "none",
         "replies_policy": "none", "filter_action": "hide", "category": "spam", "quote_approval_policy": "nobody", "lang": "de"}
# What alice reads of it: "!" where the secret stands in it.
READ = ("!/api/v1/lists", "!/api/v1/lists/{list}", "/api/v1/lists/{list}/accounts", "!/api/v2/filters",
        "!/api/v2/filters/{filter}", "!/api/v2/filters/{filter}/keywords", "/api/v2/filters/{filter}/statuses",
        "!/api/v2/filters/keywords/{keyword}", "/api/v2/filters/statuses/{entry}", "!/api/v1/filters",
        "!/api/v1/filters/{old_filter}", "!/api/v1/scheduled_statuses", "!/api/v1/scheduled_statuses/{scheduled}",
        "!/api/v1/media/{media}", "!/api/v1/conversations", "/api/v1/follow_requests",
        "!/api/v1/notifications/{notification}", "!/api/v2/notifications/{group}", "!/api/v1/notifications/requests/{request}",
        "!/api/v1/statuses/{private}", "!/api/v1/statuses/{direct}", "!/api/v1/statuses/{letter}", "!/api/v1/polls/{direct}",
        "!/api/v1/statuses/{direct}/context", "!/api/v1/statuses/{private}/source", "/api/v1/statuses/{open}/source",
        "/api/v1/statuses/{open}/history", "!/api/v1/statuses/{open}/quotes", "/api/v1/featured_tags",
        "/api/v1/push/subscription", "/api/v1/markers?timeline[]=home", "!/api/v1/bookmarks", "/api/v1/collections/{collection}",
        "!/api/v1/timelines/direct")
# What bob asks with alice's ids outside of the path, and how it may end.
ELSEWHERE = (("GET", "/api/v1/statuses?id[]={private}&id[]={direct}&id[]={letter}", None, (200,)),
             ("GET", f"/api/v2/search?q={SECRET}&resolve=true", None, (200,)),
             ("GET", f"/api/v2/search?q={SECRET}&type=statuses&account_id={{alice}}", None, (200, 404)),
             ("GET", "/api/v2/search?q={private_url}&resolve=true", None, (200,)),
             ("GET", "/api/oembed?url={private_url}", None, (404,)),
             ("GET", "/api/v1/accounts/relationships?id[]={alice}&id[]={bob}", None, (200,)),
             ("GET", "/api/v1/accounts/{alice}/statuses?pinned=true", None, (200,)),
             ("GET", "/api/v1/push/subscription", None, (404,)),
             ("DELETE", "/api/v1/push/subscription", None, (200, 404)),
             ("GET", "/api/v1/notifications/requests/merged?id[]={request}", None, (200,)),
             ("POST", "/api/v1/notifications/requests/accept", {"id": ["{request}"]}, (200, 404)),
             ("POST", "/api/v1/notifications/requests/dismiss", {"id": ["{request}"]}, (200, 404)),
             ("POST", "/api/v1/notifications/dismiss", {"id": "{notification}"}, (404, 405)),
             ("POST", "/api/v1/notifications/clear", {}, (200,)),
             ("POST", "/api/v1/markers", {"home": {"last_read_id": "{private}"}}, (200,)),
             ("POST", "/api/v1/statuses", {"status": "x", "media_ids": ["{media}"]}, (422,)),
             ("PUT", "/api/v1/statuses/{bobs_post}", {"status": "x", "media_ids": ["{media}"]}, (422,)),
             ("POST", "/api/v1/statuses", {"status": "x", "media_ids": ["{media}"], "scheduled_at": "2035-01-01T00:00:00Z"},
              (422,)),
             ("POST", "/api/v1/statuses", {"status": "x", "in_reply_to_id": "{private}"}, (404,)),
             ("POST", "/api/v1/statuses", {"status": "x", "in_reply_to_id": "{direct}"}, (404,)),
             ("POST", "/api/v1/statuses", {"status": "x", "quoted_status_id": "{private}"}, (404, 422)),
             ("POST", "/api/v1/statuses", {"status": "x", "quoted_status_id": "{direct}"}, (404, 422)),
             ("POST", "/api/v1/reports", {"account_id": "{alice}", "status_ids": ["{private}"]}, (404,)),
             ("POST", "/api/v2/filters/{bobs_filter}/statuses", {"status_id": "{private}"}, (404, 422)),
             ("PUT", "/api/v2/filters/{bobs_filter}", {"keywords_attributes": [{"id": "{keyword}", "keyword": "taken"}]},
              (404, 422)),
             ("PUT", "/api/v2/filters/{bobs_filter}", {"keywords_attributes": [{"id": "{keyword}", "_destroy": True}]},
              (404, 422)),
             ("GET", "/api/v2/filters/{bobs_filter}", None, (200,)))


class Others:
    """A node on which alice has one of each thing that has an id, and bob, who may everything but administer, none."""

    def __init__(self):
        service = Peer()
        service.serve("/translate", lambda request: Reply.json({"translatedText": json.loads(request.body)["q"]}))
        service.serve("/languages", Reply.json([{"code": "en", "targets": ["de"]}]))
        self.node = Node(config={"translate.server": f"http://:key@{service.host}"}).start()
        scopes = "read write follow push profile admin:read admin:write"
        self.ids = {"tag": "salt"}
        for name in ("alice", "bob", "cleo", "dora", "zoe"):
            self.node.add_user(name)
            setattr(self, name, api.Client(self.node.url, self.node.token(name, scopes), self.node.host))
            self.ids[name] = getattr(self, name).me()["id"]
        self._posts()
        self._letters()
        self._kept()

    def _name(self, **things):
        self.ids |= {name: thing["id"] for name, thing in things.items()}

    def _posts(self):
        alice = self.alice
        alice.patch("/api/v1/accounts/update_credentials", {"locked": "true"})
        private = alice.status(SECRET, visibility="private")
        self._name(private=private, open=alice.status("for all #salt"), bobs_post=self.bob.status("mine"))
        self._name(quote=self.cleo.status("look", quoted_status_id=self.ids["open"]))
        self.ids["private_url"] = quote(private["url"], safe="")
        self.alice.act(private["id"], "pin")
        self.alice.act(private["id"], "bookmark")

    def _letters(self):
        """A direct poll, an answer to it, and a letter of somebody whose notifications wait."""
        alice, ids = self.alice, self.ids
        poll = {"options": [f"{SECRET} one", "two"], "expires_in": 86400}
        asked = {"status": f"@cleo {SECRET}", "visibility": "direct", "poll": poll}
        self._name(direct=alice.post("/api/v1/statuses", body=asked))
        alice.post(f"/api/v1/accounts/{ids['cleo']}/follow")
        self._name(letter=self.cleo.status(f"@alice yes, {SECRET}", in_reply_to_id=ids["direct"], visibility="direct"))
        alice.patch("/api/v2/notifications/policy", {"for_not_following": "filter"})
        self.zoe.status(f"@alice psst, {SECRET}", visibility="direct")
        self.dora.post(f"/api/v1/accounts/{ids['alice']}/follow")
        told = [n for n in alice.notifications("mention") if n["status"]["id"] == ids["letter"]]
        ids["group"] = told[0]["group_key"]
        waiting = [r for r in alice.get("/api/v1/notifications/requests") if r["account"]["id"] == ids["zoe"]]
        self._name(notification=told[0], request=waiting[0],
                   conversation=[c for c in alice.get("/api/v1/conversations") if c["last_status"]["id"] == ids["letter"]][0])

    def _kept(self):
        alice, ids = self.alice, self.ids
        made = alice.post("/api/v1/lists", {"title": SECRET})
        alice.post(f"/api/v1/lists/{made['id']}/accounts", {"account_ids": [ids["cleo"]]})
        kept = alice.post("/api/v2/filters", body={"title": SECRET, "context": ["public"],
                                                   "keywords_attributes": [{"keyword": SECRET}]})
        entry = alice.post(f"/api/v2/filters/{kept['id']}/statuses", {"status_id": ids["quote"]})
        old = alice.post("/api/v1/filters", body={"phrase": SECRET, "context": ["public"]})
        later = alice.post("/api/v1/statuses", body={"status": SECRET, "scheduled_at": "2036-01-01T00:00:00Z"})
        media = alice.upload("POST", "/api/v2/media", {"file": png(20, 20)}, {"description": SECRET}).expect(200).json
        self._name(list=made, filter=kept, keyword=kept["keywords"][0], entry=entry, old_filter=old, scheduled=later,
                   media=media, collection=alice.post("/api/v1/collections", {"name": "jars"})["collection"],
                   featured=alice.post("/api/v1/featured_tags", {"name": "salt"}),
                   report=alice.post("/api/v1/reports", {"account_id": ids["zoe"], "comment": SECRET}),
                   bobs_filter=self.bob.post("/api/v2/filters", {"title": "mine", "context": ["home"]}))
        alice.post(f"/api/v1/accounts/{ids['bob']}/note", {"comment": SECRET})
        alice.post("/api/v1/push/subscription", Subscriber(Peer()).form(mention=True))
        alice.post("/api/v1/markers", {"home[last_read_id]": ids["open"]})

    def read(self):
        """All of it, as alice sees it."""
        found = {}
        for line in READ:
            path = line.removeprefix("!").format(**self.ids)
            answer = self.alice.request("GET", path).expect(200)
            check.equal(SECRET in answer.body.decode(), line.startswith("!"), f"the secret in {line}")
            found[line] = answer.json
        post = self.alice.get(f"/api/v1/statuses/{self.ids['open']}")
        found["open"] = {k: post[k] for k in ("content", "visibility", "pinned", "edited_at", "quote_approval", "sensitive")}
        found["note"] = self.alice.relationship(self.ids["bob"])["note"]
        return found


def _theirs(path, ids):
    """The path with each of alice's ids that may stand in it, and what that one is."""
    for name in next(names for beginning, names in WHOSE if path.startswith(beginning)):
        filled = path.replace(":quoting_status_id", ids["quote"])
        yield name, re.sub(r":[a-z_]+", "x", re.sub(r":[a-z_]+", ids[name], filled, count=1))


def _with_ids(value, ids):
    if isinstance(value, dict):
        return {key: _with_ids(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [_with_ids(each, ids) for each in value]
    return value.format(**ids) if isinstance(value, str) else value


def test_what_is_somebody_elses_by_its_id():
    others = Others()
    ids, before, wrong = others.ids, others.read(), []
    taken = TAKEN | {"account_ids": [ids["bob"]], "status_id": ids["bobs_post"], "media_ids": []}
    # Accounts come last: who blocks alice sees less of her.
    paths = dict.fromkeys(path for _, path, _, _ in endpoints if ":" in path)
    paths = sorted(paths, key=lambda path: path.startswith("/api/v1/accounts"))
    check.true(len(paths) > 90, f"most of them are here: {len(paths)}")
    for path in paths:
        verbs = [verb for verb, each, _, _ in endpoints if each == path]
        verbs += [verb for verb in ("GET", "POST", "PUT", "PATCH", "DELETE") if verb not in verbs]
        for verb in verbs:
            for name, target in _theirs(path, ids):
                answer = others.bob.request(verb, target, body=None if verb == "GET" else taken)
                for_all = (verb, path) in FOR_ALL or (verb, path) in FOR_ALL_IF_OPEN and name == "open"
                if answer.status not in ((200,) if for_all else REFUSED) or SECRET.encode() in answer.body:
                    wrong.append((verb, path, name, answer.status, answer.body[:80]))
    check.equal(wrong, [], "what bob is answered about alice's things")
    after = others.read()
    for name, value in before.items():
        check.equal(after[name], value, f"{name} of alice, after all")


def test_what_is_somebody_elses_is_read_by_them():
    """By the same ids, so that what bob is refused was there."""
    others = Others()
    wrong = []
    for verb, path, _, _ in endpoints:
        if verb == "GET" and ":" in path and not path.startswith(("/api/v1/admin", "/api/v1/instance")):
            for name, target in _theirs(path, others.ids):
                answer = others.alice.request(verb, target)
                absent = "/statuses" in path and name == "scheduled" or path in BY_YEAR
                expected = 404 if absent else 200
                if answer.status != expected:
                    wrong.append((verb, path, name, answer.status, answer.body[:80]))
    check.equal(wrong, [], "what alice is answered about her own things")


def test_what_is_somebody_elses_in_a_request():
    others = Others()
    before, wrong = others.read(), []
    for verb, target, body, allowed in ELSEWHERE:
        answer = others.bob.request(verb, target.format(**others.ids), body=body and _with_ids(body, others.ids))
        if answer.status not in allowed or SECRET.encode() in answer.body:
            wrong.append((verb, target, body, answer.status, answer.body[:80]))
    check.equal(wrong, [], "what bob is answered")
    hidden = [others.ids[name] for name in ("private", "direct", "letter")]
    check.equal(others.bob.get("/api/v1/statuses", id=hidden), [], "no post that he may not see")
    check.equal([s["id"] for s in others.alice.get("/api/v1/statuses", id=hidden)], hidden, "that alice sees")
    after = others.read()
    for name, value in before.items():
        check.equal(after[name], value, f"{name} of alice, after all")


if __name__ == "__main__":
    run(globals())
