"""HTTP signatures of draft-cavage-http-signatures-12 as the Fediverse uses them: signing, with a
knob for every way to do it wrong, and strict verifying.

A request's headers are an ordered list of (name, value) pairs, because a duplicate is a case.
"""

import base64
import calendar
import hashlib
import time
from email.utils import formatdate, parsedate
from urllib.parse import urlsplit

from . import keys, raw

ACTIVITY_JSON = "application/activity+json"
POST_HEADERS = ("(request-target)", "host", "date", "digest", "content-type")
GET_HEADERS = ("(request-target)", "host", "date", "accept")
DATE_WINDOW_S = 3600
AUTO = object()


def http_date(at=None):
    """`at` in seconds since 1970 (default: now) as an HTTP date."""
    return formatdate(time.time() if at is None else at, usegmt=True)


def digest_of(body):
    return "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def signing_string(method, target, headers, names):
    """§2.3: the lines named by `names`; several fields of one name are joined by ', '."""
    lines = []
    for name in names:
        if name == "(request-target)":
            lines.append(f"(request-target): {method.lower()} {target}")
            continue
        values = [v for n, v in headers if n.lower() == name]
        if not values:
            raise ValueError(f"header {name} is signed but absent")
        lines.append(f"{name}: {', '.join(values)}")
    return "\n".join(lines).encode("latin-1")


def signature_header(method, url, headers, key, key_id, names, algorithm="rsa-sha256"):
    """The value of the Signature header over `headers` as they are."""
    data = signing_string(method, raw.target_of(url), headers, names)
    signature = base64.b64encode(key.sign(data)).decode()
    return (f'keyId="{key_id}",algorithm="{algorithm}",headers="{" ".join(names)}",'
            f'signature="{signature}"')


def signed_headers(method, url, key, key_id, body=b"", *, names=None, date=AUTO, digest=AUTO,
                   host=AUTO, content_type=ACTIVITY_JSON, algorithm="rsa-sha256", extra=()):
    """Headers of a signed request. With no options they are right; `names` says which are signed,
    `date` (seconds or text), `digest` (text) and `host` replace the true value, None leaves the
    header out. `extra` pairs are added, unsigned unless named."""
    post = method == "POST"
    headers = [("Host", urlsplit(url).netloc if host is AUTO else host)]
    if date is AUTO or isinstance(date, (int, float)):
        headers.append(("Date", http_date(None if date is AUTO else date)))
    elif date is not None:
        headers.append(("Date", date))
    if post:
        if digest is not None:
            headers.append(("Digest", digest_of(body) if digest is AUTO else digest))
        headers.append(("Content-Type", content_type))
        headers.append(("Content-Length", str(len(body))))
    else:
        headers.append(("Accept", ACTIVITY_JSON))
    headers.append(("User-Agent", "kith-test-peer/1"))
    headers += list(extra)
    if names is None:
        present = {n.lower() for n, _ in headers} | {"(request-target)"}
        names = [n for n in (POST_HEADERS if post else GET_HEADERS) if n in present]
    value = signature_header(method, url, headers, key, key_id, names, algorithm)
    return headers + [("Signature", value)]


def replaced(headers, name, value):
    """A copy with the header changed after signing; None removes it."""
    kept = [(n, v) for n, v in headers if n.lower() != name.lower()]
    return kept if value is None else kept + [(name, value)]


def parse_signature(value):
    """§4.1: the parameters of a Signature header."""
    parameters = {}
    for part in value.split(","):
        name, _, text = part.strip().partition("=")
        parameters[name] = text.strip('"')
    return parameters


def problem_with(method, target, headers, body, public_key_of, now=None, host=None):
    """None where a request is signed as a strict peer wants it, else what is wrong: one signature,
    right digest, fresh date, the needed headers covered, and the key of `public_key_of(key_id)`
    (a PEM text, or None where there is none). `host` is the name the receiver goes by."""
    def values(name):
        return [v for n, v in headers if n.lower() == name]

    if len(values("signature")) != 1:
        return f"{len(values('signature'))} Signature headers"
    parameters = parse_signature(values("signature")[0])
    names = parameters.get("headers", "date").split()
    needed = {"(request-target)", "host", "date"} | ({"digest"} if method == "POST" else set())
    if not needed <= set(names):
        return f"not signed: {sorted(needed - set(names))}"
    if host and values("host") != [host]:
        return f"Host is {values('host')}, not {host}"
    if method == "POST" and values("digest") != [digest_of(body)]:
        return "digest does not match the body"
    parsed = parsedate(values("date")[0])
    if not parsed:
        return "unreadable date"
    if abs(calendar.timegm(parsed) - (time.time() if now is None else now)) > DATE_WINDOW_S:
        return "date outside the window"
    pem = public_key_of(parameters.get("keyId", ""))
    if not pem:
        return f"no key {parameters.get('keyId')}"
    try:
        data = signing_string(method, target, headers, names)
        signature = base64.b64decode(parameters["signature"], validate=True)
    except (ValueError, KeyError) as error:
        return str(error)
    if not keys.verify(keys.load_public(pem), signature, data):
        return "the signature does not verify"
    return None
