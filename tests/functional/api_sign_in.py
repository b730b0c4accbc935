"""Signing in safely: second factors at every door, where one is signed in, new and forgotten passwords."""

import re
from html import unescape
from urllib.parse import urlsplit

from framework import api, check, totp
from framework.browser import Browser
from framework.case import run
from framework.mail import Mailbox, text_of
from framework.node import PASSWORD, Node, VirtualClock
from framework.stream import EventStream, WebSocket

SECURITY = "/settings/security"
HAL = "hal@mail.example"
WINDOW_S = 301   # after which what failed is forgotten


def setup():
    global node, clock, mails, nobody, app
    mails = Mailbox()
    clock = VirtualClock()
    node = Node(clock=clock, config={"limits.rate": "on", "oauth.allow_password_grant": True, **mails.config()}).start()
    nobody = api.Client(node.url, host=node.host)
    app = nobody.post("/api/v1/apps", {"client_name": "Grant", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read write"})


def _member(name):
    """A member, and a browser in which they are signed in."""
    clock.advance(WINDOW_S)
    node.add_user(name)
    browser = Browser(node)
    check.equal(_enter(browser, name).header("Location"), SECURITY, "back to where one wanted to go")
    return browser


def _enter(browser, name, password=PASSWORD):
    away = browser.open("GET", SECURITY).expect(303).header("Location")
    return browser.submit(browser.open("GET", away).expect(200), "/auth/sign_in", username=name, password=password)


def _text(answer):
    return unescape(answer.body.decode())


def _set_up(browser):
    """Switches the second factor on; gives the secret and the recovery codes."""
    page = browser.submit(browser.open("GET", SECURITY), SECURITY + "/second_factor", password=PASSWORD).expect(200)
    secret = re.search(r'id="totp-secret">([A-Z2-7]{32})<', _text(page)).group(1)
    page = browser.submit(page, SECURITY + "/second_factor/confirm", code=totp.code(secret, clock.now_ms)).expect(200)
    return secret, re.findall(r'class="recovery-code">([^<]+)<', _text(page))


def _grant(name, **more):
    return nobody.request("POST", "/oauth/token", {
        "grant_type": "password", "client_id": app["client_id"], "client_secret": app["client_secret"], "scope": "read write",
        "username": name, "password": PASSWORD, **more})


def _lemmy(path, client=None, **form):
    return (client or nobody).request("POST", "/api/v4/account/auth" + path, body=form)


def _code_page(name):
    browser = Browser(node)
    page = _enter(browser, name).expect(200)
    check.true("authenticator app" in _text(page), "a code is asked for")
    check.equal(browser.cookies, {}, "nobody is in yet")
    return browser, page


def _next_code(secret):
    clock.advance(totp.STEP_S)
    return totp.code(secret, clock.now_ms)


def test_a_second_factor_is_set_up_and_asked_for():
    browser = _member("ann")
    page = browser.open("GET", SECURITY).expect(200)
    for header, value in (("Cache-Control", "no-store"), ("Referrer-Policy", None)):
        check.true(page.header(header) if value is None else page.header(header) == value, header)
    browser.submit(page, SECURITY + "/second_factor", password="wrong").expect(403)
    offer = browser.submit(page, SECURITY + "/second_factor", password=PASSWORD).expect(200)
    check.true("<svg" in _text(offer) and "<script" not in _text(offer), "a QR code, and no script")
    uri = re.search(r'href="(otpauth:[^"]+)"', _text(offer)).group(1)
    secret = re.search(r"secret=([A-Z2-7]{32})&", uri).group(1)
    check.true(uri.startswith("otpauth://totp/") and "ann?" in uri and f">{secret}<" in _text(offer), "the same as text")
    check.true(_grant("ann").status == 200, "nothing is asked for before the first code")
    wrong = browser.submit(offer, SECURITY + "/second_factor/confirm", code="000000").expect(422)
    check.true(f">{secret}<" in _text(wrong), "the same secret once more")
    first = totp.code(secret, clock.now_ms)
    done = browser.submit(wrong, SECURITY + "/second_factor/confirm", code=f"{first[:3]} {first[3:]}").expect(200)
    codes = re.findall(r'class="recovery-code">([^<]+)<', _text(done))
    check.equal((len(codes), len(set(codes))), (10, 10), "recovery codes")
    check.true("10 recovery codes left" in _text(browser.open("GET", SECURITY)), "and the page says so")

    check.true("authenticator" in _grant("ann").expect(400).json["error_description"], "the grant needs the code")
    check.equal(_grant("ann", otp=first).expect(400).json["error"], "invalid_grant", "a code that was used already")
    second = _next_code(secret)
    _grant("ann", otp=second).expect(200)
    _grant("ann", otp=second).expect(400)
    _grant("ann", otp=totp.code(secret, clock.now_ms, -1)).expect(400)   # nor one before it
    _grant("ann", otp=totp.code(secret, clock.now_ms, 1)).expect(200)    # a clock that is 30 s fast

    clock.advance(WINDOW_S)
    check.equal(_lemmy("/login", username_or_email="ann", password=PASSWORD).expect(400).json["error"], "missing_totp_token", "Lemmy")
    form = {"username_or_email": "ann@mail.example", "password": PASSWORD}
    check.equal(_lemmy("/login", **form, totp_2fa_token="1").expect(400).json["error"], "incorrect_totp_token", "a wrong one")
    jwt = _lemmy("/login", **form, totp_2fa_token=totp.code(secret, clock.now_ms)).expect(200).json["jwt"]
    me = api.Client(node.url, jwt, node.host).get("/api/v4/account")
    check.equal(me["local_user_view"]["local_user"]["totp_2fa_enabled"], True, "told there")

    other, page = _code_page("ann")
    other.submit(page, "/auth/sign_in/code", code="123456").expect(401)
    check.equal(other.cookies, {}, "still nobody")
    entered = other.submit(page, "/auth/sign_in/code", code=codes[0].upper().replace("-", " ")).expect(303)
    check.equal(entered.header("Location"), SECURITY, "where one wanted to go")
    other.submit(page, "/auth/sign_in/code", code=codes[1]).expect(401)   # what waited is over
    check.true("9 recovery codes left" in _text(other.open("GET", SECURITY).expect(200)), "one is used up")
    again, page = _code_page("ann")
    again.submit(page, "/auth/sign_in/code", code=codes[0]).expect(401)
    clock.advance(601)
    again.submit(page, "/auth/sign_in/code", code=codes[2]).expect(401)   # too late
    for kept in (secret, codes[3].replace("-", ""), codes[3]):
        check.true(kept not in node.log(), "nothing of it is logged")


def test_codes_cannot_be_tried_out():
    secret, codes = _set_up(_member("bea"))
    for _ in range(10):
        browser, page = _code_page("bea")   # the right password forgives nothing
        browser.submit(page, "/auth/sign_in/code", code="000000").expect(401)
    browser.submit(page, "/auth/sign_in/code", code=codes[0]).expect(429)
    _enter(Browser(node), "bea").expect(429)
    _grant("bea", otp=codes[0]).expect(429)
    _lemmy("/login", username_or_email="bea", password=PASSWORD, totp_2fa_token=codes[0]).expect(429)
    clock.advance(WINDOW_S)
    browser.submit(page, "/auth/sign_in/code", code=codes[0]).expect(303)


def test_recovery_codes_are_renewed_and_all_of_it_switched_off():
    browser = _member("cat")
    secret, codes = _set_up(browser)
    page = browser.open("GET", SECURITY)
    browser.submit(page, SECURITY + "/recovery_codes", password=PASSWORD, code="000000").expect(403)
    browser.submit(page, SECURITY + "/recovery_codes", password="wrong", code=_next_code(secret)).expect(403)
    page = browser.submit(page, SECURITY + "/recovery_codes", password=PASSWORD, code=totp.code(secret, clock.now_ms)).expect(200)
    newer = re.findall(r'class="recovery-code">([^<]+)<', _text(page))
    check.equal(set(newer) & set(codes), set(), "others")
    _grant("cat", otp=codes[0]).expect(400)
    _grant("cat", otp=newer[0]).expect(200)
    csrf = re.search(r'name="csrf" value="([^"]+)"', _text(browser.open("GET", SECURITY))).group(1)
    off = {"csrf": csrf, "password": PASSWORD}
    browser.open("POST", SECURITY + "/second_factor/off", off).expect(403)
    browser.open("POST", SECURITY + "/second_factor/off", off | {"code": newer[1], "csrf": "x"}).expect(403)
    browser.open("POST", SECURITY + "/second_factor/off", off | {"code": newer[1]}).expect(303)
    _grant("cat").expect(200)
    check.true("It is off" in _text(browser.open("GET", SECURITY)), "off")

    _set_up(browser)
    _grant("cat").expect(400)
    node.cli("user", "reset-second-factor", "cat")
    _grant("cat").expect(200)
    def told():
        clock.advance(0.1)
        return len([text for text in map(text_of, mails.letters("cat@mail.example")) if "Two-factor sign-in was switched" in text]) == 4
    check.eventually(told, 15, "told by mail each time")
    node.cli("user", "reset-second-factor", "cat", code=1)
    node.cli("user", "reset-second-factor", "nobody", code=1)


def test_by_lemmys_api():
    clock.advance(WINDOW_S)
    dan = node.add_user("dan")
    check.equal(_lemmy("/totp/edit", dan, totp_token="1", enabled=True).expect(400).json["error"], "missing_totp_secret", "none yet")
    uri = _lemmy("/totp/generate", dan).expect(200).json["totp_secret_url"]
    secret = re.search("secret=([A-Z2-7]+)&", uri).group(1)
    check.equal(_lemmy("/totp/edit", dan, totp_token="1", enabled=True).expect(400).json["error"], "incorrect_totp_token", "wrong")
    check.equal(_lemmy("/totp/edit", dan, totp_token=totp.code(secret, clock.now_ms), enabled=True).expect(200).json,
                {"enabled": True}, "on")
    check.equal(_lemmy("/totp/generate", dan).expect(400).json["error"], "totp_already_enabled", "on already")
    _grant("dan").expect(400)
    check.equal(_lemmy("/totp/edit", dan, totp_token="1", enabled=False).expect(400).json["error"], "incorrect_totp_token", "wrong")
    check.equal(_lemmy("/totp/edit", dan, totp_token=_next_code(secret), enabled=False).expect(200).json, {"enabled": False}, "off")
    _grant("dan").expect(200)
    for path in ("/totp/generate", "/totp/edit"):
        _lemmy(path, totp_token="1", enabled=True).expect(401)


def _places(browser):
    """Name and hidden field of each place on the page: {"token 12": "App"}."""
    page = _text(browser.open("GET", SECURITY).expect(200))
    return {f"{kind} {id}": name for name, kind, id in re.findall(
        r"<li><strong>([^<]*)</strong>.*?name=\"(session|token)\" value=\"(\d+)\"", page, re.S)}


def _sign_out(browser, csrf, place):
    kind, id = place.split()
    return browser.open("POST", SECURITY + "/sign_out", {"csrf": csrf, kind: id})


def test_places_are_listed_and_signed_out():
    browser = _member("eve")
    eve, granted = node.client("eve"), _grant("eve").expect(200).json["access_token"]
    phone = api.Client(node.url, granted, node.host)
    second = Browser(node)
    _enter(second, "eve").expect(303)
    page = _text(browser.open("GET", SECURITY))
    places = _places(browser)
    check.equal(sorted(places.values()), ["Browser", "Browser", "Grant", "kith command line"], "places")
    day = re.search(r"<strong>Grant</strong>.*?since (\d{4}-\d\d-\d\d)(.*?)<", page, re.S)
    check.true("last used" not in day.group(2), "never used yet")
    phone.me()
    check.true(f"last used {day.group(1)}" in _text(browser.open("GET", SECURITY)), "used")
    check.equal(len(phone.get("/api/v4/account/login/list")["logins"]), 4, "by Lemmy's API as well")
    csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
    token = next(place for place, name in places.items() if name == "Grant")
    stranger = _member("fay")
    theirs = re.search(r'name="csrf" value="([^"]+)"', _text(stranger.open("GET", SECURITY))).group(1)
    _sign_out(stranger, theirs, token).expect(404)
    _sign_out(browser, "x", token).expect(403)
    socket, events = WebSocket(node, granted, stream="user"), EventStream(node, granted, "user")
    _sign_out(browser, csrf, token).expect(303)
    clock.advance(1)   # the feed looks at tokens a few times a second
    for each in (socket, events):
        each.expect_end()
    phone.request("GET", "/api/v1/accounts/verify_credentials").error(401)
    _sign_out(browser, csrf, token).expect(404)
    eve.me()
    browser.open("POST", SECURITY + "/sign_out_others", {"csrf": csrf}).expect(303)
    check.equal(list(_places(browser).values()), ["Browser"], "this one is left")
    eve.request("GET", "/api/v1/accounts/verify_credentials").error(401)
    check.equal(second.open("GET", SECURITY).status, 303, "signed out")


def test_a_new_password_ends_everything_else():
    browser = _member("gus")
    gus, second = node.client("gus"), Browser(node)
    gus.me()
    _enter(second, "gus").expect(303)
    code = nobody.post("/api/v1/apps", {"client_name": "Late", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read"})
    path = f"/oauth/authorize?response_type=code&client_id={code['client_id']}&redirect_uri=urn:ietf:wg:oauth:2.0:oob&scope=read"
    consent = second.submit(second.open("GET", path).expect(200), "/oauth/authorize", decision="allow").expect(200)
    late = {"grant_type": "authorization_code", "client_id": code["client_id"], "client_secret": code["client_secret"],
            "redirect_uri": "urn:ietf:wg:oauth:2.0:oob",
            "code": re.search(r'id="authorization-code">([^<]+)<', _text(consent)).group(1)}
    page = browser.open("GET", SECURITY)
    fresh = {"new_password": "a new password", "new_password_again": "a new password"}
    browser.submit(page, SECURITY + "/password", password="wrong", **fresh).expect(403)
    browser.submit(page, SECURITY + "/password", password=PASSWORD, **fresh | {"new_password_again": "other"}).expect(422)
    browser.submit(page, SECURITY + "/password", password=PASSWORD, new_password="short", new_password_again="short").expect(422)
    gus.me()
    browser.submit(page, SECURITY + "/password", password=PASSWORD, **fresh).expect(303)
    browser.open("GET", SECURITY).expect(200)
    check.equal(second.open("GET", SECURITY).status, 303, "another browser is out")
    gus.request("GET", "/api/v1/accounts/verify_credentials").error(401)
    nobody.request("POST", "/oauth/token", late).expect(400)   # nor does what was on its way become a token
    _grant("gus", password="a new password").expect(200)
    _grant("gus").expect(400)


def _letters():
    """Those with a link for a forgotten password."""
    return [text for text in map(text_of, mails.letters(HAL)) if "/auth/password/edit" in text]


def _ask(address):
    browser = Browser(node)
    return browser.submit(browser.open("GET", "/auth/password/new").expect(200), "/auth/password/new", email=address).expect(200)


def _mailed(before):
    def there():
        clock.advance(0.1)
        return len(_letters()) > before
    check.eventually(there, 15, "a letter")
    return urlsplit(re.search(r"https?://\S+/auth/password/edit\?token=\S+", _letters()[-1]).group(0))


def test_a_forgotten_password():
    browser = _member("hal")
    hal, before = node.client("hal"), len(_letters())
    unknown, known = _ask("nobody@mail.example"), _ask("Hal@mail.example")
    check.equal(unknown.body, known.body, "nobody learns who is here")
    link = _mailed(before)
    _ask(HAL)   # not twice in a row: the first link stays good
    other = Browser(node)
    page = other.open("GET", f"{link.path}?{link.query}").expect(200)
    form = {"password": "a third password", "password_again": "a third password"}
    other.submit(page, link.path, **form | {"password_again": "other"}).expect(422)
    other.submit(page, link.path, password="short", password_again="short").expect(422)
    hal.me()
    other.submit(page, link.path, **form).expect(200)
    other.submit(page, link.path, **form).expect(404)
    other.open("GET", f"{link.path}?{link.query}").expect(404)
    hal.request("GET", "/api/v1/accounts/verify_credentials").error(401)
    check.equal(browser.open("GET", SECURITY).status, 303, "signed out everywhere")
    _grant("hal", password="a third password").expect(200)
    check.equal(len(_letters()), before + 1, "one letter")

    clock.advance(3601)
    before = len(_letters())
    _lemmy("/password_reset", email=HAL).expect(200)
    token = _mailed(before).query.removeprefix("token=")
    form = {"token": token, "password": "a fourth password", "password_verify": "a fourth password"}
    _lemmy("/password_change", **form | {"token": "x"}).expect(404)
    clock.advance(3601)
    _lemmy("/password_change", **form).expect(404)   # too old
    before = len(_letters())
    _ask(HAL)
    form["token"] = _mailed(before).query.removeprefix("token=")
    _lemmy("/password_change", **form).expect(200)
    _grant("hal", password="a fourth password").expect(200)
    foreign = nobody.request("POST", "/auth/password/new", {"email": HAL}, headers={"Origin": "https://evil.example"})
    check.equal(foreign.status, 403, "not by a form elsewhere")


if __name__ == "__main__":
    run(globals())
