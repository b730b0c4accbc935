"""What the pages for everybody say, to people and to programs that show a link to them: headings, counts, times,
covers, custom emoji, hashtags, what a group says of itself."""

import re
import tempfile
from html import unescape
from pathlib import Path

from framework import ap, check
from framework.case import run
from framework.node import Node
from framework.pictures import png

HTML = "text/html"
KITH = "/api/kith/v1"


def setup():
    global node, ann, bob, group
    node = Node(config={"registration.mode": "open"}).start()
    ann, bob = node.add_user("ann"), node.add_user("bob")
    node.add_group("garden", "ann", "The garden")
    group = ann.find_account("garden")["id"]


def _page(path, status=200):
    answered, _, response = ap.get(node.base + path, HTML)
    check.equal(answered, status, path)
    return response.body.decode()


def _path(url):
    return url[len(node.base):]


def _meta(page):
    """{"og:title": …, "description": …, "canonical": …} of a page's head."""
    head = page.split("</head>")[0]
    found = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', head))
    found.update(re.findall(r'<link rel="(canonical)" href="([^"]*)"', head))
    found["title"] = re.search(r"<title>(.*?)</title>", head, re.S).group(1)
    return {name: unescape(value) for name, value in found.items()}


def _article(page, status):
    return page.split(f'id="post-{status["id"]}"')[1].split("</article>")[0]


def _picture(client, **more):
    form = {"description": more["description"]} if "description" in more else {}
    return client.upload("POST", "/api/v2/media", {"file": png(40, 20)}, form).expect(200, 202).json["id"]


def test_a_warning_is_all_that_a_link_shows():
    post = ann.status("the gardener did it", spoiler_text="the end of a film")
    page = _page(_path(post["url"]))
    head = page.split("</head>")[0]
    check.contains(head, "the end of a film", "the warning")
    check.true("gardener did it" not in head, "no word of what is behind it")


def test_sensitive_media_is_covered():
    open_one = ann.status("see", media_ids=[_picture(ann, description="a rose")])
    covered = ann.status("see this", sensitive=True, media_ids=[_picture(ann, description="a slug")])
    for post, is_covered in ((open_one, False), (covered, True)):
        url = post["media_attachments"][0]["url"]
        for path in (_path(post["url"]), "/@ann"):
            article = _article(_page(path), post)
            check.equal("<details" in article.split("<img src=\"" + url)[0], is_covered, f"{path}: the picture is behind a cover")
        check.equal(url in _page(_path(post["url"])).split("</head>")[0], not is_covered, "as the picture of a link")
    check.contains(_article(_page("/@ann"), covered), "see this", "the text is open")


def test_totals_of_a_poll_that_hides_them():
    poll = {"options": ["peas", "beans"], "expires_in": 3600}
    post, other = (ann.request("POST", "/api/v1/statuses", body={"status": "Which?", "poll": p}).expect(200).json
                   for p in ({**poll, "hide_totals": True}, poll))
    bob.post(f"/api/v1/polls/{post['poll']['id']}/votes", {"choices": [1]})
    bob.post(f"/api/v1/polls/{other['poll']['id']}/votes", {"choices": [1]})
    hidden, shown = (_article(_page(_path(p["url"])), p) for p in (post, other))
    check.equal(("1 vote" in hidden, "1 person" in hidden), (False, False), "nothing of the count")
    check.equal(("1 vote<" in shown, "0 votes" in shown, "1 person voted" in shown), (True, True, True), "the count")
    check.true(re.search(r"Ends \d{4}-\d\d-\d\d \d\d:\d\d UTC", shown), "until when")


def test_hashtags_lead_to_a_page():
    post = bob.status("much to eat #Erbsen")
    hidden = bob.status("for friends #Erbsen", visibility="private")
    link = re.search(r'href="([^"]*/tags/[^"]*)"', _article(_page(_path(post["url"])), post)).group(1)
    page = _page(_path(link))
    check.contains(page, "much to eat", "what has the hashtag")
    check.true("for friends" not in page and hidden["id"] not in page, "what is not for everybody")
    check.contains(_page("/tags/nothing"), "Nothing to see here yet", "one that nobody used")
    for i in range(20):
        bob.status(f"pea {i} #erbsen")
    older = re.search(r'rel="next" href="([^"]*)"', _page("/tags/erbsen")).group(1)
    check.contains(_page("/tags/erbsen" + older), "much to eat", "the page after it")


def test_custom_emoji_are_shown():
    file = Path(tempfile.mkdtemp(prefix="kith-emoji-")) / "leaf.png"
    file.write_bytes(png(16, 16))
    node.cli("emoji", "add", "leaf", str(file))
    url = node.client().get("/api/v1/custom_emojis")[0]["url"]
    bob.patch("/api/v1/accounts/update_credentials", {"display_name": "Bob :leaf: <b>", "note": "grows :leaf:"})
    post = bob.status('a :leaf: and :nothing: and <"> https://x.example/:leaf:/', spoiler_text="of :leaf:")
    picture = f'<img class="emoji" src="{url}" alt=":leaf:" title=":leaf:">'
    article = _article(_page(_path(post["url"])), post)
    for words in (f"<strong>Bob {picture} &lt;b&gt;</strong>", f">of {picture}</summary>", f"a {picture} and :nothing: and &lt;&quot;&gt;",
                  'href="https://x.example/:leaf:/"'):
        check.contains(article, words, "the post")
    profile = _page("/@bob")
    check.contains(profile, f"<h1>Bob {picture} &lt;b&gt;</h1>", "the profile")
    check.contains(profile, f"grows {picture}", "the profile")
    bob.patch("/api/v1/accounts/update_credentials", {"display_name": "Bob", "note": ""})


