"""Reads and writes a device's journal as shared/platform/seal.h and shared/journal have it."""

import ctypes
import hashlib
import json
import os

SODIUM = ctypes.CDLL("libsodium.so.23")
NONCE_BYTES = 24
TAG_BYTES = 16


def size(number):
    return ctypes.c_ulonglong(number)


class SealedJournal:
    """The database of an enrolled device's folder, and the key that opens its events."""

    def __init__(self, folder):
        self.device = json.loads((folder / "identity.json").read_text())["device"]
        self.file = folder / f"device-{self.device}.db"
        private = (folder / "credentials" / str(self.device) / "device.key").read_bytes()
        journal_key = hashlib.sha256(b"madoguchi journal\n" + private).digest()
        self.key = hashlib.blake2b(digest_size=32, key=journal_key, person=b"madoseal",
                                   salt=(1).to_bytes(8, "little")).digest()

    def context(self, number):
        return f"{self.device}/{number}".encode()

    def open(self, number, sealed):
        nonce, locked, context = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self.context(number)
        text = ctypes.create_string_buffer(len(locked) - TAG_BYTES)
        if SODIUM.crypto_aead_xchacha20poly1305_ietf_decrypt(
                text, None, None, locked, size(len(locked)), context, size(len(context)), nonce,
                self.key) != 0:
            raise ValueError(f"event {number} does not open")
        return text.raw.decode()

    def seal(self, number, body):
        nonce, text, context = os.urandom(NONCE_BYTES), body.encode(), self.context(number)
        locked = ctypes.create_string_buffer(len(text) + TAG_BYTES)
        SODIUM.crypto_aead_xchacha20poly1305_ietf_encrypt(
            locked, None, text, size(len(text)), context, size(len(context)), None, nonce, self.key)
        return nonce + locked.raw
