"""People make accounts: by an app, with a mail to confirm, with a moderator's consent, by invite."""

import re
from html import unescape
from urllib.parse import urlencode

from framework import ap, api, check
from framework.browser import Browser
from framework.case import run
from framework.mail import Mailbox, text_of
from framework.node import Node, VirtualClock

PATH = "/api/v1/accounts"
FORM = {"username": "newcomer", "email": "new.comer@mail.example", "password": "long enough", "agreement": "true",
        "locale": "de", "reason": "I like tea"}


class Door:
    """A node that lets people sign up, and an application that has no user."""

    def __init__(self, mode, confirm=True, **config):
        self.mails = Mailbox()
        self.clock = VirtualClock()
        self.node = Node(clock=self.clock, config={
            "registration.mode": mode, "registration.confirm_email": confirm, **self.mails.config(), **config}).start()
        self.boss = self.node.add_user("boss", role="admin")
        self.boss_admin = api.Client(self.node.url, self.node.token("boss", "read admin:read admin:write"), self.node.host)
        self.anybody = api.Client(self.node.url, host=self.node.host)
        made = self.anybody.post("/api/v1/apps", {"client_name": "app", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
                                                  "scopes": "read write follow push"})
        self.app_form = {k: made[k] for k in ("client_id", "client_secret")}
        token = self.anybody.post("/oauth/token", self.app_form | {"grant_type": "client_credentials",
                                                                  "scope": "read write"})
        self.app = self.client(token["access_token"])

    def client(self, token):
        return api.Client(self.node.url, token, self.node.host)

    def sign_up(self, **changes):
        return self.client(self.app.post(PATH, FORM | changes)["access_token"])

    def refusal(self, **changes):
        """The fields that are wrong, with their codes."""
        answer = self.app.request("POST", PATH, FORM | changes).expect(422).json
        check.true(answer["error"].startswith("Validation failed: "), "in words")
        return {field: [e["error"] for e in errors] for field, errors in answer["details"].items()}

    def letters(self, count):
        def there():
            self.clock.advance(0.1)
            found = self.mails.letters()
            return found if len(found) >= count else None
        return check.eventually(there, 15, f"{count} letters")

    def link(self, letter):
        return re.search(r"https?://\S+/auth/confirm\?token=\S+", text_of(letter)).group(0)

    def follow_link(self, link):
        return self.anybody.request("GET", link.split(self.node.host, 1)[1])


def test_sign_up_confirm_and_post():
    door = Door("open")
    client = door.sign_up()
    for path in ("/api/v1/accounts/verify_credentials", "/api/v1/timelines/home"):
        check.equal(client.request("GET", path).error(403), "Your login is missing a confirmed e-mail address", path)
    client.request("POST", "/api/v1/statuses", {"status": "too early"}).error(403)
    check.equal(client.get("/api/v1/emails/check_confirmation"), False, "not confirmed")
    door.anybody.request("GET", "/api/v1/accounts/lookup", acct="newcomer").error(404)
    check.equal(ap.get(f"{door.node.base}/u/newcomer")[0], 404, "nobody sees it")
    letter = door.letters(1)[0]
    check.equal((letter["To"], letter["From"]), ("<new.comer@mail.example>", "<node@here.example>"), "to whom, from whom")
    check.equal(letter["Auto-Submitted"], "auto-generated", "no autoresponder answers")
    check.equal(door.follow_link(door.link(letter).replace("token=", "token=x")).status, 404, "another link")
    page = door.follow_link(door.link(letter)).expect(200)
    check.true(b"confirmed" in page.body, "a page says so")
    check.equal(door.follow_link(door.link(letter)).status, 404, "once")
    check.equal(client.me()["username"], "newcomer", "let in")
    check.equal(client.get("/api/v1/emails/check_confirmation"), True, "confirmed")
    check.equal(client.status("hello")["account"]["acct"], "newcomer", "and may post")
    check.equal(ap.get(f"{door.node.base}/u/newcomer")[0], 200, "seen")
    client.request("POST", "/api/v1/emails/confirmations").error(403)
    told = [(n["type"], n["account"]["username"]) for n in door.boss.get("/api/v1/notifications")]
    check.equal(told, [("admin.sign_up", "newcomer")], "admins are told")


def test_the_mail_once_more():
    door = Door("open")
    client = door.sign_up()
    first = door.letters(1)[0]
    client.request("POST", "/api/v1/emails/confirmations").error(429)
    door.clock.advance(61)
    check.equal(client.post("/api/v1/emails/confirmations"), {}, "once more")
    second = door.letters(2)[1]
    check.equal(door.follow_link(door.link(first)).status, 404, "the old link is good no more")
    check.equal(door.follow_link(door.link(second)).status, 200, "the new one is")
    door.app.request("POST", "/api/v1/emails/confirmations").error(422)
    door.anybody.request("POST", "/api/v1/emails/confirmations").error(401)


