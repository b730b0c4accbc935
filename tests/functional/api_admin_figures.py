"""What moderators may ask about their node in figures, and what it tells everybody about its weeks: counted exactly, of
a short history with one peer."""

import re
from urllib.parse import urlencode

from framework import ap, api, check
from framework.browser import Browser
from framework.case import run
from framework.node import ENGINE, PASSWORD, Node, VirtualClock
from framework.peer import Peer

MEASURES, DIMENSIONS, RETENTION = (f"/api/v1/admin/{what}" for what in ("measures", "dimensions", "retention"))
ACTIVITY = "/api/v1/instance/activity"
START = 1_800_000_000_000   # 2027-01-15T08:00:00Z, a Friday
DAY = 24 * 3600 * 1000
MIDNIGHT = START // DAY * DAY
FEBRUARY, MARCH, TODAY = 26, 47, 48   # days since the start: 10 February, 3 March, 4 March
OOB = "urn:ietf:wg:oauth:2.0:oob"
FILTER = {"tag": "id", "instance": "domain"}   # what a key of this beginning needs to be said


def _date(day):
    """A day as it is asked for: its number since the start, or as it stands."""
    return day if isinstance(day, str) else ap.iso((MIDNIGHT + day * DAY) / 1000)[:10]


def _moment(day):
    return _date(day) + "T00:00:00.000Z"


def _soon(done, what):
    return check.eventually(lambda: done() or clock.advance(0.1), 15, what)


def _sent(activity):
    """Sends something of the virtual time by far, and waits until it is done."""
    code = far.send(node.inbox, activity, date=clock.now_ms / 1000).status
    check.equal(code, 202, f"status of a {activity['type']}")
    _soon(lambda: node.inbox_state(activity) in ("applied", "refused"), f"a {activity['type']} is handled")
    check.equal(node.inbox_state(activity), "applied", f"a {activity['type']}")


def _far_note(text, language, **more):
    note = far.note(text, published=ap.iso(clock.now_ms / 1000), contentMap={language: f"<p>{text}</p>"},
                    mentions=[(node.person_id("alice"), node.handle("alice"))], **more)
    _sent(far.create(note))
    return note


def _far_tag(name):
    return {"type": "Hashtag", "name": f"#{name}", "href": f"{peer.base}/tags/{name}"}


def _by_app(name, app_name):
    """A client of this person that signed in by an application of this name."""
    app = node.client().post("/api/v1/apps", {"client_name": app_name, "redirect_uris": OOB, "scopes": "read write"})
    asked = {"response_type": "code", "client_id": app["client_id"], "redirect_uri": OOB, "scope": "read write"}
    code = Browser(node).code_on_page("/oauth/authorize?" + urlencode(asked), name, PASSWORD)
    token = node.client().post("/oauth/token", {
        "grant_type": "authorization_code", "client_id": app["client_id"], "client_secret": app["client_secret"],
        "code": code, "redirect_uri": OOB})
    return api.Client(node.url, token["access_token"], node.host)


def setup():
    global node, clock, peer, far, people, mod
    clock = VirtualClock(START)
    node = Node(clock=clock).start()
    peer = Peer(accept_follows=False)
    people = {}
    for day in (_friday, _saturday, _sunday, _monday, _tuesday, _wednesday, _thursday, _in_february, _in_march):
        day()
    clock.set(START + TODAY * DAY)
    mod = api.Client(node.url, node.token("cleo", "admin:read"), node.host)


def _join(*names, role="member"):
    for name in names:
        people[name] = node.add_user(name, role)


def _friday():
    """15 January: boss, alice and bob sign up; alice and bob are active."""
    global tea
    _join("boss", role="admin")
    _join("alice", "bob")
    node.add_group("garden", "boss")
    tea = people["alice"].status("hot #tea", language="en")
    people["alice"].status("#tea again", language="en")
    people["bob"].act(tea["id"], "favourite")
    people["boss"].home()


def _saturday():
    """cleo signs up and is active; alice only reads, bookmarks and follows."""
    global cake
    clock.set(START + DAY)
    _join("cleo", role="moderator")
    cleo, alice = people["cleo"], people["alice"]
    cleo.act(tea["id"], "reblog")
    cake = cleo.status("#Tea and #cake", language="de")
    alice.home()
    alice.act(cake["id"], "bookmark")
    alice.follow("cleo")
    people["bob"].post("/api/v1/reports", {"account_id": cleo.me()["id"], "comment": "cake"})


