"""OAuth as clients do it: applications, the code flow through its forms, PKCE, tokens and their end."""
import base64
import hashlib
import re
from urllib.parse import parse_qs, urlencode, urlsplit

from framework import api, check
from framework.browser import Browser
from framework.case import run
from framework.node import PASSWORD, Node

OOB = "urn:ietf:wg:oauth:2.0:oob"
WEB = "https://client.example/back"


def setup():
    global node, nobody
    node = Node().start()
    node.add_user("alice")
    nobody = node.client()


def _app(redirect=WEB, scopes="read write"):
    return nobody.post("/api/v1/apps", {"client_name": "Test", "redirect_uris": redirect,
                                        "scopes": scopes})


def _decide(app, decision="allow", **more):
    """Signs in, decides on the consent page, and returns the answer."""
    asked = {"response_type": "code", "client_id": app["client_id"], "scope": "read write",
             "redirect_uri": app["redirect_uris"][0], **more}
    return Browser(node).decide("/oauth/authorize/?" + urlencode(asked), "alice", PASSWORD, decision)


def _returned(answer):
    return {k: v[0] for k, v in parse_qs(urlsplit(answer.expect(303).header("Location")).query).items()}


def _token(app, code, **more):
    form = {"grant_type": "authorization_code", "client_id": app["client_id"], "code": code,
            "client_secret": app["client_secret"], "redirect_uri": app["redirect_uris"][0], **more}
    return nobody.request("POST", "/oauth/token", form)


def _works(token):
    answer = api.Client(node.url, token, host=node.host).request(
        "GET", "/api/v1/accounts/verify_credentials")
    return answer.status == 200


def test_the_code_flow_gives_a_token_that_works_until_revoked():
    app = _app()
    back = _returned(_decide(app, state="s p/ce"))
    check.equal(back["state"], "s p/ce", "state")
    token = _token(app, back["code"]).expect(200).json
    check.equal((token["token_type"], token["scope"]), ("Bearer", "read write"), "token")
    check.true(isinstance(token["created_at"], int), "created_at")
    check.true(_works(token["access_token"]), "the token works")
    form = {"client_id": app["client_id"], "client_secret": app["client_secret"],
            "token": token["access_token"]}
    check.equal(nobody.post("/oauth/revoke", form), {}, "revoke")
    check.true(not _works(token["access_token"]), "a revoked token ends")


def test_a_code_works_once_and_its_second_use_ends_the_token():
    app = _app()
    code = _returned(_decide(app))["code"]
    token = _token(app, code).expect(200).json["access_token"]
    check.equal(_token(app, code).expect(400).json["error"], "invalid_grant", "second use")
    check.true(not _works(token), "the first token has ended")


def test_a_code_is_bound_to_client_redirect_and_verifier():
    app, other = _app(), _app()
    code = _returned(_decide(app))["code"]
    _token(other, code).expect(400)
    _token(app, code, redirect_uri="https://client.example/other").expect(400)
    _token(app, code, client_secret="wrong").expect(401)
    _token(app, code).expect(200)
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    code = _returned(_decide(app, code_challenge=challenge, code_challenge_method="S256"))["code"]
    _token(app, code).expect(400)
    _token(app, code, code_verifier="w" * 50).expect(400)
    _token(app, code, code_verifier=verifier).expect(200)


def test_out_of_band_shows_the_code_on_a_page():
    app = _app(OOB)
    page = _decide(app).expect(200).body.decode()
    code = re.search(r'id="authorization-code">([^<]+)<', page).group(1)
    check.true(_works(_token(app, code).expect(200).json["access_token"]), "the token works")


def test_denial_and_wrong_requests_give_no_code():
    app = _app()
    check.equal(_returned(_decide(app, "deny")), {"error": "access_denied"}, "denied")
    asked = {"response_type": "code", "client_id": app["client_id"], "scope": "read",
             "redirect_uri": "https://evil.example/"}
    answer = Browser(node).open("GET", "/oauth/authorize?" + urlencode(asked))
    check.equal((answer.status, answer.header("Location")), (400, None), "an unregistered redirect")
    browser = Browser(node)
    asked["redirect_uri"] = WEB
    answer = browser.open("GET", "/oauth/authorize?" + urlencode(asked)).expect(200)
    browser.submit(answer, "/auth/sign_in", username="alice", password="wrong").expect(401)
    browser.open("POST", "/oauth/authorize", {**asked, "decision": "allow"}).expect(401)


def test_every_permission_is_said_in_words():
    known = nobody.get("/.well-known/oauth-authorization-server")["scopes_supported"]
    app = _app(scopes=" ".join(known))
    asked = {"response_type": "code", "client_id": app["client_id"], "scope": " ".join(known), "redirect_uri": WEB}
    page = Browser(node).consent("/oauth/authorize?" + urlencode(asked), "alice", PASSWORD)
    said = re.findall(r"<li>([^<]*)</li>", page.body.decode())
    check.equal(len(said), len(known), "one for each")
    check.equal([text for text in said if text in known], [], "in words")


def test_an_application_speaks_for_itself_only():
    app = _app()
    form = {"grant_type": "client_credentials", "client_id": app["client_id"], "scope": "read",
            "client_secret": app["client_secret"]}
    token = nobody.post("/oauth/token", form)["access_token"]
    itself = api.Client(node.url, token, host=node.host)
    check.equal(itself.get("/api/v1/apps/verify_credentials")["name"], "Test", "name")
    check.equal(itself.request("GET", "/api/v1/accounts/verify_credentials").error(422),
                "This method requires an authenticated user", "error")
    nobody.request("POST", "/oauth/token", {**form, "scope": "admin:read"}).expect(400)
    nobody.request("POST", "/oauth/token", {**form, "grant_type": "password"}).expect(400)


run(globals())
