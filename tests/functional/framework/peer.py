"""Fake federation servers in the test's process: they record what arrives and do as told.

All peers of a process share one event loop on one thread, so that hundreds of them cost nothing.
Two peers on different 127.0.0.x addresses or ports are different hosts.
"""

import asyncio
import itertools
import json
import threading
import time
from collections import Counter, deque
from urllib.parse import parse_qs, urlsplit

from . import ap, case, sign
from .reply import Reply, write_reply

HEAD_BYTES_MAX = 65536
_addresses = itertools.count(2)
_loop = None


def loop():
    """The event loop of all peers; started on first use."""
    global _loop
    if _loop is None:
        _loop = asyncio.new_event_loop()
        threading.Thread(target=_loop.run_forever, name="peers", daemon=True).start()
    return _loop


def on_loop(coroutine, timeout=10):
    return asyncio.run_coroutine_threadsafe(coroutine, loop()).result(timeout)


class Request:
    """One request that reached a peer. `problem` is None where its signature held, or where the
    peer was not asked to verify; `number` counts the requests of this peer from 0."""

    def __init__(self, method, target, headers, body, number):
        self.method = method
        self.target = target
        self.path = target.partition("?")[0]
        self.headers = headers
        self.body = body
        self.number = number
        self.time = time.monotonic()
        self.problem = None

    def header(self, name):
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    @property
    def json(self):
        return json.loads(self.body)

    def query(self, name):
        return parse_qs(urlsplit(self.target).query).get(name, [None])[0]

    def __repr__(self):
        return f"<{self.number} {self.method} {self.target} {self.body[:200]!r}>"


