"""One-time passwords as an authenticator app makes them (RFC 6238): written anew here, so that the node's are checked."""

import base64
import hmac
import struct

STEP_S = 30


def code(secret, now_ms, steps=0):
    """The six digits for a time; `secret` as base32 without padding."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    tag = hmac.digest(key, struct.pack(">Q", now_ms // (STEP_S * 1000) + steps), "sha1")
    at = tag[19] & 15
    return f"{(struct.unpack('>I', tag[at:at + 4])[0] & 0x7fffffff) % 1_000_000:06d}"
