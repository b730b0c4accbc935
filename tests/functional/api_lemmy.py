"""Lemmy's API v4 and v3 beside their clients' journeys (tests/clients/lemmy_test.py, lemmy_v3_test.py): who may see and do
what, clear refusals, and that nonsense does no harm."""

import base64
import contextlib
import hashlib
import itertools
import re
import sqlite3
from html import unescape
from urllib.parse import quote

from framework import api, check, pictures
from framework.browser import Browser
from framework.case import run
from framework.node import PASSWORD, ROOT, Node

V3, V4 = "/api/v3", "/api/v4"
ROUTE = re.compile(r'"(GET|POST|PUT|DELETE)",\s*"(/api/v[34]/[^"]*)"')
OPEN = {("GET", f"{V4}/{path}") for path in (
    "site", "federated_instances", "community", "community/list", "community/random", "post", "post/list", "comment",
    "comment/list", "comment/list/slim", "person", "person/content", "modlog", "search", "multi_community",
    "multi_community/list", "image/health", "person/list", "custom_emoji/list", "admin/tagline/list", "account/auth/get_captcha")} | {
    ("POST", f"{V4}/account/auth/{path}") for path in (
        "login", "register", "verify_email", "resend_verification_email", "password_reset", "password_change")} | {("GET", f"{V3}/{path}") for path in (
    "site", "federated_instances", "community", "community/list", "post", "post/list", "comment", "comment/list", "user", "modlog",
    "search")} | {("POST", f"{V3}/user/login"), ("POST", f"{V3}/user/register")}
ENDS = {("DELETE", f"{V4}/account"), ("POST", f"{V4}/account/auth/logout"), ("POST", f"{V4}/admin/leave"),
        ("POST", f"{V3}/user/logout"), ("POST", f"{V3}/user/delete_account")}
ODD = ("", "x", "-1", "0", "1", "9" * 30, "x" * 3000, "\u202e\u0000", "true", "🍵", "1e9", "%")
FIELDS = ("id", "post_id", "comment_id", "community_id", "person_id", "name", "content", "reason", "limit", "page_cursor",
          "sort", "type_", "time_range_seconds", "q", "search_term", "username", "url", "body", "removed", "locked", "ban",
          "expires_at", "is_upvote", "notification_id", "report_id", "recipient_id", "private_message_id", "instance_id",
          "instance", "keywords", "blocked_urls", "followed_communities", "image_url", "shortcode", "mode", "token", "email", "max_uses",
          "page", "max_depth", "comment_reply_id", "person_mention_id", "post_ids", "score", "saved_only",
          "language_id", "parent_id", "community_name", "tag_id", "tags", "multi_community_id", "multi_community_name", "filename",
          "visibility", "discussion_languages", "color", "creator_id", "username_or_email", "password", "follower_id")


def setup():
    global node, ann, bob, anybody, garden, thread, comment, endpoints
    node = Node(config={"registration.mode": "open", "registration.confirm_email": False}).start()
    ann, bob = node.add_user("ann"), node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)
    garden = _made(ann, "POST", "/community", name="garden", title="The garden")["community_view"]["community"]
    thread = _made(ann, "POST", "/post", community_id=garden["id"], name="A thread", body="words")["post_view"]["post"]
    comment = _made(bob, "POST", "/comment", post_id=thread["id"], content="commentword")["comment_view"]["comment"]
    endpoints = {found for path in sorted((ROOT / "node/api").glob("lemmy*/*.cpp")) for found in ROUTE.findall(path.read_text())}


def _ask(client, verb, path, **form):
    query = "&".join(f"{k}={quote(str(v), errors='surrogatepass')}" for k, v in form.items())
    return client.request(verb, V4 + path + (f"?{query}" if verb == "GET" and query else ""), body=None if verb == "GET" else form)


def _made(client, verb, path, **form):
    return _ask(client, verb, path, **form).expect(200).json


def _refused(client, verb, path, status, error=None, **form):
    answer = _ask(client, verb, path, **form)
    check.equal(answer.status, status, f"{verb} {path} {str(form)[:60]}: {answer.body[:100]}")
    check.true(isinstance(answer.json["error"], str) and isinstance(answer.json["message"], str), "a word and a sentence")
    if error:
        check.equal(answer.json["error"], error, f"{verb} {path}")