def test_what_is_wrong_is_said_by_field():
    door = Door("open", confirm=False)
    door.sign_up()
    check.equal(door.refusal(), {"username": ["ERR_TAKEN"], "email": ["ERR_TAKEN"]}, "taken")
    fine = {"username": "other", "email": "other@mail.example"}
    for change, expected in (({"username": ""}, {"username": ["ERR_BLANK"]}), ({"username": "no way"}, {"username": ["ERR_INVALID"]}),
                             ({"username": "NewComer"}, {"username": ["ERR_TAKEN"]}), ({"email": "x"}, {"email": ["ERR_INVALID"]}),
                             ({"email": "a@b@c.example"}, {"email": ["ERR_INVALID"]}), ({"password": "short"}, {"password": ["ERR_TOO_SHORT"]}),
                             ({"agreement": "false"}, {"agreement": ["ERR_ACCEPTED"]}), ({"reason": "x" * 501}, {"reason": ["ERR_TOO_LONG"]}),
                             ({"email": "", "password": ""}, {"email": ["ERR_BLANK"], "password": ["ERR_BLANK"]})):
        check.equal(door.refusal(**(fine | change)), expected, f"{change}"[:80])
    door.anybody.request("POST", PATH, FORM).error(401)
    door.boss.request("POST", PATH, FORM).error(403)
    reader = door.anybody.post("/oauth/token", door.app_form | {"grant_type": "client_credentials", "scope": "read"})
    door.client(reader["access_token"]).request("POST", PATH, FORM | fine).error(403)
    check.equal(door.sign_up(**fine).me()["username"], "other", "nothing is half done")
    instance = door.anybody.get("/api/v2/instance")["registrations"]
    check.equal((instance["enabled"], instance["approval_required"]), (True, False), "told to all")


def test_a_moderator_lets_in():
    door = Door("approval")
    check.equal(door.refusal(reason=" "), {"reason": ["ERR_BLANK"]}, "a reason is asked for")
    client = door.sign_up()
    door.follow_link(door.link(door.letters(1)[0]))
    check.equal(client.request("GET", "/api/v1/accounts/verify_credentials").error(403),
                "Your login is currently pending approval", "still waits")
    waiting = door.boss_admin.get("/api/v2/admin/accounts", status="pending")
    check.equal([(a["username"], a["invite_request"], a["confirmed"], a["approved"], a["suspended"]) for a in waiting],
                [("newcomer", "I like tea", True, False, False)], "who waits")
    door.anybody.request("GET", f"/api/v1/accounts/{waiting[0]['id']}").error(404)
    door.anybody.request("GET", f"/api/v1/accounts/{waiting[0]['id']}/statuses").error(404)
    check.true("newcomer" in door.node.cli("user", "waiting"), "for the operator, too")
    path = f"/api/v1/admin/accounts/{waiting[0]['id']}"
    check.equal(door.boss_admin.post(path + "/approve")["approved"], True, "approved")
    check.equal(client.me()["username"], "newcomer", "let in")
    check.true("approved" in text_of(door.letters(2)[1]), "and told so")
    door.boss_admin.request("POST", path + "/approve").error(404)
    second = door.sign_up(username="second", email="second@mail.example")
    row = door.boss_admin.get("/api/v1/admin/accounts", pending="true")[0]
    check.equal(door.boss_admin.post(f"/api/v1/admin/accounts/{row['id']}/reject")["username"], "second", "rejected")
    second.request("GET", "/api/v1/emails/check_confirmation").error(401)
    check.equal(door.boss_admin.get("/api/v2/admin/accounts", status="pending"), [], "nobody waits")
    door.sign_up(username="second", email="second@mail.example")   # the name was never anybody's
    door.node.cli("user", "approve", "second")
    door.node.cli("user", "reject", "second", code=1)
    door.node.cli("user", "approve", "nobody", code=1)


def test_by_invite():
    door = Door("invite", confirm=False)
    check.equal(door.refusal(), {"invite_code": ["ERR_INVALID"]}, "without a code")
    code = door.node.cli("invite", "create", "--uses", "1", "--expires", "1d").strip()
    check.equal(door.refusal(invite_code=code, username="?"), {"username": ["ERR_INVALID"]}, "what is wrong uses nothing up")
    check.equal(door.sign_up(invite_code=code).me()["username"], "newcomer", "with it")
    other = {"username": "other", "email": "other@mail.example"}
    check.equal(door.refusal(invite_code=code, **other), {"invite_code": ["ERR_INVALID"]}, "once")
    late = door.node.cli("invite", "create", "--expires", "1h").strip()
    door.clock.advance(3601)
    check.equal(door.refusal(invite_code=late, **other), {"invite_code": ["ERR_INVALID"]}, "too late")
    link = Browser(door.node)
    page = link.open("GET", f"{PAGE}?invite_code={code}").expect(200)
    check.true(f'value="{code}"' in page.body.decode(), "a link brings the code along")
    check.true("The invite code is invalid." in _fill(link, page, invite_code=code, **other).expect(422).body.decode(), "once, here too")
    kept = door.node.cli("invite", "create").strip()
    listed = door.node.cli("invite", "list")
    check.true(kept not in listed and "used 1 of 1" in listed, "codes are told once")
    door.node.cli("invite", "revoke", listed.strip().splitlines()[-1].split()[0])
    check.equal(door.refusal(invite_code=kept, **other), {"invite_code": ["ERR_INVALID"]}, "revoked")
    for bad in (("create", "--uses", "0"), ("create", "--expires", "soon"), ("revoke", "1")):
        door.node.cli("invite", *bad, code=1)
    check.equal(door.anybody.get("/api/v1/instance")["invites_enabled"], True, "told to all")


