"""HTTP message signatures (RFC 9421) as the Fediverse uses them, with a knob for every way to do it wrong."""

import base64
import hashlib
import time
from urllib.parse import urlsplit

from . import raw
from .sign import ACTIVITY_JSON, http_date

COMPONENTS = ("@method", "@target-uri", "content-digest")


def content_digest_of(body):
    """RFC 9530."""
    return "sha-256=:" + base64.b64encode(hashlib.sha256(body).digest()).decode() + ":"


def _value_of(component, method, url, headers):
    parts = urlsplit(url)
    derived = {"@method": method, "@target-uri": url, "@authority": parts.netloc, "@scheme": parts.scheme,
               "@path": parts.path, "@request-target": raw.target_of(url)}
    if component.startswith("@"):
        return derived[component]
    return ", ".join(v for n, v in headers if n.lower() == component)


def signature_base(method, url, headers, components, parameters):
    """Section 2.5."""
    lines = [f'"{c}": {_value_of(c, method, url, headers)}' for c in components]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode("latin-1")


def signed_headers(actor, url, body, *, components=COMPONENTS, created=None, digest=None, algorithm="rsa-v1_5-sha256",
                   signed_url=None, label="sig1", key_id=None, extra_parameters=""):
    """Headers of a signed POST by an ap.Actor. With no options they are right. `created` is in seconds, False
    leaves it out; `signed_url` is what the signature says the target was."""
    headers = [("Host", urlsplit(url).netloc), ("Date", http_date()), ("Content-Type", ACTIVITY_JSON),
               ("Content-Length", str(len(body))), ("User-Agent", "kith-test-peer/1"),
               ("Content-Digest", content_digest_of(body) if digest is None else digest)]
    parameters = "(" + " ".join(f'"{c}"' for c in components) + ")"
    if created is not False:
        parameters += f";created={int(time.time() if created is None else created)}"
    parameters += f';keyid="{key_id or actor.key_id}"'
    if algorithm:
        parameters += f';alg="{algorithm}"'
    parameters += extra_parameters
    base = signature_base("POST", signed_url or url, headers, components, parameters)
    signature = base64.b64encode(actor.key.sign(base)).decode()
    return headers + [("Signature-Input", f"{label}={parameters}"), ("Signature", f"{label}=:{signature}:")]