def test_signing_up_and_in():
    form = {"username": "nina", "password": "long enough", "password_verify": "long enough", "email": "nina@mail.example"}
    _refused(anybody, "POST", "/account/auth/register", 400, "passwords_do_not_match", **form | {"password_verify": "other"})
    _refused(anybody, "POST", "/account/auth/register", 400, "username_already_taken", **form | {"username": "ann"})
    jwt = _made(anybody, "POST", "/account/auth/register", **form)["jwt"]
    nina = api.Client(node.url, jwt, node.host)
    check.equal(_made(nina, "GET", "/account")["local_user_view"]["person"]["name"], "nina", "herself")
    check.equal(nina.me()["username"], "nina", "the same token at the other door")
    again = _made(anybody, "POST", "/account/auth/login", username_or_email="nina@mail.example", password="long enough")["jwt"]
    check.true(again != jwt, "another session")
    _made(nina, "POST", "/account/auth/logout")
    _refused(nina, "GET", "/account", 401)
    _made(api.Client(node.url, again, node.host), "GET", "/account/validate_auth")
    strict = Node(config={"limits.rate": True, "nodeinfo.present_as": "lemmy 0.19.9"}).start()
    told = [api.Client(strict.url, host=strict.host).request("GET", path).json for path in ("/nodeinfo/2.1", f"{V3}/site")]
    check.equal((told[0]["software"], told[1]["version"]), ({"name": "lemmy", "version": "0.19.9"}, "0.19.9"), "what the operator wants told")
    check.equal(anybody.request("GET", "/nodeinfo/2.1").json["software"]["name"], "kith", "what is told else")
    strict.add_user("bob")
    for _ in range(30):
        answer = _ask(api.Client(strict.url, host=strict.host), "POST", "/account/auth/login", username_or_email="bob", password="guessed")
        if answer.status == 429:
            break
    check.equal((answer.status, answer.json["error"]), (429, "too_many_requests"), "guessing")


def test_a_token_is_asked_for_and_its_scopes_count():
    narrow = api.Client(node.url, node.token("ann", "read"), node.host)
    check.true(len(endpoints) > 110, "all of them")
    for verb, path in sorted(endpoints - OPEN):
        answer = anybody.request(verb, path, body=None if verb == "GET" else {})
        check.equal((answer.status, isinstance(answer.json.get("error"), str)), (401, True), f"{verb} {path} without a token")
        answer = narrow.request(verb, path, body=None if verb == "GET" else {})
        check.equal(answer.status, 400 if path.startswith(V3) else 403, f"{verb} {path} with a token that only reads")


def _seen(client, id):
    """The doors at which a post or comment is shown: by its id, in lists, by what its author wrote, in search."""
    doors = {"post": _ask(client, "GET", "/post", id=id).status == 200, "comment": _ask(client, "GET", "/comment", id=id).status == 200}
    for name, path, form in (("posts", "/post/list", {"sort": "new"}), ("comments", "/comment/list", {}), ("slim", "/comment/list/slim", {}),
                             ("ann", "/person/content", {"username": "ann"}), ("bob", "/person/content", {"username": "bob"})):
        items = _made(client, "GET", path, **form)["items"]
        doors[name] = any(i[k]["id"] == id for i in items for k in ("post", "comment") if k in i and not (k == "post" and "comment" in i))
    return sorted(door for door, open_ in doors.items() if open_)


def test_who_sees_what():
    check.equal(_seen(anybody, thread["id"]), ["ann", "post", "posts"], "a thread")
    check.equal(_seen(anybody, comment["id"]), ["bob", "comment", "comments", "slim"], "a comment")
    for visibility in ("public", "unlisted", "private", "direct"):
        post = ann.status(f"@bob {visibility}word", visibility=visibility)
        for client in (anybody, bob, ann):
            check.equal(_seen(client, post["id"]), [], f"a {visibility} post that is in no group")
            _refused(client, "POST" if client is anybody else "GET", "/post", 401 if client is anybody else 404, id=post["id"])
    node.cli("user", "add", "eve", "--email", "eve@mail.example", "--password", PASSWORD)
    eve = node.client("eve")
    _made(ann, "POST", "/comment/remove", comment_id=comment["id"], removed=True, reason="rude")
    for client, doors in ((anybody, []), (eve, []), (ann, ["comment"]), (bob, ["bob", "comment", "comments", "slim"])):
        check.equal(_seen(client, comment["id"]), doors, "a comment that was removed is its author's, and by its id of who may put it back")
    check.true("commentword" not in str(_made(anybody, "GET", "/modlog")), "the log does not show it")
    _refused(eve, "POST", "/comment/like", 404, comment_id=comment["id"], is_upvote=True)
    _refused(eve, "PUT", "/comment/save", 404, comment_id=comment["id"], save=True)
    _refused(eve, "POST", "/comment/report", 404, comment_id=comment["id"], reason="x")
    _made(ann, "POST", "/comment/remove", comment_id=comment["id"], removed=False, reason="")
    _made(ann, "POST", "/post/remove", post_id=thread["id"], removed=True, reason="a test")
    for path in ("mark_as_read", "hide"):
        _refused(eve, "POST", f"/post/{path}", 404, post_id=thread["id"])
    _made(ann, "POST", "/post/remove", post_id=thread["id"], removed=False, reason="")
    check.equal(_seen(anybody, comment["id"]), ["bob", "comment", "comments", "slim"], "back again")
    bob.post(f"/api/v1/accounts/{eve.me()['id']}/block")
    check.equal(_seen(eve, comment["id"]), [], "of somebody who blocks her")


