"""Who may not sign up: domains of addresses, networks, mailboxes; each with its admin API."""

from api_sign_up import FORM, PATH, Door
from framework import api, check
from framework.case import run

ADMIN = "/api/v1/admin"


def setup():
    global door, member
    door = Door("open", confirm=False, **{"server.trusted_proxies": ["127.0.0.0/8"]})
    door.node.add_user("member")
    door.node.add_user("mod", role="moderator")
    member = api.Client(door.node.url, door.node.token("member", "admin:read admin:write"), door.node.host)


_numbers = iter(range(1, 100))


def _from(address, **changes):
    n = next(_numbers)
    return door.app.request("POST", PATH, FORM | {"username": f"n{n}", "email": f"n{n}@mail.example"} | changes,
                            headers={"X-Forwarded-For": address})


def _errors(answer):
    return answer.expect(422).json["details"]


def _refused_to_others(verb, path, form=None):
    door.anybody.request(verb, path, form).error(401)
    door.boss.request(verb, path, form).error(403)
    member.request(verb, path, form).error(403)
    api.Client(door.node.url, door.node.token("mod", "admin:read admin:write"), door.node.host).request(verb, path, form).error(403)


def test_domains_of_addresses():
    path = ADMIN + "/email_domain_blocks"
    made = door.boss_admin.post(path, {"domain": "Spam.Example."})
    check.equal((made["domain"], made["allow_with_approval"]), ("spam.example", False), "made")
    check.equal(door.boss_admin.get(path), [made], "listed")
    check.equal(door.boss_admin.get(f"{path}/{made['id']}"), made, "by id")
    for email in ("a@spam.example", "b@SPAM.example", "c@mx.spam.example"):
        check.equal(_errors(_from("192.0.2.1", email=email))["email"][0]["error"], "ERR_BLOCKED", email)
    _from("192.0.2.1", email="d@notspam.example").expect(200)
    for bad in ({}, {"domain": "no domain"}, {"domain": "spam.example"}):
        door.boss_admin.request("POST", path, bad).error(422)
    _refused_to_others("GET", path)
    _refused_to_others("POST", path, {"domain": "x.example"})
    _refused_to_others("GET", f"{path}/{made['id']}")
    _refused_to_others("DELETE", f"{path}/{made['id']}")
    check.equal(door.boss_admin.delete(f"{path}/{made['id']}"), {}, "gone")
    door.boss_admin.request("GET", f"{path}/{made['id']}").error(404)
    _from("192.0.2.1", email="a@spam.example").expect(200)
    door.boss_admin.post(path, {"domain": "odd.example", "allow_with_approval": "true"})
    client = door.client(_from("192.0.2.1", email="e@odd.example").expect(200).json["access_token"])
    check.equal(client.request("GET", "/api/v1/timelines/home").error(403), "Your login is currently pending approval",
                "a moderator is asked")


def test_networks():
    path = ADMIN + "/ip_blocks"
    made = door.boss_admin.post(path, {"ip": "198.51.100.0/24", "severity": "sign_up_block", "comment": "noise"})
    check.equal((made["ip"], made["severity"], made["comment"], made["expires_at"]),
                ("198.51.100.0/24", "sign_up_block", "noise", None), "made")
    one = f"{path}/{made['id']}"
    check.equal((door.boss_admin.get(path), door.boss_admin.get(one)), ([made], made), "read back")
    _from("198.51.100.7").error(403)
    _from("198.51.101.7").expect(200)
    changed = door.boss_admin.put(one, {"severity": "sign_up_requires_approval", "expires_in": "3600"})
    check.equal((changed["severity"], changed["ip"]), ("sign_up_requires_approval", made["ip"]), "changed")
    client = door.client(_from("198.51.100.7").expect(200).json["access_token"])
    client.request("GET", "/api/v1/timelines/home").error(403)
    door.clock.advance(3601)
    client = door.client(_from("198.51.100.7").expect(200).json["access_token"])
    client.request("GET", "/api/v1/timelines/home").expect(200)
    other = door.boss_admin.post(path, {"ip": "2001:db8::/32", "severity": "no_access"})
    for bad in ({"ip": "10.0.0.1/8", "severity": "no_access"}, {"ip": "x", "severity": "no_access"}, {"ip": "10.1.2.3"},
                {"severity": "no_access"}, {"ip": "10.1.2.3", "severity": "no"}, {"ip": "2001:db8::/32", "severity": "no_access"},
                {"ip": "10.1.2.3", "severity": "no_access", "expires_in": "soon"}):
        door.boss_admin.request("POST", path, bad).error(422)
    door.boss_admin.request("PUT", one, {"ip": "2001:db8::/32"}).error(422)
    for verb in ("GET", "POST"):
        _refused_to_others(verb, path, {"ip": "10.1.2.3", "severity": "no_access"} if verb == "POST" else None)
    for verb in ("GET", "PUT", "DELETE"):
        _refused_to_others(verb, one, {"comment": "x"} if verb == "PUT" else None)
    for each in (one, f"{path}/{other['id']}"):
        door.boss_admin.delete(each)
    door.boss_admin.request("DELETE", one).error(404)


def test_no_access_at_all():
    path = ADMIN + "/ip_blocks"
    made = door.boss_admin.post(path, {"ip": "203.0.113.9", "severity": "no_access"})
    door.clock.advance(11)
    outsider = {"X-Forwarded-For": "203.0.113.9"}
    for verb, target in (("GET", "/api/v2/instance"), ("GET", "/"), ("POST", "/inbox"), ("POST", PATH)):
        check.equal(door.anybody.request(verb, target, headers=outsider).status, 403, f"{verb} {target}")
    check.equal(door.anybody.request("GET", "/api/v2/instance", headers={"X-Forwarded-For": "203.0.113.8"}).status, 200,
                "its neighbour")
    door.boss_admin.delete(f"{path}/{made['id']}")
    door.clock.advance(11)
    check.equal(door.anybody.request("GET", "/api/v2/instance", headers=outsider).status, 200, "again")


def test_mailboxes():
    path = ADMIN + "/canonical_email_blocks"
    made = door.boss_admin.post(path, {"email": "Some.One+x@Box.Example"})
    check.equal(len(made["canonical_email_hash"]), 64, "a hash is all that is kept")
    check.equal((door.boss_admin.get(path), door.boss_admin.get(f"{path}/{made['id']}")), ([made], made), "read back")
    check.equal(door.boss_admin.post(path + "/test", {"email": "someone@box.example"}), [made], "the same mailbox")
    check.equal(door.boss_admin.post(path + "/test", {"email": "other@box.example"}), [], "another")
    check.equal(_errors(_from("192.0.2.1", email="s.omeone+news@box.example"))["email"][0]["error"], "ERR_BLOCKED", "refused")
    door.boss_admin.request("POST", path + "/test", {}).error(400)
    for bad in ({}, {"email": "x"}, {"canonical_email_hash": "abc"}, {"canonical_email_hash": made["canonical_email_hash"]}):
        door.boss_admin.request("POST", path, bad).error(422)
    for verb, target in (("GET", path), ("POST", path), ("POST", path + "/test"), ("GET", f"{path}/{made['id']}"),
                         ("DELETE", f"{path}/{made['id']}")):
        _refused_to_others(verb, target, {"email": "a@b.example"} if verb == "POST" else None)
    door.boss_admin.delete(f"{path}/{made['id']}")
    check.equal(door.boss_admin.get(path), [], "gone")
    _from("192.0.2.1", email="some.one@box.example").expect(200)


if __name__ == "__main__":
    run(globals())