class Peer:
    """One host. `verify` checks each POST's signature with the key that its signer's document
    shows, and answers 401 where it does not hold. `accept_follows` answers a Follow with Accept."""

    def __init__(self, ip=None, name=None, port=0, verify=False, accept_follows=True):
        self.ip = ip or f"127.0.0.{2 + next(_addresses) % 250}"
        self.verify = verify
        self.accept_follows = accept_follows
        self.requests = []
        self.inbox = []
        self.actors = {}
        self.plan = deque()
        self.inbox_reply = Reply(202)
        self.connections = 0
        self._pages = {}
        self._keys = {}
        self._writers = set()
        self._server = None
        self.port = port
        self.start()
        self.host = f"{name or self.ip}:{self.port}"
        self.base = f"http://{self.host}"
        self._serve_wellknown()
        case.at_end(self)

    # -- life --------------------------------------------------------------------------------

    def start(self):
        """Listens, on the same port as before after a stop()."""
        async def listen():
            return await asyncio.start_server(self._serve, self.ip, self.port, backlog=1024,
                                              limit=HEAD_BYTES_MAX)
        self._server = on_loop(listen())
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self):
        """Refuses connections and drops those that are open."""
        async def end():
            self._server.close()
            for writer in list(self._writers):
                writer.transport.abort()
        if self._server:
            on_loop(end())
            self._server = None

    def close(self, _failed=False):
        self.stop()

    # -- what it serves ----------------------------------------------------------------------

    def actor(self, name, kind="Person", key=None, **more):
        """A new actor of this host with its document, collections and WebFinger."""
        actor = ap.Actor(self.base, name, kind, key)
        actor.publish = self.publish
        self.actors[name] = actor
        self.publish(actor.document(**more))
        for each in ("outbox", "followers", "following", "featured", "moderators"):
            self.publish(ap.collection(f"{actor.id}/{each}", []))
        return actor

    def publish(self, document):
        """Serves a document at its own id."""
        self.serve(urlsplit(document["id"]).path, Reply.json(document))

    def serve(self, target, reply):
        """Serves `reply` (a Reply, or a function of Request that gives one) at a path, with or
        without query; the one with it is looked for first."""
        self._pages[target] = reply

    def remove(self, target, status=404):
        """What was served at a path or URL is answered with this status from now."""
        self.serve(urlsplit(target).path, Reply(status))

    def _serve_wellknown(self):
        self.serve("/.well-known/webfinger", self._webfinger)
        nodeinfo = self.base + "/nodeinfo/2.1"
        self.serve("/.well-known/nodeinfo", Reply.json({"links": [
            {"rel": "http://nodeinfo.diaspora.software/ns/schema/2.1", "href": nodeinfo}]},
            "application/json"))
        self.serve("/nodeinfo/2.1", Reply.json({
            "version": "2.1", "software": {"name": "fake", "version": "1"},
            "protocols": ["activitypub"], "services": {"inbound": [], "outbound": []},
            "openRegistrations": False, "usage": {"users": {}}, "metadata": {}},
            "application/json"))

    def _webfinger(self, request):
        resource = request.query("resource") or ""
        for actor in self.actors.values():
            if resource in (f"acct:{actor.handle[1:]}", actor.id):
                return Reply.json({"subject": f"acct:{actor.handle[1:]}", "links": [
                    {"rel": "self", "type": sign.ACTIVITY_JSON, "href": actor.id}]},
                    "application/jrd+json")
        return Reply(404)

    # -- what arrived ------------------------------------------------------------------------

    def fail_inbox(self, times, reply):
        """The next `times` POSTs get this Reply."""
        self.plan.extend([reply] * times)

    def activities(self, kind=None):
        """The activities that arrived and were answered as accepted, oldest first."""
        bodies = [r.json for r in list(self.inbox) if r.answered < 300]
        return [b for b in bodies if kind is None or b.get("type") == kind]

    def counts(self):
        """How often each activity id was accepted."""
        return Counter(a["id"] for a in self.activities())

    def hits(self, path=None, method=None):
        """How many requests came, to a path (or URL), by a method."""
        path = path and urlsplit(path).path
        return sum(1 for r in list(self.requests)
                   if path in (None, r.path) and method in (None, r.method))

    # -- serving -----------------------------------------------------------------------------

    async def _serve(self, reader, writer):
        self.connections += 1
        self._writers.add(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _one(self, reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head[:-4].decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ")
        headers = [(n, v.strip()) for n, _, v in (line.partition(":") for line in lines[1:])]
        length = next((int(v) for n, v in headers if n.lower() == "content-length"), 0)
        body = await reader.readexactly(length) if length else b""
        request = Request(method, target, headers, body, len(self.requests))
        self.requests.append(request)
        is_inbox = method == "POST" and request.path.endswith("/inbox")
        reply = await self._inbox(request) if is_inbox else self._page(request)
        return await write_reply(writer, reply)

    def _page(self, request):
        page = self._pages.get(request.target) or self._pages.get(request.path) or Reply(404)
        return page(request) if callable(page) else page

    async def _inbox(self, request):
        if self.verify:
            run = asyncio.get_running_loop().run_in_executor
            request.problem = await run(None, self._problem, request)
        if request.problem:
            reply = Reply(401, request.problem.encode(), "text/plain")
        else:
            reply = self.plan.popleft() if self.plan else self.inbox_reply
            reply = reply(request) if callable(reply) else reply
        request.answered = reply.status
        self.inbox.append(request)
        if self.accept_follows and reply.status < 300:
            self._answer_follow(request.json)
        return reply

    def _problem(self, request):
        return sign.problem_with(request.method, request.target, request.headers, request.body,
                                 self._public_pem, host=self.host)

    def _public_pem(self, key_id):
        """The PEM that the signer's own document shows; asked once per key."""
        if key_id not in self._keys:
            _, document, _ = ap.get(key_id.partition("#")[0])
            found = [k for k in ap.as_list((document or {}).get("publicKey"))
                     if k["id"] == key_id and k["owner"] == document["id"]]
            if found:
                self._keys[key_id] = found[0]["publicKeyPem"]
        return self._keys.get(key_id)

    def _answer_follow(self, activity):
        if activity.get("type") != "Follow":
            return
        for actor in self.actors.values():
            if actor.id == ap.id_of(activity["object"]):
                threading.Thread(target=self._send_accept, args=(actor, activity),
                                 daemon=True).start()

    def _send_accept(self, actor, follow):
        _, follower, _ = ap.get(ap.id_of(follow["actor"]))
        if follower:
            actor.send(follower["inbox"], actor.accept(follow))