def _asked_by_v3(client, path, **form):
    query = "&".join(f"{k}={quote(str(v))}" for k, v in form.items())
    return client.request("GET", f"{V3}{path}?{query}")


def test_who_sees_what_by_v3():
    doors = (("/post/list", {}), ("/comment/list", {}), ("/comment/list", {"post_id": thread["id"], "max_depth": 8}), ("/user", {"username": "bob"}),
             ("/user", {"username": "ann"}), ("/search", {"q": "commentword"}), ("/modlog", {}), ("/comment", {"id": comment["id"]}))
    shown = {str(i) for i, (path, form) in enumerate(doors) if "commentword" in _asked_by_v3(anybody, path, **form).body.decode()}
    check.equal(shown - {"6"}, {"1", "2", "3", "7"}, "a comment that everybody may see")
    _made(ann, "POST", "/comment/remove", comment_id=comment["id"], removed=True, reason="rude")
    for path, form in doors:
        for client in (anybody,) if path == "/comment" else (anybody, ann):  # by its id ann may put it back
            check.true("commentword" not in _asked_by_v3(client, path, **form).body.decode(), f"{path} of what was removed")
    _made(ann, "POST", "/comment/remove", comment_id=comment["id"], removed=False, reason="")
    letter = _made(ann, "POST", "/private_message", recipient_id=int(bob.me()["id"]), content="letterword")["private_message_view"]
    direct = ann.status("@bob letterword", visibility="direct")
    node.cli("user", "add", "kim", "--email", "kim@mail.example", "--password", PASSWORD)
    kim = node.client("kim")
    for path in ("/post/list", "/comment/list", "/user/replies", "/user/mention", "/user/unread_count", "/private_message/list", "/post", "/comment",
                 "/search", "/resolve_object", "/modlog", "/user", "/site"):
        answer = _asked_by_v3(kim, path, q="letterword" if path == "/search" else direct["uri"], id=direct["id"], username="ann")
        check.true("letterword" not in answer.body.decode(), f"a direct post at {path}")
    check.equal(_asked_by_v3(ann, "/private_message/list").json["private_messages"][1]["private_message"]["id"],
                letter["private_message"]["id"], "hers is there, below the newer one")
    for path in ("/post/report/list", "/comment/report/list"):
        check.equal((_asked_by_v3(kim, path).status, _asked_by_v3(kim, path).json["error"]), (400, "not_a_mod_or_admin"), "reports are for moderators")


def test_a_cookie_signs_in_where_no_other_site_can_use_it():
    jwt = _made(anybody, "POST", "/account/auth/login", username_or_email="bob", password=PASSWORD)["jwt"]
    def by(cookie, verb, path, body=None, kind="application/json"):
        headers = {"Cookie": f"{cookie}={jwt}"} | ({"Content-Type": kind} if body else {})
        return anybody.request(verb, f"{V3}{path}", body=body and body.encode(), headers=headers)
    for cookie in ("jwt", "auth"):
        check.equal(by(cookie, "GET", "/user/unread_count").status, 200, f"the cookie {cookie}")
    check.equal(by("other", "GET", "/user/unread_count").status, 401, "another cookie")
    save = f'{{"post_id": {thread["id"]}, "save": true}}'
    check.equal(by("jwt", "PUT", "/post/save", save).status, 200, "JSON, which another site cannot send unasked")
    check.equal(by("jwt", "PUT", "/post/save", f"post_id={thread['id']}&save=1", "application/x-www-form-urlencoded").status, 401, "a form, which it can")


