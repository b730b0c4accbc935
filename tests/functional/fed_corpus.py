"""Activities in the shapes of fourteen programs (tests/data/corpus) reach a node, each from a host of
its own: all pass the door, and every post shows a member what its author wrote: text, title,
warning, media with their descriptions, tags, poll, when and where, language, who may see it."""

import html
import re

from framework import ap, check, corpus
from framework.case import run
from framework.node import Node

# Programs write a preview of the text there, which says nothing more.
PREVIEWED = ("Page", "Article", "Event", "Video")


def setup():
    global node, alice, programs
    node = Node().start()
    alice = node.add_user("alice")
    node.add_user("bob")
    node.add_group("garden", "alice")
    post = alice.status("what the others answer")
    places = {"https://kith.example/u/alice": node.person_id("alice"),
              "https://kith.example/u/bob": node.person_id("bob"),
              "https://kith.example/c/garden": node.group_id("garden"),
              "https://kith.example/post/1": post["uri"], "https://kith.example": node.base}
    programs = corpus.programs(places)


def words(text):
    """The words that a reader of this HTML sees."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", text or "", flags=re.DOTALL)
    return re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>", " ", text)))


class Shown:
    """A status, and what its author wrote: collects what is missing."""

    def __init__(self, post, status):
        self.post, self.status, self.missing = post, status, []

    def want(self, what, holds):
        if not holds:
            self.missing.append(what)

    def text(self, what, text, where):
        there = set(words(where))
        lost = [word for word in words(text) if word not in there]
        self.want(f"{what}: {' '.join(lost)}", not lost)

    def content(self):
        post = self.post
        written = post.get("content") or next(iter((post.get("contentMap") or {}).values()), "")
        if post.get("mediaType", "").startswith("text/markdown"):
            written = re.sub(r"\(https?://[^)]*\)", " ", written)
        written = re.sub(r'<span class="quote-inline">.*?</span>', "", written, flags=re.DOTALL)
        self.text("content", written, self.status["content"])
        titled = post.get("name") or next(iter((post.get("nameMap") or {}).values()), "")
        self.text("name", titled, self.status["content"])
        if post["type"] not in PREVIEWED:
            self.text("summary", post.get("summary"), self.status["spoiler_text"])

    def media(self):
        shown = self.status["media_attachments"]
        urls = [m["url"] for m in shown] + [m["remote_url"] or "" for m in shown]
        for each in ap.as_list(self.post.get("attachment")):
            links = ap.as_list(each.get("url") or each.get("href"))
            there = [link if isinstance(link, str) else link.get("href") for link in links]
            self.want(f"attachment {there}",
                      any(u in urls or html.escape(u) in self.status["content"] for u in there))
            described = each.get("summary") or each.get("name")
            if described and each.get("type") != "Link":
                self.want(f"description {described}",
                          any((m["description"] or "") == described for m in shown))
            if each.get("blurhash"):
                self.want("blurhash", any(m["blurhash"] == each["blurhash"] for m in shown))
            if each.get("width"):
                self.want("width", any(m["meta"].get("original", {}).get("width") == int(each["width"])
                                       for m in shown))

    def tags(self):
        names = [t["name"].casefold() for t in self.status["tags"]]
        for tag in ap.as_list(self.post.get("tag")):
            if tag.get("type") == "Hashtag":
                self.want(f"hashtag {tag['name']}", tag["name"].lstrip("#").casefold() in names)
            if tag.get("type") == "Mention" and tag.get("href") == node.person_id("alice"):
                self.want("mention of alice",
                          any(m["username"] == "alice" for m in self.status["mentions"]))

    def poll(self):
        options = ap.as_list(self.post.get("oneOf")) or ap.as_list(self.post.get("anyOf"))
        if not options:
            return
        shown = self.status["poll"] or {"options": []}
        self.want("options", [o["title"] for o in shown["options"]] == [o["name"] for o in options])
        self.want("votes", [o["votes_count"] for o in shown["options"]]
                  == [int(float(o.get("replies", {}).get("totalItems", 0))) for o in options])
        self.want("several choices", shown.get("multiple") == bool(self.post.get("anyOf")))

    def occasion(self):
        for name in ("startTime", "endTime"):
            if self.post["type"] == "Event" and self.post.get(name):
                self.want(name, self.post[name][11:16] in self.status["content"])
        for place in ap.as_list(self.post.get("location")) if self.post["type"] == "Event" else []:
            self.text("place", place.get("name"), self.status["content"])
            address = place.get("address")
            parts = address.values() if isinstance(address, dict) else [address or ""]
            for part in parts:
                if part not in (None, "PostalAddress", place.get("id")):
                    self.text("address", str(part), self.status["content"])

    def facts(self):
        post, status = self.post, self.status
        audience = [ap.as_list(post.get("to")), ap.as_list(post.get("cc"))]
        named = [any(str(i) in (ap.PUBLIC, "as:Public", "Public") for i in ids) for ids in audience]
        expected = ("public",) if named[0] else ("unlisted", "public") if named[1] \
            else ("private", "direct")
        self.want(f"visibility {status['visibility']}", status["visibility"] in expected)
        if post.get("published"):
            self.want(f"published {status['created_at']}", status["created_at"][:10] in
                      (post["published"][:10],) or "+" in post["published"])
        if post.get("sensitive") in (True, "true"):
            self.want("sensitive", status["sensitive"])
        languages = post.get("contentMap") or {}
        if len(languages) == 1:
            self.want(f"language {status['language']}", status["language"] in languages)

    def check(self):
        for part in (self.content, self.media, self.tags, self.poll, self.occasion, self.facts):
            part()
        return self.missing


def test_every_activity_passes_the_door_and_every_post_is_shown_whole():
    problems, posts, activities = [], 0, 0
    for program in programs:
        authors = {ap.id_of(case.activity["actor"]) for case in program.cases if case.post}
        for author in authors:
            alice.follow_accepted(author)
        for case in program.cases:
            activities += 1
            answer = program.send(case, node.inbox)
            if answer.status != 202:
                problems.append(f"{case.name}: {answer}")
            elif case.post and case.post.get("content", case.post.get("contentMap")):
                posts += 1
                problems += _problems_of(case)
    print(f"{activities} activities of {len(programs)} programs, {posts} posts")
    check.equal(problems, [], "what is not as its author wrote it")
    check.true(activities >= 120 and len(programs) >= 12, "the corpus is whole")


def _problems_of(case):
    state = check.eventually(lambda: node.inbox_state(case.activity) in ("applied", "refused")
                             and node.inbox_state(case.activity), 30, f"{case.name} is judged")
    if state != "applied":
        return [f"{case.name} was refused: {_reason(case)}"]
    found = alice.search(case.post["id"], "statuses", resolve=False)
    if not found:
        return [f"{case.name} is not there"]
    return [f"{case.name}: {lost}" for lost in Shown(case.post, found[0]).check()]


def _reason(case):
    return node.sql("SELECT phase, reason FROM refusal WHERE activity_ap_id = ?", case.activity["id"])


if __name__ == "__main__":
    run(globals())
