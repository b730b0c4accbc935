"""Checklist line 37: pages run no inline script, are framed by nobody, and send forms nowhere else;
nothing that is served is guessed to be of another type."""

from framework import ap, check
from framework.case import run
from framework.node import Node

HTML = "text/html"


def setup():
    global node, status
    node = Node().start()
    alice = node.add_user("alice")
    node.add_group("garden", "alice", "The garden")
    status = alice.status("a post")


def _policy(response):
    text = response.header("Content-Security-Policy") or ""
    return {part.split()[0]: part.split()[1:] for part in text.split(";") if part.strip()}


def test_every_page_has_the_policy():
    paths = ("/", "/@alice", f"/@alice/{status['id']}", "/c/garden", f"/post/{status['id']}", "/nothing",
             "/auth/sign_in", "/oauth/authorize?response_type=code&client_id=none")
    for path in paths:
        response = ap.get(node.base + path, HTML)[2]
        policy = _policy(response)
        check.equal(policy.get("default-src"), ["'none'"], f"default-src of {path}")
        check.equal(policy.get("frame-ancestors"), ["'none'"], f"frame-ancestors of {path}")
        check.is_in("form-action", policy, f"the policy of {path}")
        check.is_in("base-uri", policy, f"the policy of {path}")
        scripts = policy.get("script-src", ["'none'"])
        check.true(not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(scripts), f"script-src of {path}")
        check.equal(response.header("X-Content-Type-Options"), "nosniff", f"nosniff of {path}")
        check.is_in(response.header("Referrer-Policy"),
                    ("no-referrer", "same-origin", "strict-origin-when-cross-origin", "origin"), path)
        body = response.body.decode()
        check.true("<script" not in body and " style=" not in body, f"no inline code in {path}")


def test_documents_and_assets_are_not_guessed():
    for path in (f"/post/{status['id']}", "/u/alice", "/assets/avatar.png", "/assets/kith.css",
                 "/.well-known/nodeinfo", "/api/v1/instance"):
        response = ap.get(node.base + path)[2]
        check.equal(response.status, 200, path)
        check.equal(response.header("X-Content-Type-Options"), "nosniff", f"nosniff of {path}")


if __name__ == "__main__":
    run(globals())
