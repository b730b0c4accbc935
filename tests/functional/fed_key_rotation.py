"""New keys (kith user rotate-keys): what waits and what comes is signed with them, peers come to know
them, proofs made with the old key still hold, and the old signing key counts for nothing."""

from framework import check
from framework.ap import get
from framework.case import run
from framework.node import Node, VirtualClock
from framework.peer import Peer

DAY_S = 86400


def setup():
    global a, b, ann, bea, peer, carol, clock
    clock = VirtualClock()
    a, b = Node(clock=clock).start(), Node(clock=clock).start()
    ann, bea = a.add_user("ann"), b.add_user("bea")
    peer = Peer(verify=True)
    carol = peer.actor("carol")
    bea.follow_accepted("ann@" + a.host)
    carol.send(a.inbox, carol.follow(a.person_id("ann")))
    check.eventually(lambda: peer.activities("Accept"), 20, "carol follows ann")


def _keys():
    _, document, _ = get(a.person_id("ann"))
    return document["publicKey"], {k["id"]: k["publicKeyMultibase"] for k in document["assertionMethod"]}


def _arrives(status):
    # A verifier asks for a key anew only now and then: after several rotations it takes its time.
    check.eventually(lambda: any(s["uri"] == status["uri"] for s in bea.home()) or clock.advance(15), 30,
                     "bea's home has it")
    return check.eventually(lambda: next((r for r in peer.inbox if r.answered < 300 and r.json["type"] ==
                                          "Create" and r.json["object"]["id"] == status["uri"]), None),
                            30, "carol's host has it")


def test_after_a_rotation_posts_still_arrive():
    _arrives(ann.status("with the old keys"))
    rsa, ed25519 = _keys()
    a.cli("user", "rotate-keys", "ann")
    new_rsa, new_ed25519 = _keys()
    check.equal(new_rsa["id"], rsa["id"], "the RSA key's id")
    check.true(new_rsa["publicKeyPem"] != rsa["publicKeyPem"], "another RSA key")
    check.equal(len(new_ed25519), 2, "Ed25519 keys that are published")
    for key_id, key in ed25519.items():
        check.equal(new_ed25519[key_id], key, "the old one, under its old id")
    peer._keys.clear()   # as a verifier that fetches the key once more
    request = _arrives(ann.status("with the new keys"))
    fresh = set(new_ed25519) - set(ed25519)
    check.equal({request.json["proof"]["verificationMethod"]}, fresh, "the proof's key")
    check.eventually(lambda: b.sql("SELECT public_pem FROM actor_key WHERE key_id = ?", rsa["id"])[0]
                     ["public_pem"].strip() == new_rsa["publicKeyPem"].strip(), 20, "B has the new key")


def test_a_proof_by_the_old_key_still_holds():
    before = _arrives(ann.status("proven before"))
    a.cli("user", "rotate-keys", "ann")
    c = Node(clock=clock).start()
    cleo = c.add_user("cleo")
    cleo.follow_accepted("ann@" + a.host)
    # carol's host forwards ann's activity, byte for byte (AP 7.1.2): its proof makes it ann's word.
    check.equal(carol.send(c.inbox, before.body).status, 202, "status of what is forwarded")
    check.eventually(lambda: any(s["uri"] == before.json["object"]["id"] for s in cleo.home()), 20,
                     "cleo's home has it")
    spoiled = before.body.replace(b"proven before", b"proven bef0re")
    check.equal(carol.send(c.inbox, spoiled).status, 401, "with another text")


def test_everybody_and_the_instance():
    def main_key():
        return get(a.base + "/actor")[1]["publicKey"]["publicKeyPem"]
    before = main_key()
    a.cli("user", "rotate-keys", "--instance")
    check.true(main_key() != before, "the instance actor's key")
    before, anns = main_key(), _keys()[0]["publicKeyPem"]
    check.contains(a.cli("user", "rotate-keys", "--all"), "new keys for 2 actors", "what it says")
    check.true(main_key() != before and _keys()[0]["publicKeyPem"] != anns, "both have new keys")
    for words in ((), ("nobody",), ("ann", "--all")):
        a.cli("user", "rotate-keys", *words, code=1)
    peer._keys.clear()
    _arrives(ann.status("after all that"))


def test_old_keys_go_after_a_while():
    check.true(len(_keys()[1]) > 1, "retired keys are published")
    clock.advance(31 * DAY_S)
    check.eventually(lambda: len(_keys()[1]) == 1 or clock.advance(1), 30, "only the present one is")


if __name__ == "__main__":
    run(globals())