def _sunday():
    """alice answers; boss resolves what bob reported."""
    clock.set(START + 2 * DAY)
    people["alice"].status("a piece for me", in_reply_to_id=cake["id"], language="en")
    boss = api.Client(node.url, node.token("boss", "admin:read admin:write"), node.host)
    people["judge"] = boss
    boss.post(f"/api/v1/admin/reports/{boss.get('/api/v1/admin/reports')[0]['id']}/resolve")


def _monday():
    """18 January: dora signs up and is active; far is met, follows bob and cleo, and does what there is to do."""
    global far, whisper
    clock.set(START + 3 * DAY)
    _join("dora")
    whisper = people["dora"].status("quietly #tea", visibility="private")
    far = peer.actor("far")
    followed = people["alice"].follow(far.handle)
    follow = _soon(lambda: peer.activities("Follow"), "alice's follow arrives")[0]
    _sent(far.accept(follow))
    check.true(people["alice"].relationship(followed["id"])["following"], "alice follows far")
    for name in ("bob", "cleo"):
        _sent(far.follow(node.person_id(name)))
    _far_note("about #tea", "fr", parent=tea["uri"], tag=[_far_tag("tea")])
    _sent(far.like(cake["uri"]))
    boost = far.announce(cake["uri"])
    boost["published"] = ap.iso(clock.now_ms / 1000)
    _sent(boost)


def _tuesday():
    """eve signs up; eve, bob and alice are active; alice reports far."""
    clock.set(START + 4 * DAY)
    _join("eve")
    theirs = people["eve"].find_status(_notes_of_far()[0])
    people["eve"].act(theirs["id"], "favourite")
    _by_app("bob", "Tea time").status("unlisted #tea", visibility="unlisted")
    people["alice"].status("@garden a thread", language="en")
    people["alice"].post("/api/v1/reports", {"account_id": theirs["account"]["id"], "status_ids": [theirs["id"]]})


def _notes_of_far():
    return [r["ap_id"] for r in node.sql("SELECT ap_id FROM post WHERE NOT local ORDER BY received_at")]


def _wednesday():
    """robot signs up, and is none of the active; alice does several things; boss resolves the other report."""
    clock.set(START + 5 * DAY)
    _join("robot")
    robot, alice = people["robot"], people["alice"]
    robot.patch("/api/v1/accounts/update_credentials", {"bot": "true"})
    for text in ("#tea beep", "#tea boop"):
        robot.status(text, language="en")
    robot.act(tea["id"], "favourite")
    alice.act(cake["id"], "favourite")
    alice.act(cake["id"], "reblog")
    boss = people["judge"]
    boss.post(f"/api/v1/admin/reports/{boss.get('/api/v1/admin/reports')[0]['id']}/resolve")


def _thursday():
    """21 January: dora answers herself; far writes again."""
    clock.set(START + 6 * DAY)
    people["dora"].status("yes", in_reply_to_id=whisper["id"], visibility="private")
    _far_note("hello again", "fr")


def _in_february():
    """10 February: fay signs up; alice, bob and fay are active; what bob and far wrote is deleted."""
    clock.set(START + FEBRUARY * DAY)
    _join("fay")
    people["alice"].status("a cold day", language="en")
    for name in ("bob", "fay"):
        people[name].act(cake["id"], "favourite")
    people["bob"].delete(f"/api/v1/statuses/{people['bob'].status('gone', language='it')['id']}")
    note = _far_note("soon gone", "it")
    peer.remove(note["id"], 410)
    _sent(far.delete(note))


def _in_march():
    """3 March: cleo is back."""
    clock.set(START + MARCH * DAY)
    people["cleo"].status("#Spring", language="es")


# -- measures --------------------------------------------------------------------------------------------------------

def _ask(path, first, last, keys, client=None, about=None, **more):
    """Asks for these keys; what a key is about is `about`, or else the hashtag tea or the peer."""
    body = {"start_at": _date(first), "end_at": _date(last), "keys": keys, **more}
    for key in keys:
        name = FILTER.get(key.partition("_")[0])
        if name:
            body[key] = {name: about or {"id": _tag_id("tea"), "domain": peer.host}[name]}
    return (client or mod).request("POST", path, body=body)


def _tag_id(name):
    return str(node.sql("SELECT id FROM tag WHERE name = ?", name)[0]["id"])


def _measured(first, last, keys, **more):
    return _ask(MEASURES, first, last, keys, **more).expect(200).json


