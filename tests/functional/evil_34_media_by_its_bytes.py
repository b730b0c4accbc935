"""Checklist line 34: what a picture is its first bytes say, not what it is called; it is decoded in a process of
its own with bounds, and not at all where it claims more pixels than those."""

import time

from framework import check
from framework.case import run
from framework.node import Node
from framework.pictures import huge_png, png


def setup():
    global node, alice
    node = Node().start()
    alice = node.add_user("alice")


def _status(data):
    return alice.upload("POST", "/api/v2/media", {"file": data}).status


def test_what_only_claims_to_be_a_picture():
    check.equal(_status(png(30, 20)), 200, "a picture, though it is called .bin")
    files = node.count("media_file")
    for what, data in (("a page", b"<html><script>alert(1)</script>"), ("an SVG", b"<svg onload='alert(1)'/>"),
                       ("an XML entity", b"<?xml version='1.0'?><!DOCTYPE s [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                        b"<svg>&x;</svg>"), ("a script for ImageMagick", b"push graphic-context\nimage over 0,0 0,0"),
                       ("a PDF", b"%PDF-1.7\n"), ("PostScript", b"%!PS-Adobe-3.0\n"), ("a TIFF", b"II*\0" + b"\0" * 64),
                       ("a head and a page", b"GIF89a<script>alert(1)</script>"),
                       ("a ftyp of something else", b"\0\0\0\x18ftypmp42" + b"\0" * 64)):
        check.equal(_status(data), 422, what)
    check.equal(node.count("media_file"), files, "nothing of it is kept")


def test_what_would_fill_the_memory_is_not_decoded():
    for width, height in ((100_000, 100_000), (2 ** 31 - 1, 1), (33_177_600, 2)):
        began = time.monotonic()
        check.equal(_status(huge_png(width, height)), 422, f"{width}x{height}")
        check.true(time.monotonic() - began < 20, "within the tool's time")
    check.equal(_status(png(30, 20)), 200, "and the next picture is taken")


if __name__ == "__main__":
    run(globals())
