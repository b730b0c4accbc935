"""The caller's own profile by /api/v1/profile: every setting is kept, and seen where it is meant to be seen."""

from framework import ap, api, check
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.pictures import png, size_of

PROFILE = "/api/v1/profile"
FIELDS = [{"name": "site", "value": "a & b"}, {"name": "pronouns", "value": "she"}]
TEXTS = {"display_name": "Alice A.", "note": "I am <b>here</b>", "avatar_description": "a gradient & a line",
         "header_description": "a wide\ngradient"}
FLAGS = ("locked", "bot", "discoverable", "indexable", "show_media", "show_media_replies", "show_featured")
AT_FIRST = {"display_name": "", "note": "", "fields": [], "avatar": None, "avatar_static": None, "avatar_description": "",
            "header": None, "header_static": None, "header_description": "", "locked": False, "bot": False,
            "hide_collections": False, "discoverable": True, "indexable": False, "show_media": True,
            "show_media_replies": True, "show_featured": True, "attribution_domains": [], "featured_tags": []}
# What is too much, and the most that is taken. Characters are counted, not bytes.
TOO_MUCH = (({"display_name": "ä" * 101}, {"display_name": "ä" * 100}),
            ({"note": "ä" * 5001}, {"note": "ä" * 5000}),
            ({"avatar_description": "ä" * 1501}, {"avatar_description": "ä" * 1500}),
            ({"header_description": "ä" * 1501}, {"header_description": "ä" * 1500}),
            ({"fields_attributes": [{"name": f"n{n}", "value": "v"} for n in range(9)]},
             {"fields_attributes": [{"name": f"n{n}", "value": "v"} for n in range(8)]}),
            ({"fields_attributes": [{"name": "ä" * 256, "value": "v"}]},
             {"fields_attributes": [{"name": "ä" * 255, "value": "v"}]}),
            ({"fields_attributes": [{"name": "n", "value": "ä" * 256}]},
             {"fields_attributes": [{"name": "n", "value": "ä" * 255}]}),
            *(({"attribution_domains": [host]}, {"attribution_domains": ["a-b.example"]})
              for host in ("-", "_", "a.-", "-a.example", "a-.example")),
            ({"attribution_domains": [f"n{n}.example" for n in range(11)]},
             {"attribution_domains": [f"n{n}.example" for n in range(10)]}))


def setup():
    global node, anybody
    node = Node().start()
    anybody = api.Client(node.url, host=node.host)


def _person(name):
    """Somebody new, and what their profile holds at first."""
    client = node.add_user(name)
    return client, client.get(PROFILE)


def _seen(client):
    return anybody.get(f"/api/v1/accounts/{client.me()['id']}")


def _document(name):
    code, document, _ = ap.get(node.person_id(name))
    check.equal(code, 200, f"status of {name}'s document")
    return document


def test_at_first():
    client, profile = _person("ann")
    check.equal(profile, AT_FIRST | {"id": client.me()["id"]}, "a new profile")
    check.true(client.me()["avatar"].startswith(node.base), "others see a default")
    check.true("icon" not in _document("ann") and "attributionDomains" not in _document("ann"), "peers see none")


def _changes(client, change, expected, verb="PATCH"):
    """The request changes this of the profile, and nothing else."""
    before = client.get(PROFILE)
    after = client.request(verb, PROFILE, **change).expect(200).json
    check.equal(after, before | expected, f"after {verb} with {change}")
    check.equal(client.get(PROFILE), after, f"read after {verb} with {change}")


def test_each_setting_alone():
    client, profile = _person("ada")
    for name, text in TEXTS.items():
        _changes(client, {"form": {name: text}}, {name: text})
    for name in FLAGS:
        _changes(client, {"form": {name: not profile[name]}}, {name: not profile[name]})
    for name, text in TEXTS.items():
        _changes(client, {"body": {name: text + "!"}}, {name: text + "!"}, "PUT")
    for name in FLAGS:
        _changes(client, {"body": {name: profile[name]}}, {name: profile[name]}, "PUT")
    for name in TEXTS:
        _changes(client, {"body": {name: ""}}, {name: ""})
    _changes(client, {"body": {}}, {})
    _changes(client, {"form": {"unknown": "x", "id": "1", "featured_tags": "x"}}, {})
    kept = [f | {"verified_at": None} for f in FIELDS]
    _changes(client, {"body": {"fields_attributes": FIELDS}}, {"fields": kept})
    _changes(client, {"form": {"fields_attributes[0][name]": "site", "fields_attributes[0][value]": "a & b"}},
             {"fields": kept[:1]}, "PUT")