def _measure(key, first, *values, total, previous=None):
    """What is to be answered: `values` are those of the days from `first` on."""
    days = [{"date": _moment(first + n), "value": str(value)} for n, value in enumerate(values)]
    before = {} if previous is None else {"previous_total": str(previous)}
    return {"key": key, "unit": None, "total": str(total), **before, "data": days}


def _all_equal(found, expected):
    check.equal([f["key"] for f in found], [e["key"] for e in expected], "in the order of the question")
    for one, other in zip(found, expected):
        check.equal(one, other, one["key"])


def test_measures_of_the_node():
    expected = [_measure("active_users", 3, 1, 3, 1, total=4, previous=3),
                _measure("new_users", 3, 1, 1, 1, total=3, previous=4),
                _measure("interactions", 3, 3, 0, 3, total=6, previous=3),
                _measure("opened_reports", 3, 0, 1, 0, total=1, previous=1),
                _measure("resolved_reports", 3, 0, 0, 1, total=1, previous=1)]
    keys = [e["key"] for e in expected]
    _all_equal(_measured(3, 5, keys), expected)
    _all_equal(_measured(3, 5, keys[::-1]), expected[::-1])
    _all_equal(_measured("2027-01-18T23:59:59Z", "2027-01-20T00:00:01.5+09:00", keys), expected)
    _all_equal(_measured(0, 2, keys),
               [_measure("active_users", 0, 2, 1, 1, total=3, previous=0),
                _measure("new_users", 0, 3, 1, 0, total=4, previous=0),
                _measure("interactions", 0, 1, 1, 1, total=3, previous=0),
                _measure("opened_reports", 0, 0, 1, 0, total=1, previous=0),
                _measure("resolved_reports", 0, 0, 0, 1, total=1, previous=0)])
    _all_equal(_measured(6, 6, keys[:3]), [_measure("active_users", 6, 1, total=1, previous=1),
                                           _measure("new_users", 6, 0, total=0, previous=1),
                                           _measure("interactions", 6, 1, total=1, previous=3)])
    _all_equal(_measured(FEBRUARY, FEBRUARY, keys[:3]),
               [_measure("active_users", FEBRUARY, 3, total=3, previous=0),
                _measure("new_users", FEBRUARY, 1, total=1, previous=0),
                _measure("interactions", FEBRUARY, 2, total=2, previous=0)])


def test_measures_of_a_hashtag():
    keys = ["tag_accounts", "tag_uses", "tag_servers"]
    _all_equal(_measured(3, 5, keys), [_measure("tag_accounts", 3, 1, 0, 1, total=2, previous=2),
                                       _measure("tag_uses", 3, 1, 0, 2, total=3, previous=3),
                                       _measure("tag_servers", 3, 1, 0, 0, total=1, previous=0)])
    _all_equal(_measured(1, 3, keys, about=_tag_id("cake")), [_measure("tag_accounts", 1, 1, 0, 0, total=1, previous=0),
                                                             _measure("tag_uses", 1, 1, 0, 0, total=1, previous=0),
                                                             _measure("tag_servers", 1, 0, 0, 0, total=0, previous=0)])
    _all_equal(_measured(0, 0, keys, about="123456"), [_measure(k, 0, 0, total=0, previous=0) for k in keys])


def test_measures_of_a_host():
    keys = [f"instance_{what}" for what in ("accounts", "reports", "statuses", "follows", "followers")]
    _all_equal(_measured(3, 5, keys), [_measure("instance_accounts", 3, 1, 0, 0, total=1),
                                       _measure("instance_reports", 3, 0, 1, 0, total=1),
                                       _measure("instance_statuses", 3, 1, 0, 0, total=1),
                                       _measure("instance_follows", 3, 1, 0, 0, total=1),
                                       _measure("instance_followers", 3, 2, 0, 0, total=2)])
    _all_equal(_measured(5, 6, keys[:3]), [_measure("instance_accounts", 5, 0, 0, total=0),
                                           _measure("instance_reports", 5, 0, 0, total=0),
                                           _measure("instance_statuses", 5, 0, 1, total=1)])
    _all_equal(_measured(3, 3, keys, about="other.example"), [_measure(k, 3, 0, total=0) for k in keys])
    media = _measure("instance_media_attachments", 3, 0, 0, total=0) | {"unit": "bytes", "human_value": "0 Bytes"}
    check.equal(_measured(3, 4, ["instance_media_attachments"]), [media], "no copies are kept")


