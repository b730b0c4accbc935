"""Where messages begin and end, and what is refused for it (RFC 9112)."""
import gzip
import os

from front_harness import (CLOSE, HOST, MIB, accepted, answers_in, check, chunked, get, post,
                           refused, request, shared, status)


@shared
def headers_that_frame(server):
    cases = {
        "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n",
        "the same length twice": b"Content-Length: 5\r\nContent-Length: 5\r\n",
        "both framings": b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "negative": b"Content-Length: -5\r\n",
        "plus": b"Content-Length: +5\r\n",
        "list": b"Content-Length: 5, 5\r\n",
        "hex": b"Content-Length: 0x5\r\n",
        "empty": b"Content-Length: \r\n",
        "2^64": b"Content-Length: 18446744073709551616\r\n",
        "percent": b"Content-Length: %35\r\n",
        "encoding with percent": b"Transfer-Encoding: %63hunked\r\n",
        "encoding list": b"Transfer-Encoding: gzip, chunked\r\n",
        "encoding identity": b"Transfer-Encoding: identity\r\n",
        "encoding twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "space before colon": b"Content-Length : 5\r\n",
        "fold": b"X-A: b\r\n Content-Length: 5\r\n",
        "fold by tab": b"X-A: b\r\n\tc\r\n",
        "bare LF": b"X-A: b\nContent-Length: 5\r\n",
        "bare CR": b"X-A: b\rContent-Length: 5\r\n",
        "NUL": b"X-A: b\0c\r\n",
        "control character": b"X-A: \x01\r\n",
        "no colon": b"Content-Length\r\n",
        "no name": b": 5\r\n",
        "bad name": b"X(A): b\r\n",
        "two hosts": HOST,
    }
    for name, headers in cases.items():
        refused(server, 400, request(b"POST", b"/length", headers, b"hello"), name)
    for name, host in {"none": b"", "space": b"Host: a b\r\n", "slash": b"Host: a/b\r\n",
                       "user": b"Host: u@a\r\n", "empty": b"Host:\r\n",
                       "percent": b"Host: a%2eb\r\n"}.items():
        refused(server, 400, b"GET /hello HTTP/1.1\r\n" + host + b"\r\n", "host: " + name)


@shared
def request_lines(server):
    for want, line in ((505, b"GET /hello HTTP/2.0"), (400, b"GET /hello"), (400, b"GET  HTTP/1.1"),
                       (400, b"GET /a b HTTP/1.1"), (400, b"GET /a#b HTTP/1.1"),
                       (501, b"FOO / HTTP/1.1"), (501, b"get / HTTP/1.1"),
                       (501, b"CONNECT / HTTP/1.1"), (400, b"GET * HTTP/1.1"),
                       (400, b"GET hello HTTP/1.1"), (400, b"GET http://u@a/ HTTP/1.1"),
                       (400, b"GET http:///hello HTTP/1.1"), (400, b"GET ftp://a/ HTTP/1.1"),
                       (400, b"GET /hello http/1.1"), (400, b"\r\n")):
        refused(server, want, line + b"\r\n" + HOST + b"\r\n", line)
    refused(server, 400, b"GET /hello HTTP/1.1\n" + HOST + b"\n\n", "only LF")
    refused(server, 400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100, "TLS")