def test_what_is_seen_elsewhere():
    client, _ = _person("bea")
    form = TEXTS | {"locked": True, "bot": True, "discoverable": False, "indexable": True, "show_featured": False}
    client.patch(PROFILE, body=form | {"fields_attributes": FIELDS, "attribution_domains": ["news.example"]})
    account, me, person = _seen(client), client.me(), _document("bea")
    for name in ("display_name", "avatar_description", "header_description", "locked", "bot", "discoverable", "indexable"):
        check.equal((account[name], me[name]), (form[name], form[name]), f"{name} of the account")
    note = "<p>I am &lt;b&gt;here&lt;/b&gt;</p>"
    check.equal((account["note"], me["note"], me["source"]["note"]), (note, note, form["note"]), "the note")
    check.equal([(f["name"], f["value"]) for f in account["fields"]], [("site", "a &amp; b"), ("pronouns", "she")], "fields")
    check.equal([(f["name"], f["value"]) for f in me["source"]["fields"]], [("site", "a & b"), ("pronouns", "she")],
                "fields as they were written")
    check.equal(me["source"]["attribution_domains"], ["news.example"], "who may name bea")
    check.equal((me["source"]["discoverable"], me["source"]["indexable"]), (False, True), "source")
    check.true("attribution_domains" not in account and "show_featured" not in account, "not for others")
    check.equal((person["type"], person["name"], person["summary"], person["attributionDomains"]),
                ("Service", "Alice A.", note, ["news.example"]), "for peers")
    check.equal((person["manuallyApprovesFollowers"], person["discoverable"], person["indexable"]), (True, False, True),
                "flags for peers")
    check.equal([(f["name"], f["value"]) for f in person["attachment"]], [("site", "a &amp; b"), ("pronouns", "she")], "fields")
    client.patch("/api/v1/accounts/update_credentials", body={
        "display_name": "Bea", "avatar_description": "new", "attribution_domains": ["other.example"], "show_media": False})
    profile = client.get(PROFILE)
    check.equal([profile[k] for k in ("display_name", "avatar_description", "attribution_domains", "show_media", "note")],
                ["Bea", "new", ["other.example"], False, form["note"]], "set by the older way")
    client.post("/api/v1/featured_tags", {"name": "tea"})
    profile = client.get(PROFILE)
    check.equal((profile["featured_tags"][0]["name"], profile["featured_tags"]), ("tea", client.get("/api/v1/featured_tags")),
                "hashtags")