def test_what_measures_are_asked_for():
    for body in ({}, {"start_at": _date(3)}, {"end_at": _date(3)}, {"start_at": "monday", "end_at": _date(3)},
                 {"start_at": "2027-02-30", "end_at": "2027-03-01"}, {"start_at": "", "end_at": ""}):
        mod.request("POST", MEASURES, body=body | {"keys": ["new_users"]}).error(422)
    check.equal(len(_measured("2026-03-01", "2027-03-01", ["new_users"])[0]["data"]), 366, "so many days")
    for key in ("new_users", "instance_media_attachments"):
        _ask(MEASURES, "2026-03-01", "2027-03-02", [key]).error(422)
        _ask(MEASURES, 5, 3, [key]).error(422)
    for key in ("tag_accounts", "tag_uses", "tag_servers", "instance_accounts", "instance_media_attachments",
                "instance_reports", "instance_statuses", "instance_follows", "instance_followers"):
        name = FILTER[key.partition("_")[0]]
        for about in ({}, {key: {name: ""}}, {key: {"other": "1"}}, {key: "1"}, {"tag_other": {name: "1"}}):
            days = {"start_at": _date(3), "end_at": _date(3), "keys": ["new_users", key]}
            mod.request("POST", MEASURES, body=days | about).error(422)
    for about in ("tea", "-1", "0", "1.5"):
        _ask(MEASURES, 3, 3, ["tag_uses"], about=about).error(422)
    found = _measured(3, 3, ["nonsense", "new_users", "local_posts", "", "languages", "newusers", "NEW_USERS"])
    check.equal([f["key"] for f in found], ["new_users"], "what there is not is passed over")
    check.equal(_measured(3, 3, []), [], "nothing asked for")
    form = {"keys": ["tag_uses", "new_users"], "start_at": _date(3), "end_at": _date(3), "tag_uses[id]": _tag_id("tea")}
    check.equal([(f["key"], f["total"]) for f in mod.post(MEASURES, form)], [("tag_uses", "1"), ("new_users", "1")],
                "as a form")


# -- dimensions ------------------------------------------------------------------------------------------------------

def _ranked(key, first, last, **more):
    answer = _ask(DIMENSIONS, first, last, [key], **more).expect(200).json
    check.equal([sorted(d) for d in answer], [["data", "key"]], f"form of {key}")
    check.equal(answer[0]["key"], key, "key")
    for row in answer[0]["data"]:
        check.equal(sorted(row), ["human_key", "key", "value"], f"form of a row of {key}")
        check.true(row["human_key"], f"a name of {row['key']}")
    return [(row["key"], row["value"]) for row in answer[0]["data"]]


def test_dimensions_of_the_node():
    check.equal(_ranked("languages", 0, 6), [("en", "6"), ("und", "3"), ("de", "1")], "languages")
    check.equal(_ranked("languages", 1, 1), [("de", "1")], "languages of a day")
    check.equal(_ranked("languages", 0, 6, limit=1), [("en", "6")], "the first alone")
    check.equal(_ranked("sources", 0, 6), [("kith command line", "9"), ("Tea time", "1")], "applications")
    check.equal(_ranked("sources", 4, 4), [("Tea time", "1"), ("kith command line", "1")], "of a day")
    check.equal(_ranked("servers", 0, 6), [(peer.host, "2")], "hosts of others")
    check.equal(_ranked("servers", 0, 2), [], "before there were any")
    days = mod.post(DIMENSIONS, body={"keys": ["languages", "nonsense", "servers"]})
    check.equal([d["key"] for d in days], ["languages", "servers"], "what there is not is passed over")
    check.equal([(r["key"], r["value"]) for r in days[0]["data"] if r["key"] != "it"], [("en", "1"), ("es", "1")],
                "thirty days, where none are named")
    check.equal(mod.post(DIMENSIONS, body={"keys": []}), [], "nothing asked for")
    _ask(DIMENSIONS, "2026-03-01", "2027-03-02", ["languages"]).error(422)


