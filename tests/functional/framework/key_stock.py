"""Key pairs that nodes of tests take instead of making their own (base/crypto/key_stock.hpp): made once a build
directory, because each costs a fifth of a second."""

import fcntl
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

STOCK = Path(__file__).resolve().parents[3] / "build/test-keys.pem"
KEYS = 64


def path():
    """The file's path; whoever comes first makes it."""
    if not STOCK.exists():
        STOCK.parent.mkdir(exist_ok=True)
        with open(STOCK.with_suffix(".lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not STOCK.exists():
                _make()
    return str(STOCK)


def _make():
    part = STOCK.with_suffix(".part")
    with open(part, "wb") as out:
        for _ in range(KEYS):
            out.write(rsa.generate_private_key(65537, 2048).private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    os.replace(part, STOCK)