def test_pictures():
    client, profile = _person("cat")
    before = client.me()
    peer = Peer()
    far = peer.actor("far")
    far.send(node.inbox, far.follow(node.person_id("cat")))
    check.eventually(lambda: client.me()["followers_count"] == 1, 15, "far follows cat")
    after = client.upload("PATCH", PROFILE, {"avatar": png(900, 600), "header": png(3000, 500)},
                          {"avatar_description": "a cat", "header_description": "many cats", "show_media": "false"})
    after = after.expect(200).json
    files = {name: after[name] for name in ("avatar", "header", "avatar_static", "header_static")}
    said = {"avatar_description": "a cat", "header_description": "many cats", "show_media": False}
    check.equal(after, profile | files | said, "pictures, and what else the form says")
    for name, size in (("avatar", (400, 400)), ("header", (1500, 500))):
        url = after[name]
        check.equal(after[name + "_static"], url, f"{name}_static")
        check.true(url.startswith(node.base + "/media/"), f"{name} on this node: {url}")
        check.equal(size_of(anybody.request("GET", url[len(node.base):]).expect(200).body), size, f"size of the {name}")
        seen = _seen(client)
        check.equal((seen[name], seen[name + "_description"]), (url, after[name + "_description"]), f"the {name} for others")
    for person in (_document("cat"), _update_with(peer, "a cat")):
        check.equal((person["icon"]["url"], person["icon"]["name"]), (after["avatar"], "a cat"), "its icon for peers")
        check.equal((person["image"]["url"], person["image"]["name"]), (after["header"], "many cats"), "its image for peers")
    client.patch(PROFILE, {"avatar_description": ""})
    check.true("name" not in _document("cat")["icon"], "described no more")
    for wrong in ({"avatar": b"no picture"}, {"avatar": png(9, 9), "header": b"no picture"}):
        client.upload("PATCH", PROFILE, wrong, {"display_name": "Mallory"}).error(422)
    client.request("PATCH", PROFILE, {"avatar": "https://far.example/face.png", "display_name": "Mallory"}).error(422)
    check.equal(client.get(PROFILE), after | {"avatar_description": ""}, "and nothing has changed")
    again = client.upload("PUT", PROFILE, {"avatar": png(50, 50)}).expect(200).json
    check.true(again["avatar"] not in (None, after["avatar"]), "another")
    check.equal(again["header"], after["header"], "the header stays")
    for name, property in (("avatar", "icon"), ("header", "image")):
        check.equal(client.delete(f"{PROFILE}/{name}")[name], before[name], f"the default {name} for others")
        check.equal([client.get(PROFILE)[k] for k in (name, name + "_static")], [None, None], f"no {name}")
        check.true(property not in _document("cat"), f"no {property} for peers")


def _update_with(peer, name):
    """The person as a follower's host is told."""
    def there():
        return [u["object"] for u in peer.activities("Update") if u["object"].get("icon", {}).get("name") == name]
    return check.eventually(there, 15, "an Update arrives")[-1]


def test_who_may_name_them():
    client, _ = _person("dee")
    given = ["https://News.Example/about?x#y", "news.example", " blog.example ", "http://shop.example:8080/", "BLOG.example",
             "", "sub.news.example"]
    hosts = ["news.example", "blog.example", "shop.example:8080", "sub.news.example"]
    _changes(client, {"body": {"attribution_domains": given}}, {"attribution_domains": hosts})
    check.equal(client.me()["source"]["attribution_domains"], hosts, "as verify_credentials has it")
    check.equal(_document("dee")["attributionDomains"], hosts, "for peers")
    _changes(client, {"form": {"attribution_domains": ["one.example", "two.example"]}},
             {"attribution_domains": ["one.example", "two.example"]}, "PUT")
    ten = [f"n{n}.example" for n in range(10)]
    again = ["N3.example", "https://n4.example/"]
    _changes(client, {"body": {"attribution_domains": [*ten, *again]}}, {"attribution_domains": ten})
    for bad in ([*ten, "n10.example"], ["no host"], ["fine.example", "https://"], ["a.example/path"], ["x" * 300]):
        answer = client.request("PATCH", PROFILE, body={"attribution_domains": bad})
        check.contains(answer.error(422), "Attribution domains", f"refused: {str(bad)[:60]}")
    check.equal(client.get(PROFILE)["attribution_domains"], ten, "as before")
    _changes(client, {"form": {"attribution_domains": [""]}}, {"attribution_domains": []})
    check.true("attributionDomains" not in _document("dee"), "nobody, for peers")
    check.equal(node.add_user("dom").get(PROFILE)["attribution_domains"], [], "everybody has their own")


def test_an_empty_list_empties():
    client, _ = _person("eli")
    client.patch(PROFILE, body={"attribution_domains": ["news.example"], "fields_attributes": FIELDS})
    _changes(client, {"body": {"attribution_domains": []}}, {"attribution_domains": []})


def test_fields_are_taken_away():
    client, _ = _person("flo")
    for form in ({"fields_attributes": []}, {"fields_attributes": {}}):
        client.patch("/api/v1/accounts/update_credentials", body={"fields_attributes": {"0": {"name": "a", "value": "b"}}})
        client.patch("/api/v1/accounts/update_credentials", body={"note": "fields not named"})
        check.equal(len(client.me()["fields"]), 1, "kept")
        check.equal(client.patch("/api/v1/accounts/update_credentials", body=form)["fields"], [], f"by {form}")