def test_dimensions_of_a_hashtag():
    check.equal(_ranked("tag_languages", 0, 6), [("en", "4"), ("de", "1"), ("fr", "1")], "languages")
    check.equal(_ranked("tag_languages", 3, 3), [("fr", "1")], "languages of a day")
    check.equal(_ranked("tag_languages", 0, 6, about=_tag_id("cake")), [("de", "1")], "of another hashtag")
    check.equal(_ranked("tag_servers", 3, 3), [(peer.host, "1")], "hosts of a day")
    check.equal(_ranked("tag_servers", 0, 6), [(node.host, "5"), (peer.host, "1")], "hosts, this one by its name")
    for key in ("tag_servers", "tag_languages"):
        _ask(DIMENSIONS, 0, 6, [key], about="tea").error(422)
        mod.request("POST", DIMENSIONS, body={"keys": [key]}).error(422)


def test_dimensions_of_a_host():
    check.equal(_ranked("instance_accounts", 0, 6), [("far", "1")], "who is followed")
    check.equal(_ranked("instance_languages", 0, 6), [("fr", "2")], "languages")
    check.equal(_ranked("instance_languages", 4, 5), [], "languages of quiet days")
    for key in ("instance_accounts", "instance_languages"):
        check.equal(_ranked(key, 0, 6, about="other.example"), [], "of nobody")
        mod.request("POST", DIMENSIONS, body={"keys": [key]}).error(422)


def test_what_is_deleted_is_counted_no_more():
    day = (FEBRUARY, FEBRUARY)
    found = {key: _ranked(key, *day) for key in ("languages", "sources", "servers", "instance_languages")}
    found["instance_statuses"] = _measured(*day, ["instance_statuses"])[0]
    check.equal(found, {"languages": [("en", "1")], "sources": [("kith command line", "1")], "servers": [],
                        "instance_languages": [], "instance_statuses": _measure("instance_statuses", FEBRUARY, 0, total=0)},
                "of a day on which alice wrote something that is still there")


def test_what_the_node_runs_on():
    key, name = {"postgres": ("postgresql", "PostgreSQL")}.get(ENGINE, ("sqlite", "SQLite"))
    space, versions = mod.post(DIMENSIONS, body={"keys": ["space_usage", "software_versions"]})
    check.equal((space["key"], versions["key"]), ("space_usage", "software_versions"), "keys")
    one = space["data"][0]
    check.equal((one["key"], one["human_key"], one["unit"]), (key, name, "bytes"), "space")
    number, unit = re.fullmatch(r"(\d+(?:\.\d)?) ([KMG])B", one["human_value"]).groups()
    size = float(number) * 1024 ** (" KMG".index(unit))
    check.true(int(one["value"]) >= 65_536 and size <= int(one["value"]) < size + 0.11 * 1024 ** (" KMG".index(unit)),
               f"the same size twice: {one}")
    one = versions["data"][0]
    check.equal((one["key"], one["human_key"], one["human_value"]), (key, name, one["value"]), "version")
    media = space["data"][1]
    check.equal((media["key"], media["unit"]), ("media", "bytes"), "what files take")
    check.true(re.match(r"\d+\.\d+", one["value"]), f"a version: {one['value']}")


# -- retention -------------------------------------------------------------------------------------------------------

def _cohorts(first, last, frequency):
    """{period: (the periods, who was active, which part)}"""
    body = {"start_at": _date(first), "end_at": _date(last), "frequency": frequency}
    answer = mod.post(RETENTION, body=body)
    for cohort in answer:
        check.equal((sorted(cohort), cohort["frequency"]), (["data", "frequency", "period"], frequency), "form of a cohort")
        for cell in cohort["data"]:
            check.equal(sorted(cell), ["date", "rate", "value"], "form of a cell")
    return [(c["period"], [(d["date"], d["value"], round(d["rate"], 6)) for d in c["data"]]) for c in answer]


def _cohort(periods, size, *values):
    """What is to be answered of the `size` people of periods[0]."""
    return periods[0], [(p, str(v), round(v / size, 6) if size else 0) for p, v in zip(periods, values)]


def test_retention_by_day():
    days = [_moment(n) for n in range(7)]
    check.equal(_cohorts(0, 6, "day"),
                [_cohort(days, 3, 2, 0, 1, 0, 2, 1, 0),   # alice is away on Saturday, and not counted for it
                 _cohort(days[1:], 1, 1, 0, 0, 0, 0, 0),
                 _cohort(days[2:], 0, 0, 0, 0, 0, 0),
                 _cohort(days[3:], 1, 1, 0, 0, 1),
                 _cohort(days[4:], 1, 1, 0, 0),
                 _cohort(days[5:], 1, 0, 0),              # robot
                 _cohort(days[6:], 0, 0)], "who stayed")
    check.equal(_cohorts(0, 1, "day"), [_cohort(days[:2], 3, 2, 0), _cohort(days[1:2], 1, 1)], "of two days")
    latest = [_moment(TODAY + n) for n in (-2, -1, 0, 1)]
    check.equal(_cohorts(TODAY - 2, TODAY + 1, "day"),
                [_cohort(latest[:2], 0, 0, 0), _cohort(latest[1:2], 0, 0), (latest[2], []), (latest[3], [])],
                "today is not over")