def test_what_is_somebodys_own():
    letter = _made(ann, "POST", "/private_message", recipient_id=int(bob.me()["id"]), content="secretword")
    id = letter["private_message_view"]["private_message"]["id"]
    _refused(bob, "PUT", "/private_message", 404, private_message_id=id, content="mine")
    _refused(bob, "DELETE", "/private_message", 404, private_message_id=id)
    _made(bob, "PUT", "/post/save", post_id=thread["id"], save=True)
    check.equal([len(_made(who, "GET", "/account/saved")["items"]) for who in (ann, bob)], [0, 1], "kept for oneself")
    direct = ann.status("@bob secretword", visibility="direct")
    _refused(node.client("eve"), "GET", "/resolve_object", 404, q=direct["uri"])
    for path in ("/search", "/post/list", "/comment/list", "/modlog", "/person/content", "/account/liked", "/account/saved", "/account/read",
                 "/account/hidden"):
        check.true("secretword" not in _ask(ann, "GET", path, search_term="secretword", username="ann").body.decode(), path)
    mentions = _made(ann, "GET", "/account/notification/list")["items"]
    check.equal([m["notification"]["kind"] for m in mentions][-1], "reply", "she was answered")
    _refused(bob, "POST", "/account/notification/mark_as_read", 404, notification_id=mentions[0]["notification"]["id"], read=True)
    check.equal(_ask(bob, "GET", "/report/list").status, 403, "reports are for moderators")
    _refused(bob, "PUT", "/community", 403, community_id=garden["id"], title="mine")
    _refused(bob, "PUT", "/post", 404, post_id=thread["id"], name="mine")
    _refused(bob, "DELETE", "/post", 403, post_id=thread["id"], deleted=True)
    for path, form in (("/post/remove", {"post_id": thread["id"], "removed": True}), ("/post/lock", {"post_id": thread["id"], "locked": True}),
                       ("/community/mod", {"community_id": garden["id"], "person_id": int(bob.me()["id"]), "added": True}),
                       ("/community/ban_user", {"community_id": garden["id"], "person_id": int(ann.me()["id"]), "ban": True}),
                       ("/community/transfer", {"community_id": garden["id"], "person_id": int(bob.me()["id"])})):
        _refused(bob, "POST", path, 403, reason="because", **form)


def test_threads_about_one_page_know_of_each_other():
    other = _made(bob, "POST", "/community", name="market")["community_view"]["community"]
    def started(group, link):
        return _made(bob, "POST", "/post", community_id=group["id"], name="About it", url=link)["post_view"]["post"]["id"]
    page = "https://page.example/one"
    first, second, third = started(garden, page), started(other, page), started(other, "https://page.example/two")
    gone = started(other, page)
    _made(bob, "DELETE", "/post", post_id=gone, deleted=True)
    shown = {post: [p["post"]["id"] for p in _made(anybody, "GET", "/post", id=post)["cross_posts"]]
             for post in (first, second, third, thread["id"])}
    check.equal(shown, {first: [second], second: [first], third: [], thread["id"]: []}, "beside each other")


def _put_letters(node, captcha, letters):
    digest = base64.urlsafe_b64encode(hashlib.sha256(f"{captcha}:{letters}".encode()).digest()).rstrip(b"=").decode()
    with contextlib.closing(sqlite3.connect(node.database.path, timeout=10)) as rows:
        rows.execute("UPDATE captcha SET answer_hash = ? WHERE id = ?", (digest, captcha))
        rows.commit()


