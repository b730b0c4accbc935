"""Checklist line 41: whoever is suspended, deleted or given a new password loses every token and session at
once; so does a token that is revoked."""

from urllib.parse import urlencode

from framework import check
from framework.api import Client
from framework.browser import Browser
from framework.case import run
from framework.node import PASSWORD, Node

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


def setup():
    global node, app
    node = Node().start()
    app = node.client().post("/api/v1/apps", {"client_name": "test", "redirect_uris": OUT_OF_BAND,
                                              "scopes": "read write"})


def _signed_in(name):
    """(API client with a token by the code flow, browser with a session)"""
    node.cli("user", "add", name, "--email", f"{name}@mail.example", "--password", PASSWORD)
    browser = Browser(node)
    code = browser.code_on_page("/oauth/authorize?" + urlencode(
        {"response_type": "code", "client_id": app["client_id"], "redirect_uri": OUT_OF_BAND,
         "scope": "read write"}), name, PASSWORD)
    answer = node.client().post("/oauth/token", {
        "grant_type": "authorization_code", "code": code, "redirect_uri": OUT_OF_BAND,
        "client_id": app["client_id"], "client_secret": app["client_secret"]})
    client = Client(node.url, answer["access_token"], host=node.host)
    check.equal(client.me()["username"], name, "the token works")
    check.true(not _must_sign_in(browser), "the session works")
    return client, browser


def _must_sign_in(browser):
    page = browser.open("GET", "/oauth/authorize?" + urlencode(
        {"response_type": "code", "client_id": app["client_id"], "redirect_uri": OUT_OF_BAND,
         "scope": "read"}))
    return b'type="password"' in page.body or page.status in (302, 303)


def _is_out(client, browser, what):
    for method, path, form in (("GET", "/api/v1/accounts/verify_credentials", None),
                               ("GET", "/api/v1/timelines/home", None),
                               ("POST", "/api/v1/statuses", {"status": "still here"})):
        check.is_in(client.request(method, path, form).status, (401, 403), f"{method} {path} {what}")
    check.true(_must_sign_in(browser), f"the session {what}")


def test_suspended():
    client, browser = _signed_in("sue")
    node.cli("user", "suspend", "sue")
    _is_out(client, browser, "after a suspension")
    node.cli("user", "suspend", "sue", "--undo")
    _is_out(client, browser, "after the suspension was taken back: what ended stays ended")


def test_deleted():
    client, browser = _signed_in("del")
    node.cli("user", "delete", "del")
    _is_out(client, browser, "after a deletion")


def test_a_new_password():
    client, browser = _signed_in("pat")
    node.cli("user", "password", "pat", "--password", "another good password")
    _is_out(client, browser, "after a new password")


def test_a_revoked_token():
    client, _ = _signed_in("rob")
    node.client().post("/oauth/revoke", {"token": client.token, "client_id": app["client_id"],
                                         "client_secret": app["client_secret"]})
    client.request("GET", "/api/v1/accounts/verify_credentials").error(401)


if __name__ == "__main__":
    run(globals())
