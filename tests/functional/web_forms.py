"""The forms of the pages: what was typed stays where something is wrong with it, and what is asked for is said in words."""

import re
from urllib.parse import urlencode

from framework import check
from framework.browser import Browser
from framework.case import run
from framework.mail import Mailbox
from framework.node import PASSWORD, Node

OOB = "urn:ietf:wg:oauth:2.0:oob"


def setup():
    global node, nobody, mails
    mails = Mailbox()
    node = Node(config={"registration.mode": "open", "limits.rate": "on", **mails.config()}).start()
    node.add_user("ann")
    nobody = node.client()


def _authorize(scopes):
    app = nobody.post("/api/v1/apps", {"client_name": "Spade", "redirect_uris": OOB, "scopes": scopes})
    return "/oauth/authorize?" + urlencode({"response_type": "code", "client_id": app["client_id"], "redirect_uri": OOB, "scope": scopes})


def test_permissions_are_said_in_words():
    known = nobody.get("/.well-known/oauth-authorization-server")["scopes_supported"]
    browser = Browser(node)
    path = _authorize(" ".join(known))
    browser.submit(browser.open("GET", path).expect(200), "/auth/sign_in", username="ann", password=PASSWORD).expect(303)
    page = browser.open("GET", path).expect(200)
    said = re.findall(r"<li>(.*?)</li>", page.body.decode().split('class="permissions"')[1].split("</ul>")[0])
    check.equal((len(said), len(set(said))), (len(known), len(known)), "one line each")
    check.equal([words for words in said if " " not in words], [], "no name of a scope")
    denied = browser.submit(page, "/oauth/authorize", decision="deny").expect(200).body.decode()
    check.equal(("role=\"alert\"" in denied, "Spade" in denied), (False, True), "a No is no mistake")


def test_a_wrong_password_leaves_what_it_is_for():
    browser = Browser(node)
    page = browser.submit(browser.open("GET", _authorize("read")).expect(200), "/auth/sign_in", username="ann", password="wrong" * 3)
    text = page.expect(401).body.decode()
    check.equal(("<strong>Spade</strong>" in text, 'value="ann"' in text), (True, True), "the app and the name")
    check.contains(text, "The name or the password is wrong", "what was typed is a name")
    check.equal(re.findall(r'name="(\w+)"[^>]* autofocus', text), ["password"], "where one goes on")
    check.equal(re.findall(r'name="(\w+)"[^>]* autofocus', Browser(node).open("GET", "/auth/sign_in").body.decode()), ["username"], "at first")


def test_a_wrong_password_on_ones_own_page():
    browser = Browser(node)
    browser.submit(browser.open("GET", "/auth/sign_in").expect(200), "/auth/sign_in", username="ann", password=PASSWORD).expect(303)
    page = browser.submit(browser.open("GET", "/settings/security").expect(200), "/settings/security/password", password="wrong" * 3,
                          new_password="a new one here", new_password_again="a new one here").expect(403).body.decode()
    check.contains(page, "That is not your password.", "what is wrong")


def test_signing_up_keeps_what_was_typed():
    browser = Browser(node)
    page = browser.submit(browser.open("GET", "/auth/sign_up").expect(200), "/auth/sign_up", username="no spaces", email="eve@mail.example",
                          password="long enough", agreement="true")
    text = page.expect(422).body.decode()
    for words in ('value="no spaces"', 'value="eve@mail.example"'):
        check.contains(text, words, "typed before")
    check.true(re.search(r'name="agreement"[^>]* checked', text), "agreed to before")
    field = re.search(r'<input id="username"[^>]*>', text).group(0)
    check.contains(field, 'aria-invalid="true"', "which field it is")
    check.true(re.search(r'aria-describedby="[^"]*username-error', field) and 'id="username-error"' in text, "and what is wrong with it")
    check.true(not re.search(r'name="agreement"[^>]* checked', browser.open("GET", "/auth/sign_up").body.decode()), "a new form is not agreed to")


def test_asking_for_a_new_password_too_often():
    browser = Browser(node)
    for _ in range(50):
        page = browser.submit(browser.open("GET", "/auth/password/new").expect(200), "/auth/password/new", email="ann@mail.example")
        if page.status == 429:
            break
    check.contains(page.expect(429).body.decode(), 'value="ann@mail.example"', "the address is still there")


def test_a_link_of_a_letter_that_is_not_good():
    browser = Browser(node)
    page = browser.submit(browser.open("GET", "/mail/stop?token=x").expect(200), "/mail/stop")
    check.contains(page.expect(404).body.decode(), "This link is not good any more", "nothing was stopped, and it says so")


if __name__ == "__main__":
    run(globals())