@shared
def sizes_and_expectations(server):
    refused(server, 413, request(b"POST", b"/length", b"Content-Length: 99999999999\r\n"), "huge")
    refused(server, 417, request(b"POST", b"/length", b"Expect: x\r\n"), "expectation")
    refused(server, 415, request(b"POST", b"/length", b"Content-Encoding: br\r\n"), "brotli")
    refused(server, 415, post(b"/raw", gzip.compress(b"x"), b"Content-Encoding: gzip\r\n"),
            "a compressed body where none may be")
    refused(server, 400, b"POST /length HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "chunks in HTTP/1.0")
    refused(server, 414, get(b"/" + b"a" * 100_000), "long path")
    refused(server, 431, get(b"/hello", b"X-A: " + b"b" * MIB + b"\r\n"), "1 MiB of header")
    refused(server, 431, get(b"/hello", b"A: b\r\n" * 101), "101 headers")
    check(status(server.ask(get(b"/echo/" + b"a" * 15_000, CLOSE))) == 200, "a path that fits")


@shared
def bodies(server):
    for size in (65_536, 65_537, 262_144, 262_145, MIB):
        accepted(server, post(b"/length", b"x" * size, CLOSE), b"%d" % size)
    refused(server, 413, post(b"/length", b"x" * (MIB + 1)), "one byte too many")
    raw = os.urandom(300_000)
    accepted(server, post(b"/raw", raw, CLOSE), raw)
    accepted(server, chunked(b"/raw", [raw[:1000], raw[1000:]], headers=CLOSE), raw)


@shared
def multipart_bodies(server):
    kind = b"Content-Type: multipart/form-data; boundary=B\r\n"
    form = (b"--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
            b"Content-Type: image/png\r\n\r\n" + os.urandom(5 * MIB) +
            b"\r\n--B\r\nContent-Disposition: form-data; name=\"d\"\r\n\r\nhello\r\n--B--\r\n")
    length = b"%d" % (5 * MIB + 5)
    accepted(server, post(b"/upload", form, CLOSE + kind), length)
    blocks = [form[i:i + 70_001] for i in range(0, len(form), 70_001)]
    accepted(server, chunked(b"/upload", blocks, headers=CLOSE + kind), length)
    refused(server, 413, post(b"/length", form, kind), "a form beyond the limit")
    for name, body, headers in (("cut off", form[:-20], kind),
                                ("no boundary", b"x", b"Content-Type: multipart/form-data; a=b\r\n"),
                                ("long line", b"--B\r\nContent-Disposition: " + b"a" * MIB, kind)):
        check(status(server.ask(post(b"/upload", body, CLOSE + headers))) == 400, name)


@shared
def compressed_bodies(server):
    headers = CLOSE + b"Content-Encoding: gzip\r\n"
    accepted(server, post(b"/length", gzip.compress(b"a" * 1000), headers), b"1000")
    accepted(server, chunked(b"/length", [gzip.compress(b"a" * 5000)], headers=headers), b"5000")
    bomb = gzip.compress(b"\0" * (64 * MIB))
    check(status(server.ask(post(b"/length", bomb, headers))) == 413, "a bomb")
    check(status(server.ask(post(b"/length", b"garbage", headers))) == 400)


@shared
def chunked_bodies(server):
    accepted(server, chunked(b"/length", [b"a"] * 3000, headers=CLOSE), b"3000")
    for end, want in ((b"0\r\n\r\n", b"0"), (b"5;a=b\r\nhello\r\n0;x\r\n\r\n", b"5"),
                      (b"2\r\nab\r\n0\r\nX: y\r\nZ: a\r\n\r\n", b"2")):
        accepted(server, chunked(b"/length", [], end, CLOSE), want)
    for end in (b" 5\r\nhello\r\n0\r\n\r\n", b"0x5\r\nhello\r\n0\r\n\r\n", b"-1\r\nhello\r\n0\r\n\r\n",
                b"+5\r\nhello\r\n0\r\n\r\n", b"5\nhello\r\n0\r\n\r\n", b"5\r\nhelloXX0\r\n\r\n",
                b"\r\n", b"ffffffffffffffffff\r\n", b"5\r\r\nhello\r\n0\r\n\r\n",
                b"5 \r\nhello\r\n0\r\n\r\n", b"0\r\nX y\r\n\r\n", b"0\r\nX: y\n\r\n",
                b"0\r\n X: y\r\n\r\n", b"0\r\n" + b"X: yyyyyyyy\r\n" * 500):
        refused(server, 400, chunked(b"/length", [], end), end[:30])


@shared
def answers_that_stream(server):
    data = server.ask(get(b"/stream/40", CLOSE))
    check(data.endswith(b"0\r\n\r\n") and len(data) > 40 * 65_536, len(data))
    data = server.ask(get(b"/stream/-1"))
    check(not data.endswith(b"0\r\n\r\n"), "a failed answer looks whole", data)


@shared
def nothing_of_the_head_is_decoded(server):
    accepted(server, get(b"/header", CLOSE + b"X-Test: a%0d%0ab+c\r\n"), b"a%0d%0ab+c")
    ranges = b"Range: bytes=" + b",".join([b"0-"] * 1500) + b"\r\nAccept-Encoding: br\r\n"
    data = server.ask(get(b"/page", CLOSE + ranges))
    check(status(data) == 200 and b"Content-Encoding" not in data and len(data) < 50_000, len(data))


@shared
def early_answer_leaves_no_request(server):
    evil = get(b"/hello")
    for size in (len(evil), 70_000, 900_000):
        body = (evil * (size // len(evil) + 1))[:size]
        head = request(b"POST", b"/early", b"Content-Length: %d\r\n" % size)
        data = server.ask(head, body, get(b"/echo/next", CLOSE), pause=0.05)
        check(status(data) == 401 and b"world" not in data and data.endswith(b"next"), size, data)
    data = server.ask(request(b"POST", b"/early", b"Content-Length: 3000000\r\n"), evil * 60_000,
                      pause=0.05)
    check(status(data) == 413 and answers_in(data) == 1, data)
    framings = ((b"Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(evil), evil)),
                (b"Content-Length: %d\r\n" % len(evil), evil))
    for method, path in ((b"POST", b"/early"), (b"GET", b"/echo/one")):
        for framing, body in framings:
            data = server.ask(request(method, path, framing), body, get(b"/echo/two", CLOSE),
                              pause=0.05)
            check(answers_in(data) == 2 and b"world" not in data and data.endswith(b"two"), data)
    data = server.ask(post(b"/throw", evil * 3000) + get(b"/echo/two", CLOSE))
    check(status(data) == 500 and answers_in(data) == 2 and data.endswith(b"two"), data)
