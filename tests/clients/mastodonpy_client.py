"""What the tests of Mastodon.py share: its users' way in, what it is to refuse, and the half of Web Push that
Debian does not have for it."""
import json
import sys
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "functional"))

from cryptography.hazmat.primitives import serialization  # noqa: E402
from mastodon import Mastodon, push  # noqa: E402

from framework import check  # noqa: E402
from framework.browser import Browser  # noqa: E402
from framework.node import PASSWORD  # noqa: E402
from framework.push import Subscriber, b64  # noqa: E402

SCOPES = ["read", "write", "follow", "push"]
ADMIN_SCOPES = ["read", "write", "admin:read", "admin:write"]


def nobody(node, scopes=SCOPES):
    """The library with an application of its own, and no user."""
    client_id, secret = Mastodon.create_app("test", api_base_url=node.url, scopes=scopes)
    return Mastodon(client_id=client_id, client_secret=secret, api_base_url=node.url)


def signed_in(node, name, scopes=SCOPES):
    """The library after `log_in` by code, with the browser's part done by the test."""
    client = nobody(node, scopes)
    url = urlsplit(client.auth_request_url(scopes=scopes))
    code = Browser(node).code_on_page(f"{url.path}?{url.query}", name, PASSWORD)
    client.log_in(code=code, scopes=scopes)
    return client


def refused(kind, function, *arguments, **more):
    """Expects this error of the library, and returns it."""
    try:
        got = function(*arguments, **more)
    except kind as error:
        return error
    check.fail(f"{function.__name__}{arguments}: expected {kind.__name__}, got {got!r}")


def ids(entries):
    return [entry["id"] for entry in entries]


def names(accounts):
    return [account["acct"] for account in accounts]


def contents(statuses):
    return [status["content"] for status in statuses]


class _Ece:
    """http_ece, which Debian does not have, as far as the library asks it."""

    @staticmethod
    def decrypt(data, salt, key, private_key, dh, auth_secret, keylabel, version):
        check.equal((version, keylabel, len(key)), ("aesgcm", "P-256", 65), "what the library makes of the headers")
        reader = Subscriber.__new__(Subscriber)
        reader.key, reader.auth = private_key, auth_secret
        reader.point = private_key.public_key().public_bytes(serialization.Encoding.X962,
                                                             serialization.PublicFormat.UncompressedPoint)
        headers = {"content-encoding": version, "encryption": f"salt={b64(salt)}", "crypto-key": f"dh={b64(dh)}"}
        return json.dumps(reader.read(SimpleNamespace(body=data, header=headers.get))).encode()


push.IMPL_HAS_ECE, push.http_ece = True, _Ece


def open_letter(client, request, secret):
    """What the push service got, as the library decrypts it."""
    return client.push_subscription_decrypt_push(request.body, secret, request.header("encryption"),
                                                 request.header("crypto-key"))