def test_a_captcha_is_asked_for_once():
    guarded = Node(config={"registration.mode": "open", "registration.captcha": True}, engine="sqlite").start()
    client = api.Client(guarded.url, host=guarded.host)
    form = {"username": "nina", "password": "long enough", "password_verify": "long enough", "email": "nina@mail.example"}
    check.true(_made(client, "GET", "/site")["captcha_enabled"], "clients are told")
    _refused(client, "POST", "/account/auth/register", 400, "captcha_incorrect", **form)
    shown = _made(client, "GET", "/account/auth/get_captcha")["ok"]
    check.equal(pictures.size_of(base64.b64decode(shown["png"])), (240, 80), "a picture")
    check.true(pictures.converted(base64.b64decode(shown["png"]), "webp"), "that others can read")
    _refused(client, "POST", "/account/auth/register", 400, "captcha_incorrect", **form, captcha_uuid=shown["uuid"], captcha_answer="wrong")
    # Nobody but a person knows the letters: the test puts its own in their place.
    again = _made(client, "GET", "/account/auth/get_captcha")["ok"]["uuid"]
    _put_letters(guarded, again, "FROGS7")
    _refused(client, "POST", "/account/auth/register", 400, "captcha_incorrect", **form, captcha_uuid=shown["uuid"], captcha_answer="FROGS7")
    _made(client, "POST", "/account/auth/register", **form, captcha_uuid=again, captcha_answer="frogs 7")
    _refused(client, "POST", "/account/auth/register", 400, "captcha_incorrect", **form | {"username": "nino", "email": "nino@mail.example"},
             captcha_uuid=again, captcha_answer="FROGS7")
    app = client.post("/api/v1/apps", {"client_name": "app", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read write"})
    token = client.post("/oauth/token", {k: app[k] for k in ("client_id", "client_secret")} | {"grant_type": "client_credentials", "scope": "read write"})
    other = api.Client(guarded.url, token["access_token"], guarded.host)
    refused = other.request("POST", "/api/v1/accounts", {"username": "nino", "email": "nino@mail.example", "password": "long enough", "agreement": "true"})
    check.equal(list(refused.expect(422).json["details"]), ["captcha"], "no way around it")
    browser = Browser(guarded)
    text = {"username": "nino", "email": "nino@mail.example", "password": "long enough", "agreement": "true"}
    page = browser.open("GET", "/auth/sign_up").expect(200)
    page = browser.submit(page, "/auth/sign_up", **text, captcha_answer="wrong").expect(422)
    shown = unescape(page.body.decode())
    check.true("What you read is wrong or too old." in shown, "said on the page")
    png = base64.b64decode(re.search(r'src="data:image/png;base64,([^"]+)"', shown)[1])
    check.equal(pictures.size_of(png), (240, 80), "which shows other letters then")
    _put_letters(guarded, re.search(r'name="captcha_id" value="([^"]+)"', shown)[1], "TOADS7")
    check.true(browser.submit(page, "/auth/sign_up", **text, captcha_answer="toads7").status in (200, 303), "read")


def test_what_makes_no_sense_is_refused():
    for form, status in (({"community_id": garden["id"], "name": ""}, 422), ({"community_id": garden["id"], "name": "x" * 300}, 422),
                         ({"community_id": garden["id"], "name": "two\nlines"}, 422), ({"community_id": 1, "name": "x"}, 404),
                         ({"community_id": garden["id"], "name": "x", "url": "javascript:alert(1)"}, 422)):
        _refused(ann, "POST", "/post", status, **form)
    _refused(ann, "POST", "/comment", 422, post_id=thread["id"], content=" ")
    _refused(ann, "POST", "/comment", 404, post_id=1, content="x")
    _refused(anybody, "GET", "/post/list", 400, sort="worst")
    _refused(anybody, "GET", "/post/list", 400, page_cursor="1_x")
    _refused(ann, "POST", "/post/remove", 422, post_id=thread["id"], removed=True, reason="")
    _refused(ann, "DELETE", "/account", 401, password="wrong")
    check.equal(_ask(anybody, "GET", "/nowhere").status, 404, "no such method")


def test_nonsense_does_no_harm():
    wrong, values = [], itertools.cycle(ODD)
    admin = node.client("ann")
    for verb, path in sorted(endpoints - ENDS):
        for shift in range(4):
            form = {field: next(values) for field in FIELDS[shift::4]}
            short = {k: v for k, v in form.items() if len(v) < 100}
            query = "&".join(f"{k}={quote(v, errors='surrogatepass')}" for k, v in short.items())
            for body in ((None,) if verb == "GET" else (form, {k: [v, {"a": v}] for k, v in short.items()}, {k: 5 for k in form})):
                answer = admin.request(verb, f"{path}?{query}" if verb == "GET" else path, body=body)
                if answer.status >= 500 or (answer.status >= 400 and not isinstance(answer.json.get("error"), str)):
                    wrong.append((verb, path, answer.status, answer.body[:80]))
    check.equal(wrong, [], "answers that are no clear refusal")


if __name__ == "__main__":
    run(globals())
