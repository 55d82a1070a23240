"""The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) for one user, as saslStart and saslContinue carry it."""

import base64
import hashlib
import hmac
import os

from wire import CommandError

ITERATIONS = 15000  # what a MongoDB server asks for


def _hmac(key, text):
    return hmac.digest(key, text, "sha256")


def _fields(text):
    return dict(part.split("=", 1) for part in text.split(","))


class Account:
    """A user name and the keys made of the password; the password itself is not kept."""

    def __init__(self, user, password):
        self.user, self.salt = user, os.urandom(28)
        salted = hashlib.pbkdf2_hmac("sha256", password.encode(), self.salt, ITERATIONS)
        self.stored_key = hashlib.sha256(_hmac(salted, b"Client Key")).digest()
        self.server_key = _hmac(salted, b"Server Key")


class Conversation:
    """One client's log-in. `done` is true once the proof was right and the exchange complete."""

    def __init__(self, account):
        self.account, self.done, self._proved = account, False, False
        self._nonce = self._said = None
        self._skip_empty = False

    def start(self, command):
        if command.get("mechanism") != "SCRAM-SHA-256":
            raise CommandError(
                334,
                "MechanismUnavailable",
                f"Received authentication for mechanism {command.get('mechanism')} which is not enabled",
            )
        self._skip_empty = bool(command.get("options", {}).get("skipEmptyExchange"))
        first_bare = bytes(command["payload"]).decode().split(",", 2)[2]
        first = _fields(first_bare)
        user = first["n"].replace("=2C", ",").replace("=3D", "=")
        if user != self.account.user:
            raise _failed()
        self._nonce = first["r"] + base64.b64encode(os.urandom(18)).decode()
        answer = f"r={self._nonce},s={base64.b64encode(self.account.salt).decode()},i={ITERATIONS}"
        self._said = first_bare + "," + answer
        return self._reply(answer)

    def proceed(self, command):
        if self._said is None:
            raise CommandError(17, "ProtocolError", "No SASL session state found")
        if self._proved:  # the empty last exchange of older clients
            self.done = True
            return self._reply("")
        text = bytes(command["payload"]).decode()
        final = _fields(text)
        said = (self._said + "," + text[: text.rindex(",p=")]).encode()
        signature = _hmac(self.account.stored_key, said)
        proof = base64.b64decode(final["p"])
        client_key = bytes(a ^ b for a, b in zip(proof, signature))
        known = hmac.compare_digest(hashlib.sha256(client_key).digest(), self.account.stored_key)
        if not known or final["r"] != self._nonce:
            raise _failed()
        self._proved, self.done = True, self._skip_empty
        return self._reply("v=" + base64.b64encode(_hmac(self.account.server_key, said)).decode())

    def _reply(self, payload):
        return {"conversationId": 1, "done": self.done, "payload": payload.encode(), "ok": 1.0}


def _failed():
    return CommandError(18, "AuthenticationFailed", "Authentication failed.")