PAGE = "/auth/sign_up"


def _fill(browser, page, **changes):
    return browser.submit(page, PAGE, **{k: FORM[k] for k in ("username", "email", "password", "agreement")} | changes)


def test_by_the_page_with_a_moderators_consent():
    door = Door("approval")
    door.node.cli("rule", "add", "Be kind <3", "--hint", "To newcomers first of all")
    browser = Browser(door.node)
    page = browser.open("GET", PAGE).expect(200)
    check.true("Be kind &lt;3" in page.body.decode() and "<script" not in page.body.decode(), "the rules, as text")
    page = _fill(browser, page, username="no way", email="x", password="short", agreement="false").expect(422)
    text = unescape(page.body.decode())
    for field, what in (("username", "This name must contain only letters, numbers and underscores."), ("email", "This address is invalid."),
                        ("password", "The password is too short (minimum is 8 characters)."), ("reason", "The reason can't be blank."),
                        ("agreement", "The rules must be accepted.")):
        check.true(re.search(rf'name="{field}".*?role="alert">{re.escape(what)}', text, re.S), f"beside {field}")
    check.true('value="no way"' in text and "short" not in re.sub("too short", "", text), "what was typed stays, but for the password")
    page = _fill(browser, page, reason="I like tea").expect(200)
    check.true("new.comer@mail.example" in page.body.decode() and "moderator" in page.body.decode(), "what happens next")
    enter = {"username": "newcomer", "password": FORM["password"]}
    asked = browser.open("GET", "/auth/sign_in")
    browser.submit(asked, "/auth/sign_in", **enter).expect(401)
    door.follow_link(door.link(door.letters(1)[0])).expect(200)
    browser.submit(asked, "/auth/sign_in", **enter).expect(401)
    waiting = door.boss_admin.get("/api/v2/admin/accounts", status="pending")
    check.equal([(a["username"], a["invite_request"]) for a in waiting], [("newcomer", "I like tea")], "for moderators as any other")
    door.node.cli("user", "approve", "newcomer")
    browser.submit(asked, "/auth/sign_in", **enter).expect(303)
    foreign = door.anybody.request("POST", PAGE, FORM, headers={"Origin": "https://evil.example"})
    check.equal(foreign.status, 403, "not by a form elsewhere")


def test_by_the_page_on_the_way_into_an_app():
    door = Door("open", confirm=False)
    browser = Browser(door.node)
    asked = {"response_type": "code", "client_id": door.app_form["client_id"], "scope": "read", "state": "a&b",
             "redirect_uri": "urn:ietf:wg:oauth:2.0:oob"}
    text = browser.open("GET", "/oauth/authorize?" + urlencode(asked)).expect(200).body.decode()
    link = unescape(re.search(rf'href="({PAGE}[^"]*)"', text).group(1))
    page = browser.open("GET", link).expect(200)
    check.true('name="reason"' not in page.body.decode() and "invite_code" not in page.body.decode(), "only what is needed")
    _fill(browser, page, username="boss").expect(422)
    target = _fill(browser, page).expect(303).header("Location")
    consent = browser.open("GET", target).expect(200)
    check.true("@newcomer" in consent.body.decode(), "signed in, and back in the app's flow")
    check.true(b"authorization-code" in browser.submit(consent, "/oauth/authorize", decision="allow").expect(200).body, "with a code")


def test_closed_and_too_often():
    door = Door("closed")
    door.app.request("POST", PATH, FORM).error(403)
    check.equal(door.anybody.request("GET", PAGE).status, 403, "nor by the page")
    check.equal(door.anybody.request("POST", PAGE, FORM).status, 403, "in no way")
    check.equal(door.anybody.get("/api/v2/instance")["registrations"]["enabled"], False, "told to all")
    told = door.node.cli("config", "check", "--set", "registration.mode=open", "--set", "mail.server=", code=1)
    check.contains(told, "registration.confirm_email: needs mail.server", "a node that could not ask for an address")
    busy = Door("open", confirm=False, **{"limits.rate": "on"})
    for n in range(5):
        busy.sign_up(username=f"u{n}", email=f"u{n}@mail.example")
    busy.app.request("POST", PATH, FORM).error(429)
    busy.clock.advance(361)
    busy.sign_up()


if __name__ == "__main__":
    run(globals())
