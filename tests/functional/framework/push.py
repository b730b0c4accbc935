"""A client's side of Web Push: a push service of a fake peer that keeps what it gets, and the keys by which
the client, and nobody else, reads it (RFC 8291 and its fourth draft, RFC 8292)."""

import base64
import hashlib
import hmac
import json
import os

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import check
from .reply import Reply


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _derive(salt, secret, info, size):
    key = hmac.new(salt, secret, hashlib.sha256).digest()
    return hmac.new(key, info + b"\x01", hashlib.sha256).digest()[:size]


def _point(data):
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data)


class Subscriber:
    """Its `form` is what a client posts to subscribe; `letters` are what came, decrypted."""

    def __init__(self, peer, path="/push/1"):
        self.peer, self.path, self.reply = peer, path, Reply(201)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.point = self.key.public_key().public_bytes(serialization.Encoding.X962,
                                                        serialization.PublicFormat.UncompressedPoint)
        self.auth = os.urandom(16)
        self.endpoint = peer.base + path
        peer.serve(path, lambda request: self.reply)

    def form(self, standard=True, policy=None, **alerts):
        form = {"subscription[endpoint]": self.endpoint, "subscription[keys][p256dh]": b64(self.point),
                "subscription[keys][auth]": b64(self.auth), "subscription[standard]": "true" if standard else "false"}
        form |= {f"data[alerts][{name.replace('__', '.')}]": str(value).lower() for name, value in alerts.items()}
        return form | ({"data[policy]": policy} if policy else {})

    @property
    def requests(self):
        return [r for r in self.peer.requests if r.target.split("?")[0] == self.path]

    def letters(self):
        return [self.read(request) for request in self.requests]

    def read(self, request):
        body = request.body
        if request.header("content-encoding") == "aes128gcm":
            salt, size, body = body[:16], body[20], body[21:]
            check.equal(body[:1], b"\x04", "an uncompressed point")
            ours, cipher = body[:size], body[size:]
            shared = self.key.exchange(ec.ECDH(), _point(ours))
            secret = _derive(self.auth, shared, b"WebPush: info\0" + self.point + ours, 32)
            context = {"key": b"Content-Encoding: aes128gcm\0", "nonce": b"Content-Encoding: nonce\0"}
        else:
            check.equal(request.header("content-encoding"), "aesgcm", "one of two encodings")
            salt = unb64(request.header("encryption").removeprefix("salt="))
            fields = dict(part.split("=", 1) for part in request.header("crypto-key").split(";"))
            ours, cipher = unb64(fields["dh"]), body
            shared = self.key.exchange(ec.ECDH(), _point(ours))
            secret = _derive(self.auth, shared, b"Content-Encoding: auth\0", 32)
            tail = b"P-256\0" + b"\0\x41" + self.point + b"\0\x41" + ours
            context = {"key": b"Content-Encoding: aesgcm\0" + tail, "nonce": b"Content-Encoding: nonce\0" + tail}
        plain = AESGCM(_derive(salt, secret, context["key"], 16)).decrypt(
            _derive(salt, secret, context["nonce"], 12), cipher, None)
        plain = plain[:-1] if request.header("content-encoding") == "aes128gcm" else plain[2:]
        return json.loads(plain)

    def sender(self, request):
        """Who sends, as a push service finds out: the claims of a token whose signature holds, and the key."""
        authorization = request.header("authorization")
        if authorization.startswith("vapid "):
            fields = dict(part.strip().split("=", 1) for part in authorization[6:].split(","))
            token, key = fields["t"], fields["k"]
        else:
            token = authorization.removeprefix("WebPush ")
            key = dict(part.split("=", 1) for part in request.header("crypto-key").split(";"))["p256ecdsa"]
        text, _, signature = token.rpartition(".")
        raw = unb64(signature)
        der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        _point(unb64(key)).verify(der, text.encode(), ec.ECDSA(hashes.SHA256()))
        head, claims = (json.loads(unb64(part)) for part in text.split("."))
        check.equal(head, {"typ": "JWT", "alg": "ES256"}, "the token's head")
        return claims, key
