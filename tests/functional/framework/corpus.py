"""The corpus of other programs' activities (tests/data/corpus) as living hosts: each program is a
Peer at whose address its actors and posts can be had, and sends its activities to a node."""

import json
import re
from pathlib import Path

from . import ap, keys
from .peer import Peer
from .reply import Reply

FOLDER = Path(__file__).resolve().parents[2] / "data" / "corpus"


class Case:
    """One activity, with every address in it that of this run."""

    def __init__(self, path, text):
        self.name = f"{path.parent.name}/{path.stem}"
        self.activity = json.loads(text)

    @property
    def post(self):
        """The post that a Create or Update carries, else None."""
        carried = self.activity.get("object")
        is_post = isinstance(carried, dict) and "attributedTo" in carried and "inbox" not in carried
        return carried if is_post and self.activity["type"] in ("Create", "Update") else None


class Program:
    """One program's host."""

    def __init__(self, folder, places):
        self.name = folder.name
        self.peer = Peer()
        places = {**places, f"https://{self.name}.example": self.peer.base}
        self.cases = []
        for path in sorted(folder.glob("*.json")):
            text = path.read_text()
            for old, new in places.items():
                text = text.replace(old, new)
            self.cases.append(Case(path, text))
        self.actors = {}
        for case in self.cases:
            for actor_id in self._own_ids(case):
                if actor_id not in self.actors:
                    self.actors[actor_id] = self._actor(actor_id)
        for case in self.cases:
            self._publish(case)

    def _own_ids(self, case):
        """The actors of this host in an activity: who acts, and whose post it carries."""
        inner = case.activity.get("object")
        for thing in (case.activity, inner if isinstance(inner, dict) else {}):
            for one in ap.as_list(thing.get("actor")) + ap.as_list(thing.get("attributedTo")):
                if isinstance(one, (str, dict)) and ap.id_of(one).startswith(self.peer.base):
                    yield ap.id_of(one)

    def _actor(self, actor_id):
        name = re.sub(r"\W", "", actor_id.rpartition("/")[2])
        actor = ap.Actor(self.peer.base, name, self._kind(actor_id), keys.take())
        actor.id, actor.key_id = actor_id, actor_id + "#main-key"
        actor.inbox = f"{self.peer.base}/of/{name}/inbox"
        actor.followers = self._followers(actor_id)
        self.peer.actors[actor.id] = actor
        self._serve(actor.document())
        return actor

    def _serve(self, document):
        """At its whole id: WordPress' differ by their queries only."""
        self.peer.serve(document["id"].removeprefix(self.peer.base), Reply.json(document))

    def _documents(self):
        for case in self.cases:
            carried = case.activity.get("object")
            if isinstance(carried, dict) and "inbox" in carried:
                yield carried

    def _kind(self, actor_id):
        for document in self._documents():
            if document["id"] == actor_id:
                return ap.as_list(document["type"])[0]
        announces = any(case.activity["type"] == "Announce" and isinstance(case.activity["object"], dict)
                        and ap.id_of(case.activity["actor"]) == actor_id for case in self.cases)
        return "Group" if announces else "Person"

    def _followers(self, actor_id):
        """As the program's own posts name it."""
        for case in self.cases:
            for one in ap.as_list(case.activity.get("to")) + ap.as_list(case.activity.get("cc")):
                if isinstance(one, str) and one.startswith(actor_id) and one.endswith("followers"):
                    return one
        return actor_id + "/followers"

    def _publish(self, case):
        """Its post can be had at its id; a profile that it carries names the key of this run."""
        carried = case.activity.get("object")
        post_id = case.post["id"] if case.post else "#"
        if post_id.startswith(self.peer.base) and "#" not in post_id:
            self._serve({"@context": ap.CONTEXT, **case.post})
        if isinstance(carried, dict) and "inbox" in carried and carried["id"] in self.actors:
            actor = self.actors[carried["id"]]
            carried["publicKey"] = actor.document()["publicKey"]
            carried["inbox"] = actor.inbox
            carried["preferredUsername"] = actor.name

    def send(self, case, inbox):
        """Delivers it, signed by its actor."""
        return self.actors[ap.id_of(case.activity["actor"])].send(inbox, case.activity)

    def gone(self, case):
        """What its Delete is about answers 410 from now."""
        self.peer.serve(ap.id_of(case.activity["object"]).removeprefix(self.peer.base), Reply(410))


def programs(places):
    """All of them. `places`: what stands for our own host's things in the corpus → what is there."""
    return [Program(folder, places) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]


