"""Checklist line 31: HTML is read without backtracking: texts that make careless readers take for ever
are applied at once, and what they say comes through."""

import time

from framework import check
from framework.case import run
from framework.evil import Scene, marker

SECONDS_MAX = 10
SIZE = 200_000


def setup():
    global scene
    scene = Scene()


def _applied(content, what):
    word = marker()
    start = time.monotonic()
    note = scene.note(scene.eve, word)
    note["content"] = f"<p>{word}</p>{content}"
    status = scene.applied(scene.eve, scene.eve.create(note), word)
    check.at_most(time.monotonic() - start, SECONDS_MAX, f"seconds for {what}")
    return status["content"]


def test_texts_that_make_others_backtrack():
    texts = {
        "open angles": "<" * SIZE,
        "unclosed tags": "<a " * (SIZE // 3),
        "unclosed attributes": '<a href="' + "x" * SIZE,
        "attribute names": "<a " + "a=b " * (SIZE // 4) + ">",
        "comments that do not end": "<!--" * (SIZE // 4),
        "ampersands": "&" * SIZE,
        "entities that do not end": "&lt" * (SIZE // 3),
        "spaces before an end": "<p>" + " " * SIZE,
        "dots of a URL": "http://" + "a." * (SIZE // 2),
        "mentions": "@a" * (SIZE // 2),
        "hashes": "#" * SIZE,
    }
    for what, text in texts.items():
        _applied(text, what)


def test_deep_nesting_does_not_recurse():
    content = _applied("<blockquote>" * 20_000 + "deep" + "</blockquote>" * 20_000, "20,000 levels")
    check.contains(content, "deep", "the text within")
    check.true(content.count("<blockquote>") < 100, "a bounded depth is shown")


if __name__ == "__main__":
    run(globals())
