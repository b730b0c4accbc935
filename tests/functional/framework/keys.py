"""RSA keys for fake actors, made once and kept under build/, since making one takes 0.1 s.

Actors made first in a process get keys of their own; after POOL_SIZE actors keys come round again,
which is right for tests of quantity and never happens in a test that is about whose key it was.
"""

import itertools
import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

POOL_SIZE = 16
_POOL_FILE = Path(__file__).resolve().parents[3] / "build" / "test-keys.pem"
_END = b"-----END PRIVATE KEY-----\n"


class Key:
    """One RSA-2048 key pair; signs and verifies PKCS#1 v1.5 with SHA-256."""

    def __init__(self, private):
        self._private = private
        self.public_pem = private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()

    def sign(self, data):
        return self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def public_pem_pkcs1(self):
        return self._private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.PKCS1).decode()


def load_public(pem):
    """The public key of a PEM text, SPKI or PKCS#1."""
    return serialization.load_pem_public_key(pem.encode())


def verify(public_key, signature, data):
    """True where `signature` over `data` is by the key."""
    try:
        public_key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        return True
    except Exception:
        return False


def generate():
    """A key that nobody else has."""
    return Key(rsa.generate_private_key(public_exponent=65537, key_size=2048))


def _make_pool():
    pem = b"".join(
        rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption()) for _ in range(POOL_SIZE))
    _POOL_FILE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=_POOL_FILE.parent, delete=False) as out:
        out.write(pem)
    os.replace(out.name, _POOL_FILE)  # two test files may do this at once: either result is good


def _load_pool():
    if not _POOL_FILE.exists():
        _make_pool()
    blocks = [b + _END for b in _POOL_FILE.read_bytes().split(_END) if b.strip()]
    return (Key(serialization.load_pem_private_key(b, None)) for b in blocks)  # each takes 40 ms


_pool = None


def take():
    """The next key of the pool."""
    global _pool
    if _pool is None:
        _pool = itertools.cycle(_load_pool())
    return next(_pool)