def test_what_a_post_quotes():
    plain, warned = ann.status("the words of ann"), ann.status("behind it", spoiler_text="careful")
    for quoted, words in ((plain, "the words of ann"), (warned, "careful")):
        post = bob.status("see what ann says", quoted_status_id=quoted["id"])
        article = _article(_page(_path(post["url"])), post)
        quote = article.split("<blockquote")[1].split("</blockquote>")[0]
        check.equal((words in quote, f'href="{quoted["url"]}"' in quote, "behind it" in article), (True, True, False), "who said it, how it begins, and where")
    ann.delete(f"/api/v1/statuses/{plain['id']}")
    check.true("words of ann" not in _page("/@bob"), "what is no more is not quoted")


def test_what_programs_read_in_the_head():
    text = "first line\n\nsecond " + "very " * 80
    post = ann.status(text)
    meta = _meta(_page(_path(post["url"])))
    check.equal(meta["canonical"], post["url"], "the page of a post")
    check.equal((meta["og:url"], meta["og:type"], meta["og:site_name"]), (post["url"], "article", _meta(_page("/"))["og:title"]), "Open Graph")
    check.true(meta["description"].startswith("first line second very") and meta["description"].endswith("…"), "one line, cut")
    check.true(meta["title"].startswith("ann: first line"), "who says it")
    for path, canonical, document in (("/@ann", f"{node.base}/@ann", node.person_id("ann")), ("/c/garden", node.group_id("garden"), node.group_id("garden"))):
        page = _page(path)
        check.equal(_meta(page)["canonical"], canonical, path)
        check.contains(page, f'<link rel="alternate" type="application/activity+json" href="{document}">', path)
        check.true(_meta(page)["og:image"].startswith(node.base), "a picture")
    check.equal(_meta(_page("/"))["canonical"], node.base + "/", "the front page")
    icon = re.search(r'<link rel="icon"[^>]* href="([^"]*)"', _page("/")).group(1)
    check.equal(node.client().request("GET", icon).expect(200).header("Content-Type"), "image/svg+xml", "its icon")


def test_counts_times_and_headings():
    root = bob.status("@garden Which soil?\n\nMine is clay.", language="de")
    first = ann.status("sand", in_reply_to_id=root["id"])
    second = bob.status("how much", in_reply_to_id=first["id"])
    other = ann.status("loam", in_reply_to_id=root["id"])
    ann.post(f"/api/v1/statuses/{root['id']}/favourite")
    page = _page(_path(root["url"]))
    check.equal(len(re.findall("<h1", page)), 1, "one first heading")
    check.contains(page, '<html lang="en">', "the words of the page are English, whatever the post's are")
    article = _article(page, root)
    check.equal(("2 replies" in article, "1 like " in article, "0 boosts" in article), (True, True, True), "counts")
    check.contains(_article(page, first), "1 reply ", "one")
    check.true(re.search(r"<time [^>]*>\d{4}-\d\d-\d\d \d\d:\d\d UTC</time>", article), "when, and in which zone")
    check.equal(article.count("Which soil?"), 1, "a title that the text begins with, after the group's name, is not said twice")
    for post, depth in ((first, 1), (second, 2), (other, 1)):
        check.true(re.search(rf'class="post reply depth-{depth}" id="post-{post["id"]}"', page), f"{depth} deep")
    check.contains(_page("/communities"), "1 member<", "the directory")
    check.true("1 members" not in _page("/communities") + _page("/") + _page("/c/garden"), "nowhere")


def test_a_group_says_what_holds_in_it():
    ann.post(f"{KITH}/groups/{group}/rules", {"text": "No *slugs* <b>"})
    page = _page("/c/garden")
    check.contains(page, "<p>No <em>slugs</em> &lt;b&gt;</p>", "its rules")
    check.true("archived" not in page, "it is in use")
    ann.request("PATCH", f"{KITH}/groups/{group}", {"archived": "true"}).expect(200)
    check.true(re.search(r"archived since \d{4}-\d\d-\d\d", _page("/c/garden")), "that nobody writes there any more")
    ann.request("PATCH", f"{KITH}/groups/{group}", {"archived": "false"}).expect(200)
    log = re.search(r'href="([^"]*/moderation)"', page)
    check.true(log, "a way to its open log")
    ann.request("POST", f"{KITH}/groups/{group}/moderation",
                {"kind": "ban", "account_id": node.sql("SELECT id FROM actor WHERE username = 'bob'")[0]["id"], "reason": "noise", "expires_in": 3600}).expect(200)
    check.true(re.search(r"until \d{4}-\d\d-\d\d \d\d:\d\d UTC", _page(_path(log.group(1)))), "the end of a time-out to the minute")


def test_a_search_among_groups_keeps_the_topic():
    page = _page("/communities?topic=soil&sort=new")
    hidden = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page))
    check.equal(hidden, {"topic": "soil", "sort": "new"}, "what was chosen")


def test_how_to_get_in():
    check.contains(_page("/"), 'href="/auth/sign_up"', "who may make an account is told where")
    for path in ("/", "/c/garden", "/@ann", "/nothing"):
        page = _page(path, 404 if path == "/nothing" else 200)
        check.true('href="/communities"' in page and 'href="/settings/security"' in page, f"{path}: the ways on")


if __name__ == "__main__":
    run(globals())
