"""Checklist lines 35 and 36: every text of a stranger is cleaned by an allow-list, and only http and https
lead anywhere: in posts, warnings, titles, poll options, names and profiles, by API and on pages."""

import re

from framework import ap, check
from framework.case import run
from framework.evil import Scene, marker

ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">l</a>', '<a href="JaVa&#115;cript:alert(1)">l</a>',
    '<a href="data:text/html,<script>alert(1)</script>">l</a>', '<iframe src="//evil.example"></iframe>',
    '<p style="background:url(javascript:alert(1))">s</p>', "<math><mtext><table><mglyph><style><img>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "</textarea><script>alert(1)</script>",
    '<form action="https://evil.example"><input name=password></form>', "<base href='//evil.example/'>",
    '<meta http-equiv="refresh" content="0;url=//evil.example">', "<a href='vbscript:x'>l</a>",
    '<object data="//evil.example/x.swf"></object>', "<title></title><script>alert(1)</script>",
)
FORBIDDEN = re.compile(
    r"<(script|iframe|svg|math|object|embed|form|input|base|meta|style|link|template)\b"
    r"|<[^>]+\son\w+\s*=|<[^>]+\sstyle\s*="
    r"|(href|src|action)\s*=\s*[\"']?\s*(javascript|data|vbscript):", re.IGNORECASE)


def setup():
    global scene
    scene = Scene()


def _clean(html, what):
    found = FORBIDDEN.search(html)
    check.true(not found, f"{what} is clean: {found and html[max(0, found.start() - 60):found.end() + 60]}")


def _page(path):
    _, _, response = ap.get(scene.node.base + path, "text/html")
    check.equal(response.status, 200, path)
    head, _, body = response.body.decode().partition("<body")
    title = re.search(r"<title>(.*?)</title>", head, re.DOTALL)
    described = re.findall(r'<meta [^>]*content="([^"]*)"', head)
    return "".join([title.group(1), *described, body])


def test_a_post_keeps_what_is_harmless():
    note = scene.note(scene.eve, word := marker())
    note["content"] = (f'<p>{word} <strong>bold</strong> <a href="https://a.example/x">link</a></p>'
                       "<ul><li>one</li></ul>")
    status = scene.applied(scene.eve, scene.eve.create(note), word)
    for part in ("<strong>bold</strong>", 'href="https://a.example/x"', "<li>one</li>", "nofollow"):
        check.contains(status["content"], part, "what is harmless")


def test_posts_in_all_their_texts():
    word = marker()
    attack = "".join(ATTACKS)
    note = scene.note(scene.eve, word, name=attack, summary=attack, sensitive=True)
    note.update(content=f"<p>{word}</p>{attack}", type="Question",
                oneOf=[{"type": "Note", "name": a, "replies": {"type": "Collection", "totalItems": 0}}
                       for a in (attack, "fine")],
                attachment=[{"type": "Image", "mediaType": "image/png", "name": attack,
                             "url": f"https://a.example/{n}.png"} for n in range(2)]
                + [{"type": "Image", "mediaType": "image/png", "url": "javascript:alert(1)"}])
    note["tag"].append({"type": "Hashtag", "name": "#<script>alert(1)</script>", "href": "javascript:x"})
    status = scene.applied(scene.eve, scene.eve.create(note), word)
    _clean(status["content"], "the content")
    check.contains(status["content"], word, "the text is still there")
    for url in [m["url"] for m in status["media_attachments"]] + [status["url"]]:
        check.true(url.startswith(("https://", "http://")), f"{url} is a link that may be followed")
    _clean(_page(f"/post/{status['id']}"), "the post's page")


def test_profiles_in_all_their_texts():
    attack = "".join(ATTACKS)
    mallory = scene.evil.actor("mallory2", summary=attack, attachment=[
        {"type": "PropertyValue", "name": attack, "value": attack}])
    scene.evil.publish(mallory.document(
        name=attack, summary=attack, url="javascript:alert(1)",
        icon={"type": "Image", "url": "javascript:alert(1)"}, attachment=[
            {"type": "PropertyValue", "name": attack, "value": attack}]))
    scene.introduce(mallory)
    account = scene.alice.find_account(mallory.handle)
    _clean(account["note"], "the profile's text")
    for field in account["fields"]:
        _clean(field["value"], "a field's value")
    for key in ("url", "avatar", "header"):
        check.true(account[key].startswith(("https://", "http://")), f"{key}: {account[key]}")
    status = scene.introduce(mallory)[0]
    _clean(_page(f"/post/{status['id']}"), "a page with the profile's name")


def test_what_local_people_type_is_cleaned_too():
    for kind in ("text/plain", "text/markdown"):
        for attack in (*ATTACKS, "[l](javascript:alert(1))", "![i](javascript:alert(1))", "<javascript:alert(1)>"):
            status = scene.alice.status(f"x {attack}", content_type=kind)
            _clean(status["content"], f"{kind} of ours: {attack}")
    status = scene.alice.status("".join(ATTACKS), spoiler_text="".join(ATTACKS)[:500])
    _clean(_page(f"/post/{status['id']}"), "the page of a post of ours")
    scene.alice.patch("/api/v1/accounts/update_credentials",
                      {"note": "".join(ATTACKS)[:900], "display_name": ATTACKS[0]})
    _clean(_page("/@alice"), "a profile's page")


if __name__ == "__main__":
    run(globals())
