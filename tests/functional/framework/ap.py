"""ActivityPub documents, and `Actor`: somebody with a key who builds and sends them."""

import itertools
import json
import time
from urllib.parse import quote, urlsplit

from . import keys, raw, sign

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
ACCEPT = f'{sign.ACTIVITY_JSON}, application/ld+json; profile="{CONTEXT[0]}"'

_serial = itertools.count(1)


def iso(at=None):
    """Seconds since 1970 (default: now) as ActivityStreams time."""
    at = time.time() if at is None else at
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at)) + f".{int(at * 1000) % 1000:03d}Z"


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def id_of(thing):
    return thing["id"] if isinstance(thing, dict) else thing


def encode(document):
    return json.dumps(document, ensure_ascii=False).encode()


def origin(url):
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def collection(id, items, ordered=True):
    kind = "OrderedCollection" if ordered else "Collection"
    return {"@context": CONTEXT[0], "id": id, "type": kind, "totalItems": len(items),
            "orderedItems" if ordered else "items": items}


def mention(actor_id, name):
    return {"type": "Mention", "href": actor_id, "name": name}


class Actor:
    """A person, group or service of a host under the test's control.

    Builders return plain dicts, so that a test can spoil them before `send`. What `note`, `page`
    and the activities return has an id below the actor's origin, unique in this process.
    """

    def __init__(self, base, name, kind="Person", key=None):
        self.base = base
        self.name = name
        self.kind = kind
        self.key = key or keys.take()
        self.id = f"{base}/u/{name}"
        self.key_id = self.id + "#main-key"
        self.inbox = self.id + "/inbox"
        self.followers = self.id + "/followers"
        self.following = self.id + "/following"
        self.handle = f"@{name}@{urlsplit(base).netloc}"
        self.publish = None  # set by Peer: makes a document readable at its id

    def document(self, **more):
        """The actor's own document."""
        document = {
            "@context": CONTEXT, "id": self.id, "type": self.kind,
            "preferredUsername": self.name, "name": self.name.capitalize(), "summary": "",
            "url": self.id, "inbox": self.inbox, "outbox": self.id + "/outbox",
            "followers": self.followers, "following": self.following,
            "featured": self.id + "/featured", "published": "2025-01-05T10:00:00Z",
            "manuallyApprovesFollowers": False, "discoverable": True, "indexable": True,
            "endpoints": {"sharedInbox": self.base + "/inbox"},
            "publicKey": {"id": self.key_id, "owner": self.id,
                          "publicKeyPem": self.key.public_pem},
        }
        if self.kind == "Group":
            document["attributedTo"] = self.id + "/moderators"
        document.update(more)
        return document

    # -- objects -----------------------------------------------------------------------------

    def new_id(self, kind):
        return f"{self.base}/{kind}/{next(_serial)}"

    def note(self, content, to=None, cc=None, mentions=(), parent=None, **more):
        """A Note, public unless `to` is given, readable at its id. `mentions` are (id, name)."""
        names = [m[0] for m in mentions]
        note = {
            "id": self.new_id("note"), "type": "Note", "attributedTo": self.id,
            "content": f"<p>{content}</p>", "published": iso(),
            "to": [PUBLIC] if to is None else to,
            "cc": [self.followers, *names] if cc is None and to is None else (cc or []),
            "tag": [mention(*m) for m in mentions],
        }
        if parent:
            note["inReplyTo"] = parent
        note.update(more)
        note["url"] = note["id"]
        if self.publish:
            self.publish({"@context": CONTEXT[0], **note})
        return note

    def activity(self, kind, object, **more):
        """Any activity by this actor, with an id of its own."""
        return {"@context": CONTEXT, "id": self.new_id("activity"), "type": kind,
                "actor": self.id, "object": object, **more}

    def create(self, object, **more):
        return self.activity("Create", object, published=object.get("published", iso()),
                             to=object.get("to"), cc=object.get("cc"), **more)

    def update(self, object, **more):
        return self.activity("Update", {**object, "updated": more.pop("updated", None) or iso()},
                             to=object.get("to", [PUBLIC]), cc=object.get("cc", []), **more)

    def delete(self, object, **more):
        return self.activity("Delete", {"type": "Tombstone", "id": id_of(object)}, to=[PUBLIC],
                             **more)

    def follow(self, target, **more):
        return self.activity("Follow", id_of(target), **more)

    def accept(self, follow, **more):
        return self.activity("Accept", follow, **more)

    def reject(self, follow, **more):
        return self.activity("Reject", follow, **more)

    def like(self, object, **more):
        return self.activity("Like", id_of(object), **more)

    def announce(self, object, **more):
        return self.activity("Announce", object, to=[PUBLIC], cc=[self.followers],
                             published=iso(), **more)

    def undo(self, activity, **more):
        return self.activity("Undo", activity, **more)

    def block(self, target, **more):
        return self.activity("Block", id_of(target), **more)

    # -- requests ----------------------------------------------------------------------------

    def headers(self, method, url, body=b"", **options):
        """Signed headers of this actor; options as in sign.signed_headers."""
        options.setdefault("key_id", self.key_id)
        options.setdefault("key", self.key)
        return sign.signed_headers(method, url, body=body, **options)

    def post_bytes(self, url, body, **options):
        """The bytes of a signed POST."""
        return raw.head_of("POST", url, self.headers("POST", url, body, **options)) + body

    def send(self, url, activity, **options):
        """POSTs an activity (a dict, or bytes as they are) to an inbox; returns raw.Response."""
        body = activity if isinstance(activity, bytes) else encode(activity)
        return raw.exchange(url, self.post_bytes(url, body, **options))

    def get(self, url, **options):
        """A signed GET; the Response's body is JSON where the status is 200."""
        head = raw.head_of("GET", url, self.headers("GET", url, **options))
        return raw.exchange(url, head)


def get(url, accept=ACCEPT, headers=()):
    """An unsigned GET of a document: (status, JSON or None, Response)."""
    own = [("Host", urlsplit(url).netloc), ("Accept", accept), ("User-Agent", "kith-test/1"), ("Connection", "close")]
    response = raw.exchange(url, raw.head_of("GET", url, [*own, *headers]))
    kind = response.header("Content-Type") or ""
    document = json.loads(response.body) if response.status == 200 and "json" in kind else None
    return response.status, document, response


def webfinger_url(base, handle):
    return f"{base}/.well-known/webfinger?resource={quote('acct:' + handle.lstrip('@'))}"
