"""What the operators say to all members: rules, documents, announcements and what members make of these."""

import re
import tempfile

from framework import api, check
from framework.case import run
from framework.node import Node, VirtualClock

PATH = "/api/v1/announcements"


def setup():
    global node, clock, alice, bob, anybody, narrow
    clock = VirtualClock(1_800_000_000_000)   # 2027-01-15T08:00:00Z
    node = Node(clock=clock).start()
    alice, bob = node.add_user("alice"), node.add_user("bob")
    anybody = api.Client(node.url, host=node.host)
    narrow = api.Client(node.url, node.token("alice", "read:search"), node.host)


def _announce(text, *options):
    return node.cli("announcement", "add", text, *options).split()[0]


def _document(kind, text, *options, code=0):
    with tempfile.NamedTemporaryFile("w", suffix=".md") as file:
        file.write(text)
        file.flush()
        return node.cli("document", "set", kind, file.name, *options, code=code)


def test_an_announcement_until_it_is_read():
    check.equal(alice.get(PATH), [], "nothing is announced")
    id = _announce("Tea at five <b>sharp</b>, see https://tea.example/", "--starts", "2027-02-01", "--ends", "2027-02-02")
    told = alice.get(PATH)
    check.equal([(a["id"], a["read"], a["all_day"], a["reactions"]) for a in told], [(id, False, True, [])], "told")
    check.true("&lt;b&gt;sharp&lt;/b&gt;" in told[0]["content"] and '<a href="https://tea.example/"' in told[0]["content"],
               "plain text with links")
    check.equal((told[0]["starts_at"], told[0]["ends_at"]), ("2027-02-01T00:00:00.000Z", "2027-02-03T00:00:00.000Z"), "when")
    check.equal(alice.post(f"{PATH}/{id}/dismiss"), {}, "read")
    check.equal((alice.get(PATH), [a["read"] for a in alice.get(PATH, with_dismissed="true")]), ([], [True]), "not again")
    check.equal([a["read"] for a in bob.get(PATH)], [False], "bob has not read it")
    for verb, path in (("GET", PATH), ("POST", f"{PATH}/{id}/dismiss"), ("PUT", f"{PATH}/{id}/reactions/%F0%9F%8D%B5"),
                       ("DELETE", f"{PATH}/{id}/reactions/%F0%9F%8D%B5")):
        anybody.request(verb, path).error(401)
        narrow.request(verb, path).error(403)
    clock.set(1_801_612_801_000)   # 2027-02-03
    check.equal(bob.get(PATH), [], "it is over")
    bob.request("POST", f"{PATH}/{id}/dismiss").error(404)
    check.true(id in node.cli("announcement", "list"), "the operator still sees it")
    node.cli("announcement", "remove", id)
    check.true("nothing is announced" in node.cli("announcement", "list"), "removed")
    node.cli("announcement", "remove", id, code=1)
    node.cli("announcement", "add", "x", "--starts", "soon", code=1)
    node.cli("announcement", "add", "x", "--starts", "2027-03-02", "--ends", "2027-03-01", code=1)
    node.cli("announcement", "add", " ", code=1)


def test_reactions():
    id = _announce("What do you think?")
    tea, cake = "%F0%9F%8D%B5", "%F0%9F%8D%B0"
    for who, emoji in ((alice, tea), (bob, tea), (bob, tea), (bob, cake)):
        check.equal(who.put(f"{PATH}/{id}/reactions/{emoji}"), {}, "given")
    def given(who):
        return [(r["name"], r["count"], r["me"]) for r in who.get(PATH)[0]["reactions"]]
    check.equal(given(alice), [("🍵", 2, True), ("🍰", 1, False)], "as alice sees them")
    check.equal(given(bob), [("🍵", 2, True), ("🍰", 1, True)], "as bob sees them")
    check.equal(bob.delete(f"{PATH}/{id}/reactions/{tea}"), {}, "taken back")
    bob.request("DELETE", f"{PATH}/{id}/reactions/{tea}").error(404)
    check.equal(given(bob), [("🍵", 1, False), ("🍰", 1, True)], "one fewer")
    alice.request("PUT", f"{PATH}/{id}/reactions/word").error(422)
    alice.request("PUT", f"{PATH}/1/reactions/{tea}").error(404)
    for n in range(6):
        alice.put(f"{PATH}/{id}/reactions/%F0%9F%8D%{0x80 + n:X}")
    alice.request("PUT", f"{PATH}/{id}/reactions/%F0%9F%8D%9F").error(422)
    node.cli("announcement", "remove", id)


def test_rules():
    check.true("no rules" in node.cli("rule", "list"), "none at first")
    check.equal(anybody.get("/api/v1/instance/rules"), [], "none")
    first = node.cli("rule", "add", "Be kind", "--hint", "To newcomers first of all").split()[0]
    second = node.cli("rule", "add", "No advertising").split()[0]
    told = [{"id": first, "text": "Be kind", "hint": "To newcomers first of all"},
            {"id": second, "text": "No advertising", "hint": ""}]
    check.equal(anybody.get("/api/v1/instance/rules"), told, "rules")
    check.equal(anybody.get("/api/v1/instance")["rules"], told, "in the first version")
    check.equal(anybody.get("/api/v2/instance")["rules"], told, "in the second")
    node.cli("rule", "remove", first)
    check.equal([r["id"] for r in anybody.get("/api/v1/instance/rules")], [second], "removed")
    node.cli("rule", "remove", first, code=1)
    node.cli("rule", "remove", "x", code=1)
    node.cli("rule", "add", "", code=1)


def test_documents():
    for name in ("extended_description", "privacy_policy", "terms_of_service", "terms_of_service/2027-01-15"):
        anybody.request("GET", f"/api/v1/instance/{name}").error(404)
    _document("about", "# Us\n\nWe *garden*. <script>x</script>")
    about = anybody.get("/api/v1/instance/extended_description")
    check.true("<em>garden</em>" in about["content"] and "<script" not in about["content"], "markdown, and safe")
    check.true(re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", about["updated_at"]), "when")
    _document("privacy", "We keep *nothing*.")
    check.true("<em>nothing</em>" in anybody.get("/api/v1/instance/privacy_policy")["content"], "the policy")
    check.equal(node.cli("document", "show", "privacy").strip(), "We keep *nothing*.", "as it was written")
    _document("other", "x", code=1)
    _document("about", "  ", code=1)
    node.cli("document", "set", "about", "/no/such/file", code=1)
    check.true("garden" in anybody.get("/api/v1/instance/extended_description")["content"], "the old one stays")


def test_terms_by_their_day():
    clock.set(1_801_612_801_000)   # 2027-02-03
    _document("terms", "first terms", "--effective", "2027-01-01")
    _document("terms", "coming terms", "--effective", "2027-03-01")
    now = anybody.get("/api/v1/instance/terms_of_service")
    check.equal((now["effective_date"], now["effective"], now["succeeded_by"]), ("2027-01-01", True, "2027-03-01"), "now")
    coming = anybody.get("/api/v1/instance/terms_of_service/2027-03-01")
    check.equal((coming["effective"], coming["succeeded_by"]), (False, None), "coming")
    check.true("coming terms" in coming["content"], "their text")
    clock.advance(40 * 24 * 3600)
    check.equal(anybody.get("/api/v1/instance/terms_of_service")["effective_date"], "2027-03-01", "later")
    for day in ("2027-04-01", "tomorrow"):
        anybody.request("GET", f"/api/v1/instance/terms_of_service/{day}").error(404)


if __name__ == "__main__":
    run(globals())
