"""Translation by a server with LibreTranslate's API; and without one."""

import json

from framework import api, check
from framework.case import run
from framework.node import Node
from framework.peer import Peer
from framework.reply import Reply


def setup():
    global node, bare, service, alice, bob, told
    service = Peer()
    told = []
    service.serve("/translate", _translate)
    service.serve("/languages", Reply.json([{"code": "de", "targets": ["de", "en", "fr"]}, {"code": "en", "targets": ["de"]}]))
    node = Node(config={"translate.server": f"http://:thekey@{service.host}"}).start()
    bare = Node().start()
    alice, bob = node.add_user("alice"), node.add_user("bob")


def _translate(request):
    asked = json.loads(request.body)
    told.append(asked)
    if "fail" in asked["q"][0]:
        return Reply(500)
    if "odd" in asked["q"][0]:
        return Reply.json({"translatedText": ["one"]})
    return Reply.json({"translatedText": [text.replace("Tee", "tea<script>x</script>") for text in asked["q"]],
                       "detectedLanguage": [{"language": "de", "confidence": 90}]})


def test_a_post_with_all_its_parts():
    post = bob.post("/api/v1/statuses", body={"status": "Tee", "spoiler_text": "über Tee", "language": "de",
                                              "poll": {"options": ["Tee", "nein"], "expires_in": 3600}})
    got = alice.post(f"/api/v1/statuses/{post['id']}/translate", {"lang": "en"})
    check.equal((got["content"], got["language"], got["detected_source_language"], got["provider"]),
                ("<p>tea</p>", "en", "de", "LibreTranslate"), "cleaned")
    check.equal([o["title"].startswith("tea") for o in got["poll"]["options"]], [True, False], "the options")
    check.true(got["spoiler_text"].startswith("über tea"), "the warning")
    check.equal(told[-1] | {"q": None}, {"q": None, "source": "de", "target": "en", "format": "html", "api_key": "thekey"},
                "what the server was asked")
    unknown = bob.status("Tee ohne Sprache")
    alice.post(f"/api/v1/statuses/{unknown['id']}/translate")
    check.equal(told[-1]["target"], "en", "into the node's language")


def test_what_is_not_for_all_is_not_told():
    count = len(told)
    alice.follow_accepted("bob")
    post = bob.status("Tee, geheim", visibility="private")
    alice.request("POST", f"/api/v1/statuses/{post['id']}/translate").error(403)
    direct = bob.status("Tee", visibility="direct")
    alice.request("POST", f"/api/v1/statuses/{direct['id']}/translate").error(404)
    api.Client(node.url, host=node.host).request("POST", f"/api/v1/statuses/{post['id']}/translate").error(401)
    check.equal(len(told), count, "nobody was asked")


def test_a_server_that_fails():
    for text, status in (("please fail", 503), ("an odd answer", 502)):
        post = bob.status(text)
        alice.request("POST", f"/api/v1/statuses/{post['id']}/translate").error(status)


def test_languages_and_no_server():
    anybody = api.Client(node.url, host=node.host)
    check.equal(anybody.get("/api/v1/instance/translation_languages"), {"de": ["en", "fr"], "en": ["de"]}, "languages")
    anybody.get("/api/v1/instance/translation_languages")
    check.equal(len([r for r in service.requests if r.target == "/languages"]), 1, "asked once a day")
    check.equal(anybody.get("/api/v2/instance")["configuration"]["translation"]["enabled"], True, "told")
    carol = bare.add_user("carol")
    post = carol.status("Tee")
    carol.request("POST", f"/api/v1/statuses/{post['id']}/translate").error(503)
    check.equal(carol.get("/api/v1/instance/translation_languages"), {}, "none")
    check.equal(carol.get("/api/v2/instance")["configuration"]["translation"]["enabled"], False, "told")


if __name__ == "__main__":
    run(globals())