def test_retention_by_month():
    months = [f"2027-0{n}-01T00:00:00.000Z" for n in (1, 2, 3)]
    asked = ("2027-01-01", "2027-03-31", "month")
    before = [_cohort(months[:2], 7, 5, 2), _cohort(months[1:2], 1, 1)]
    try:
        for now in (MIDNIGHT + TODAY * DAY, MIDNIGHT + 76 * DAY - 1):   # 31 March, the last millisecond
            clock.set(now)
            check.equal(_cohorts(*asked), [*before, (months[2], [])], "a month that is not over is left out")
        clock.set(MIDNIGHT + 76 * DAY)
        check.equal(_cohorts(*asked), [_cohort(months, 7, 5, 2, 1), _cohort(months[1:], 1, 1, 0), _cohort(months[2:], 0, 0)],
                    "cleo, away in February, counts for March alone")
        check.equal(_cohorts("2027-01-20", "2027-02-01", "month"), before, "months are whole ones")
    finally:
        clock.set(START + TODAY * DAY)


def test_what_retention_is_asked_for():
    for body in ({}, {"start_at": _date(3)}, {"end_at": _date(3)}, {"start_at": "x", "end_at": _date(3)}):
        check.equal(mod.post(RETENTION, body=body | {"frequency": "day"}), [], f"without its days: {body}")
    for first, last, frequency in (("2026-03-01", "2027-03-02", "month"), ("2026-03-01", "2027-03-02", "day"),
                                   ("2027-01-01", "2027-03-04", "day"), (5, 3, "day")):
        mod.request("POST", RETENTION, body={"start_at": _date(first), "end_at": _date(last),
                                             "frequency": frequency}).error(422)
    check.equal(len(_cohorts("2027-01-01", "2027-03-03", "day")), 62, "so many days")
    check.equal(len(_cohorts("2026-03-01", "2027-02-28", "month")), 12, "a year of months")


# -- who may ask, and what all may know ------------------------------------------------------------------------------

def test_who_may_ask():
    body = {"start_at": _date(3), "end_at": _date(3), "keys": ["new_users"], "frequency": "day"}
    for path in (MEASURES, DIMENSIONS, RETENTION):
        node.client().request("POST", path, body=body).error(401)
        for name, scopes, code in (("bob", "read write", 403), ("bob", "admin:read admin:write", 403),
                                   ("boss", "read write", 403), ("boss", "admin:write", 403),
                                   ("boss", "admin:read:accounts", 403), ("boss", "admin:read", 200),
                                   ("cleo", "admin:read", 200)):
            client = api.Client(node.url, node.token(name, scopes), node.host)
            check.equal(client.request("POST", path, body=body).status, code, f"{path} by {name} with {scopes}")


def _weeks(*some):
    """Twelve weeks, back from the newest of `some`: the first day of each, statuses, logins, registrations."""
    found = {day: rest for day, *rest in some}
    first = max(found)
    return [{"week": str((MIDNIGHT + day * DAY) // 1000), **dict(zip(("statuses", "logins", "registrations"),
                                                                    map(str, found.get(day, (0, 0, 0)))))}
            for day in range(first, first - 12 * 7, -7)]


def test_the_weeks():
    weeks = [(45, 1, 1, 0), (24, 1, 3, 1), (3, 6, 4, 3), (-4, 4, 3, 4)]   # those of 1 March, 8 February, 18 and 11 January
    for client in (node.client(), people["alice"]):
        check.equal(client.get(ACTIVITY), _weeks(*weeks), "what was in twelve weeks")
    try:
        clock.set(MIDNIGHT + 52 * DAY - 1)
        check.equal(node.client().get(ACTIVITY), _weeks(*weeks), "on Sunday, up to the end")
        clock.set(MIDNIGHT + 52 * DAY)
        check.equal(node.client().get(ACTIVITY), _weeks((52, 0, 0, 0), *weeks), "a week begins on Monday")
    finally:
        clock.set(START + TODAY * DAY)


if __name__ == "__main__":
    run(globals())