def test_who_may_quote_what_one_writes():
    client, _ = _person("quin")
    said = lambda: (client.me()["source"]["quote_policy"], client.get("/api/v1/preferences")["posting:default:quote_policy"])
    check.equal(said(), ("public", "public"), "at first")
    before = client.status("for all")
    client.patch("/api/v1/accounts/update_credentials", {"source[quote_policy]": "nobody"})
    check.equal(said(), ("nobody", "nobody"), "set")
    client.patch("/api/v1/accounts/update_credentials", body={"note": "something else"})
    check.equal(said(), ("nobody", "nobody"), "and kept")
    approval = lambda post: client.get(f"/api/v1/statuses/{post['id']}")["quote_approval"]["automatic"]
    check.equal((approval(client.status("for none")), approval(client.status("for friends", quote_approval_policy="followers"))),
                ([], ["followers"]), "where the post does not say")
    check.equal(approval(before), ["public"], "not of what was there")
    client.request("PATCH", "/api/v1/accounts/update_credentials", {"source[quote_policy]": "friends"}).error(422)


def test_what_cannot_be_kept_is_refused():
    client, _ = _person("hide")
    for verb, path in (("PATCH", "/api/v1/accounts/update_credentials"), ("PUT", PROFILE)):
        client.request(verb, path, {"hide_collections": "true"}).error(422)
        client.request(verb, path, {"hide_collections": "false"}).expect(200)


def test_what_is_too_much():
    client, _ = _person("eve")
    before = client.get(PROFILE)
    for bad, _ in TOO_MUCH:
        client.request("PATCH", PROFILE, body={"display_name": "Mallory", "locked": True} | bad).error(422)
        client.request("PUT", PROFILE, body=bad).error(422)
        check.equal(client.get(PROFILE), before, f"nothing has changed by {str(bad)[:60]}")
    for _, good in TOO_MUCH:
        after = client.patch(PROFILE, body=good)
        for name, value in good.items():
            if name == "fields_attributes":
                name, value = "fields", [f | {"verified_at": None} for f in value]
            check.equal(after[name], value, f"the most that is taken of {name}")


def test_who_may():
    client, before = _person("fay")
    for scopes, read, write in (("profile", 200, 403), ("read:accounts", 200, 403), ("read", 200, 403),
                                ("profile read:accounts", 200, 403), ("write:accounts", 403, 200), ("write", 403, 200),
                                ("read:statuses write:statuses follow push", 403, 403), ("admin:read admin:write", 403, 403)):
        narrow = api.Client(node.url, node.token("fay", scopes), node.host)
        check.equal(narrow.request("GET", PROFILE).status, read, f"GET with {scopes}")
        for verb in ("PATCH", "PUT"):
            check.equal(narrow.request(verb, PROFILE, {"note": scopes}).status, write, f"{verb} with {scopes}")
            expected = before | ({"note": scopes} if write == 200 else {})
            check.equal(client.get(PROFILE), expected, f"after {verb} with {scopes}")
            client.patch(PROFILE, {"note": ""})
        check.equal(narrow.upload("PATCH", PROFILE, {"avatar": png(9, 9)}).status, write, f"a picture with {scopes}")
        client.delete(f"{PROFILE}/avatar")
    for verb in ("GET", "PATCH", "PUT"):
        check.equal(anybody.request(verb, PROFILE, None if verb == "GET" else {"note": "x"}).error(401),
                    "The access token is invalid", f"{verb} by nobody")
    app = anybody.post("/api/v1/apps", {"client_name": "app", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
                                        "scopes": "read write"})
    token = anybody.post("/oauth/token", {"grant_type": "client_credentials", "client_id": app["client_id"],
                                          "client_secret": app["client_secret"], "scope": "read write"})
    itself = api.Client(node.url, token["access_token"], node.host)
    for verb in ("GET", "PATCH", "PUT"):
        check.equal(itself.request(verb, PROFILE, None if verb == "GET" else {"note": "x"}).error(422),
                    "This method requires an authenticated user", f"{verb} by an application")
    check.equal(client.get(PROFILE), before, "as it was")


if __name__ == "__main__":
    run(globals())
