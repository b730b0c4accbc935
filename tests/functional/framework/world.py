"""A node on which something of every kind has happened, for tests that look at all answers."""

import json
import tempfile
import time
from pathlib import Path

from . import api, check
from .ap import PUBLIC
from .node import Node, VirtualClock
from .peer import Peer
from .pictures import png
from .push import Subscriber
from .reply import Reply

PROFILE = "/api/v1/accounts/update_credentials"
PAGE = b'<html><head><title>A page</title><meta property="og:description" content="of the web"></head></html>'
OPTIONAL = ("name", "summary", "url", "published", "discoverable", "indexable", "endpoints")
POLL = {"options": ["tea :blob:", "cake"], "expires_in": 300, "multiple": True}


class World:
    """`alice` has met everything; `bob`, `cleo`, `dora` and `zoe` are members, too, `boss` is the admin and `anybody`
    has no token. `ids` names what there is, as paths need it."""

    def __init__(self):
        self.clock = VirtualClock()
        self._kept_until_the_end = tempfile.TemporaryDirectory(prefix="kith-world-")
        self.folder = Path(self._kept_until_the_end.name)
        self.service = Peer()
        self.service.serve("/translate", lambda request: Reply.json({"translatedText": json.loads(request.body)["q"]}))
        self.service.serve("/page", Reply(200, PAGE, "text/html"))
        self.service.serve("/languages", Reply.json([{"code": "de", "targets": ["en", "fr"]}]))
        self.node = Node(clock=self.clock, config={
            "translate.server": f"http://:key@{self.service.host}", "federation.blocks_shown": "everyone",
            "registration.mode": "approval", "registration.confirm_email": False,
            "mail.server": f"file:{self.folder}", "mail.from": "node@here.example"}).start()
        self.ids = {}
        self._people()
        self._house()
        self._posts()
        self._elsewhere()
        self._moved_and_lost()
        self._kept()
        self._collected()
        self._moderated()
        self._waited()

    def soon(self, done, what):
        """As check.eventually; the node's clock goes on meanwhile."""
        return check.eventually(lambda: done() or self.clock.advance(0.1), 15, what)

    def _name(self, **things):
        self.ids |= {name: thing["id"] for name, thing in things.items()}

    def _holder(self, token):
        return api.Client(self.node.url, token, self.node.host)

    def _people(self):
        for name in ("boss", "alice", "bob", "cleo", "dora", "zoe"):
            client = self.node.add_user(name, "admin" if name == "boss" else "member")
            setattr(self, name, client)
            self.ids[name] = client.me()["id"]
        self.anybody = api.Client(self.node.url, host=self.node.host)
        self.admin = self._holder(self.node.token("boss", "read write admin:read admin:write"))
        self.ids["garden"] = self.alice.find_account(self.node.add_group("garden", "boss"))["id"]
        for follower, names in ((self.bob, ("alice", "dora", "cleo")), (self.cleo, ("alice",)),
                                (self.alice, ("bob", "cleo", "garden"))):
            for name in names:
                follower.post(f"/api/v1/accounts/{self.ids[name]}/follow")

    def _house(self):
        picture = self.folder / "blob.png"
        picture.write_bytes(png(20, 20))
        cli = self.node.cli
        cli("emoji", "add", "blob", str(picture), "--category", "Blobs")
        self.ids["rule"] = cli("rule", "add", "Be kind", "--hint", "To all").split()[0]
        for kind, *day in (("about",), ("privacy",), ("terms", "--effective", "2026-01-01"),
                           ("terms", "--effective", "2036-01-01")):
            (self.folder / "text.md").write_text("Some *words*.")
            cli("document", "set", kind, str(self.folder / "text.md"), *day)
        cli("announcement", "add", "at any time")
        told = cli("announcement", "add", "Tea :blob:", "--starts", "2026-01-01", "--ends", "2036-01-01").split()[0]
        self.alice.put(f"/api/v1/announcements/{told}/reactions/%F0%9F%8D%B5")
        self.alice.upload("PATCH", PROFILE, {"avatar": png(80, 80), "header": png(150, 50)}, {
            "display_name": ":blob: Alice", "note": "I am *here*", "fields_attributes[0][name]": "site",
            "fields_attributes[0][value]": self.node.person_id("alice"), "locked": "true"}).expect(200)
        self.dora.post(f"/api/v1/accounts/{self.ids['alice']}/follow")
        self.alice.post(f"/api/v1/accounts/{self.ids['bob']}/follow", {"notify": True})

    def _picture(self, **form):
        return self.alice.upload("POST", "/api/v2/media", {"file": png(60, 40)}, form).expect(200).json

    def _posts(self):
        alice, bob, cleo = self.alice, self.bob, self.cleo
        post = alice.status("hello @bob, #tea and #cake :blob:", language="en")
        shown = alice.status("a picture", media_ids=[self._picture(description="grey", focus="0,1")["id"]])
        answer = bob.status("@alice yes", in_reply_to_id=post["id"], spoiler_text="careful")
        boost = bob.act(post["id"], "reblog")
        quoting = bob.status("look #tea", quoted_status_id=post["id"])
        nested = cleo.status("deeper", quoted_status_id=quoting["id"])
        quoted = bob.status("to be quoted")
        linked = [who.status(f"see {self.service.base}/page") for who in (bob, cleo)]
        alice.status("indeed", quoted_status_id=quoted["id"])
        poll = bob.post("/api/v1/statuses", body={"status": "which?", "poll": POLL})
        alice.post(f"/api/v1/polls/{poll['poll']['id']}/votes", body={"choices": [0, 1]})
        edited = bob.status("words")
        alice.act(edited["id"], "reblog")
        for each in (quoted, edited):
            bob.put(f"/api/v1/statuses/{each['id']}", {"status": "other words :blob:", "spoiler_text": "changed"})
        for who in (self.zoe, bob, cleo):
            who.act(post["id"], "favourite")
        bob.status("@alice between us", visibility="direct")
        bob.status("@garden a thread", visibility="public")
        alice.act(post["id"], "pin")
        self.ids["post_url"] = post["url"]
        self.soon(lambda: alice.get(f"/api/v1/statuses/{linked[0]['id']}")["card"], "the page is read")
        self._name(post=post, shown=shown, answer=answer, boost=boost, quoting=quoting, nested=nested, edited=edited,
                   poll=poll, linked=linked[0], doomed=alice.status("doomed"), strange=cleo.status("a stranger's"))

    def _elsewhere(self):
        """A post with everything, a poll, and of somebody else one with as little as possible."""
        self.peer = Peer()
        icon = {"type": "Image", "url": self.peer.base + "/face.png"}
        emoji = {"type": "Emoji", "id": self.peer.base + "/wave", "name": ":wave:", "icon": icon}
        far, bare = self.peer.actor("far"), self.peer.actor("bare")
        self.peer.publish(far.document(name="Far :wave:", icon=icon, tag=[emoji], attachment=[
            {"type": "PropertyValue", "name": "site", "value": "here"}]))
        self.peer.publish({k: v for k, v in bare.document().items() if k not in OPTIONAL})
        self.ids["far"] = self.alice.follow(far.handle)["id"]
        to_alice = [(self.node.person_id("alice"), self.node.handle("alice"))]
        media = [{"type": "Document", "mediaType": kind, "url": f"{self.peer.base}/{kind}"}
                 for kind in ("image/png", "video/mp4", "audio/ogg", "text/plain")]
        media[0] |= {"width": 8, "height": 6, "name": "a cat", "focalPoint": [0, 1], "blurhash": "LEHV6nWB2yk8"}
        media[1] |= {"width": 64, "height": 48, "duration": "PT5S"}
        note = far.note("from far :wave: #tea", mentions=to_alice, attachment=media, sensitive=True,
                        interactionPolicy={"canQuote": {"manualApproval": PUBLIC}})
        note["tag"] += [emoji, {"type": "Hashtag", "name": "#tea", "href": far.id}]
        poll = far.note("which?", mentions=to_alice, type="Question", votersCount=1, endTime="2036-01-01T00:00:00Z",
                        oneOf=[{"type": "Note", "name": n, "replies": {"totalItems": 1}} for n in ("a", "b")])
        plain = {k: v for k, v in bare.note("bare", mentions=to_alice).items() if k not in OPTIONAL}
        for actor, each in ((far, note), (far, poll), (bare, plain)):
            check.equal(actor.send(self.node.inbox, actor.create(each)).status, 202, "sent from elsewhere")
        for name, word in (("remote", "from far"), ("asked", "which?"), ("bare_post", "bare")):
            self.ids[name] = self.soon(lambda: self.alice.mentions_with(word), word)[0]["id"]
        self.ids["bare"] = self.alice.find_account(bare.id)["id"]

    def _moved_and_lost(self):
        lost, old, new = Peer(), self.peer.actor("old"), self.peer.actor("new")
        self.peer.publish(new.document(alsoKnownAs=[old.id]))
        self.ids["old"] = self._accepted(old)
        old.send(self.node.inbox, old.activity("Move", old.id, target=new.id, to=[old.followers]))
        self.soon(lambda: self.alice.notifications("moved"), "somebody moved")
        self._accepted(lost.actor("lost"))
        self.node.cli("domain", "block", lost.host, "--reason", "noise")
        self.soon(lambda: self.alice.notifications("severed_relationships"), "somebody is lost")

    def _accepted(self, actor):
        id = self.alice.follow(actor.handle)["id"]
        self.soon(lambda: self.alice.relationship(id)["following"], f"{actor.name} accepts")
        return id

    def _kept(self):
        """What alice keeps for herself."""
        alice, ids = self.alice, self.ids
        made = alice.post("/api/v1/lists", {"title": "friends"})
        alice.post(f"/api/v1/lists/{made['id']}/accounts", {"account_ids": [ids["bob"]]})
        food = alice.post("/api/v2/filters", body={"title": "food", "context": ["home"], "expires_in": 86400,
                                                   "keywords_attributes": [{"keyword": "turnips"}]})
        hidden = alice.post(f"/api/v2/filters/{food['id']}/statuses", {"status_id": ids["strange"]})
        self.bob.status("turnips")
        self._name(list=made, filter=food, keyword=food["keywords"][0], filter_status=hidden, upload=self._picture())
        for verb, which in (("bookmark", "strange"), ("favourite", "strange"), ("mute", "answer")):
            alice.act(ids[which], verb)
        alice.post(f"/api/v1/accounts/{ids['bob']}/endorse")
        alice.post(f"/api/v1/accounts/{ids['bob']}/note", {"comment": "a friend"})
        muted, blocked = self.peer.actor("muted"), self.peer.actor("blocked")
        for actor, verb in ((muted, "mute"), (blocked, "block")):
            alice.post(f"/api/v1/accounts/{alice.find_account(actor.handle)['id']}/{verb}")
        alice.post("/api/v1/domain_blocks", {"domain": "other.example"})
        alice.post("/api/v1/featured_tags", {"name": "tea"})
        alice.post("/api/v1/tags/tea/follow")
        alice.post("/api/v1/markers", {"home[last_read_id]": ids["post"], "notifications[last_read_id]": "1"})
        alice.post("/api/v1/push/subscription", Subscriber(self.service).form(mention=True))
        later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.clock.now_ms / 1000 + 86400))
        answer = {"media_ids": [self._picture()["id"]], "in_reply_to_id": ids["post"], "language": "de"}
        for more in ({"poll": POLL}, answer):
            more |= {"status": "later", "scheduled_at": later}
            self._name(scheduled=alice.post("/api/v1/statuses", body=more))
        alice.patch("/api/v2/notifications/policy", {"for_not_following": "filter"})
        self.zoe.status("@alice psst")
        self._name(request=alice.get("/api/v1/notifications/requests")[0],
                   notification=alice.notifications("mention")[0], conversation=alice.get("/api/v1/conversations")[0])
        ids["group_key"] = alice.notifications("favourite")[0]["group_key"]

    def _collected(self):
        """Alice has a collection, and is in one of bob's."""
        for who in (self.alice, self.bob, self.zoe):
            who.patch(PROFILE, {"discoverable": True})
        made, bobs = (who.post("/api/v1/collections", body={
            "name": "people", "tag_name": "tea", "account_ids": [self.ids[other]]})["collection"]
            for who, other in ((self.alice, "bob"), (self.bob, "alice")))
        self.bob.patch(f"/api/v1/collections/{bobs['id']}", {"name": "good people", "language": "en"})
        self._name(collection=made)

    def _moderated(self):
        admin = self.admin
        admin.post(f"/api/v1/admin/accounts/{self.ids['bare']}/action", {"type": "silence"})
        self._name(report=self.alice.post("/api/v1/reports", body={
            "account_id": self.ids["cleo"], "status_ids": [self.ids["strange"]], "comment": "rude",
            "category": "violation", "rule_ids": [self.ids["rule"]]}))
        app = self.anybody.post("/api/v1/apps", {"client_name": "app", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
                                                 "scopes": "read write", "website": "https://app.example"})
        secrets = {k: app[k] for k in ("client_id", "client_secret")}
        token = self.anybody.post("/oauth/token", secrets | {"grant_type": "client_credentials", "scope": "read write"})
        self.app = self._holder(token["access_token"])
        self.ids |= secrets
        for name in ("nina", "nils"):
            self.app.post("/api/v1/accounts", {"username": name, "email": f"{name}@mail.example", "reason": "tea",
                                               "password": "long enough", "agreement": True, "locale": "de"})
            self.ids[name] = admin.get("/api/v1/admin/accounts", username=name)[0]["id"]
        for path, form in (("domain_blocks", {"domain": "loud.example", "public_comment": "loud", "obfuscate": True}),
                           ("domain_allows", {"domain": "friend.example"}),
                           ("email_domain_blocks", {"domain": "spam.example"}),
                           ("ip_blocks", {"ip": "198.51.100.0/24", "severity": "sign_up_block", "expires_in": 3600}),
                           ("canonical_email_blocks", {"email": "o.n.e@box.example"})):
            self._name(**{path: admin.post(f"/api/v1/admin/{path}", form)})

    def _waited(self):
        """Polls have ended, and trends are counted."""
        self.clock.advance(601)
        self.soon(lambda: self.alice.notifications("poll"), "a poll has ended")
        self.soon(lambda: self.anybody.get("/api/v1/trends/tags"), "a hashtag is talked about")
        self.soon(lambda: self.anybody.get("/api/v1/trends/statuses"), "so is a post")
