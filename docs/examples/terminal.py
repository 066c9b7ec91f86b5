#!/usr/bin/env python3
"""A terminal in Python 3.9+, standard library only, written from docs/PROTOCOL.md.

    python3 docs/examples/terminal.py --host 127.0.0.1 --port 7400 --gateway-id ID --gateway-key gateway.pub.pem \\
        --sn SN --key terminal.pem --institution P32030200001 --admdvs 320302 \\
        --insuplc 320302 --cert-no 320302199001010014 --item XB03ACY199B002010104718:12.50

runs through a day of a terminal (see session_run.py for the steps), prints each step, and ends with 0 only if the gateway
answered as the document says. `--check-vectors docs/vectors` checks the test vectors instead and needs no gateway.
"""

import argparse
import os
import socket
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import receipts
import session_run
import sm2
import vectors
import wire


class Unknown(Exception):
    """No reply came. What became of the request is not known: send the same bytes again, ask by msgid, or reverse."""


class Answer:
    """A Reply, taken apart: its outcome's template and fields, what the gateway holds of the msgid, the receipts."""

    def __init__(self, reply):
        self.kind = reply["kind"]
        self.state = reply["state"]
        self.outcome = reply["outcome"]
        self.receipt = reply["receipt"]
        self.record = reply["answer"]
        self.record_receipt = reply["answerReceipt"]
        self.message, self.fields = wire.decode(self.outcome)
        self.code = self.fields["code"]


class Refused:
    """A Refusal: this frame was not taken. It binds nothing and has no receipt."""

    def __init__(self, refusal):
        self.code = refusal["code"]


class Terminal:
    """One terminal and its session with a gateway. One request at a time: simple, and slow by choice."""

    def __init__(self, address, gateway_id, gateway_key, sn, key, institution, admdvs):
        self.address = address
        self.gateway_id = gateway_id
        self.gateway_key = gateway_key
        self.sn = sn
        self.key = key
        self.institution = institution
        self.admdvs = admdvs
        self.socket = None
        self.stream = None
        self.lane = (0, 1)  # until sign-in says which numbers are ours
        self.last_second = 0
        self.used_count = 0
        self.correlation_id = 0
        self.sign_no = ""
        self.verified_count = 0

    # ---- the session

    def connect(self):
        """Connects and takes the challenge. The nonce in it is for one sign-in on this connection."""
        self.socket = socket.create_connection(self.address, timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = self.socket.makefile("rb")
        message, challenge = wire.decode(self._read())
        if message is not wire.CHALLENGE:
            raise wire.WireError("the peer opened with %s" % message.name)
        if challenge["gatewayId"] != self.gateway_id:
            raise wire.WireError("the peer is gateway %s" % challenge["gatewayId"])
        if not challenge["minSchemaVersion"] <= wire.SCHEMA_VERSION <= challenge["schemaVersion"]:
            raise wire.WireError("the gateway does not speak version %d" % wire.SCHEMA_VERSION)
        receipts.verify_seal(challenge["newestSeal"], self.gateway_key)
        return challenge

    def sign_in(self, nonce):
        """9001. The reply says the terms of the session."""
        answer = self.call(self.request(wire.SIGN_IN, self.next_msgid(), nonce=nonce, opterNo="0001"))
        if isinstance(answer, Answer) and answer.code == 0:
            terms = answer.fields
            self.lane = (terms["laneFirst"], terms["laneCount"])
            self.sign_no = terms["signNo"]
        return answer

    def open(self):
        """Connects and signs in; raises where the gateway refuses."""
        answer = self.sign_in(self.connect()["nonce"])
        if answer.code != 0:
            raise wire.WireError("sign-in was refused with %d" % answer.code)
        return answer

    def close(self):
        if self.socket is not None:
            self.stream.close()
            self.socket.close()
            self.socket = None

    # ---- requests

    def next_msgid(self):
        """institution, second in UTC+08:00, and a number of our lane; when a second's numbers are used up, the next second's."""
        now = int(time.time())
        first, count = self.lane
        if now > self.last_second:
            self.last_second, self.used_count = now, 0
        elif self.used_count >= count:
            self.last_second, self.used_count = self.last_second + 1, 0
        number = first + self.used_count
        self.used_count += 1
        second = time.strftime("%Y%m%d%H%M%S", time.gmtime(self.last_second + 8 * 3600))
        return "%s%s%04d" % (self.institution, second, number)

    def request(self, message, msgid, insuplc=None, **fields):
        """The bytes of a signed request: header, body, signature. Keep them until the answer is there: they are the resend."""
        self.correlation_id += 1
        values = dict(
            fields,
            domainTag=wire.TERMINAL_REQUEST,
            sn=self.sn,
            gatewayId=self.gateway_id,
            msgid=msgid,
            insuplcAdmdvs=insuplc or self.admdvs,
            sentAtMs=int(time.time() * 1000),
            correlationId=self.correlation_id,
        )
        signed = message.encode(values)
        return signed + self.key.sign(signed)

    def send(self, request):
        self.socket.sendall(wire.frame(request))

    def call(self, request):
        """Sends a request and waits for what answers it; checks the receipts. BUSY means: later, with the same bytes."""
        message, fields = wire.decode(request)
        self.send(request)
        while True:
            kind, values = wire.decode(self._read())
            if kind is wire.HEARTBEAT or values["correlationId"] != fields["correlationId"]:
                continue
            if kind is wire.BUSY:
                time.sleep(values["retryAfterMs"] / 1000)
                self.send(request)
            elif kind is wire.REFUSAL:
                return Refused(values)
            elif kind is wire.REPLY:
                answer = Answer(values)
                self._check(message, fields, request, answer)
                return answer
            else:
                raise wire.WireError("the gateway sent %s" % kind.name)

    def heartbeat(self):
        """Sends a heartbeat and waits for its echo."""
        self.correlation_id += 1
        now_ms = int(time.time() * 1000)
        self.send(wire.HEARTBEAT.encode({"correlationId": self.correlation_id, "timeMs": now_ms}))
        while True:
            kind, values = wire.decode(self._read())
            if kind is wire.HEARTBEAT and values["correlationId"] == self.correlation_id:
                return values

    def _check(self, message, fields, request, answer):
        """A first answer proves these bytes. A repeat proves the first request's, which may have been another terminal's."""
        sent = request if answer.kind == wire.FIRST else None
        receipts.verify_receipt(answer.receipt, answer.outcome, self.gateway_key, sent)
        self.verified_count += 1
        if answer.fields["msgid"] != fields["msgid"]:
            raise wire.WireError("the outcome is that of another msgid")
        if answer.record:
            receipts.verify_receipt(answer.record_receipt, answer.record, self.gateway_key)
            self.verified_count += 1
            if wire.decode(answer.record)[1]["msgid"] != fields["omsgid"]:
                raise wire.WireError("the answer of record is that of another msgid")

    def _read(self):
        try:
            data = wire.read_frame(self.stream)
        except OSError as e:
            raise Unknown("no answer: %s" % e) from e
        if data is None:
            raise Unknown("the gateway closed the connection")
        return data

    def is_closed_by_gateway(self):
        """True once the gateway has closed; waits for that as long as the socket's timeout."""
        try:
            while wire.read_frame(self.stream) is not None:
                pass
            return True
        except ConnectionError:
            return True
        except OSError:
            return False


def parse_arguments():
    parser = argparse.ArgumentParser(description="A sample terminal: runs through a day of a terminal, or checks the test vectors.")
    parser.add_argument("--check-vectors", metavar="DIR", help="check the test vectors in this directory, and nothing else")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int)
    parser.add_argument("--gateway-id", help="the audience of each request")
    parser.add_argument("--gateway-key", metavar="PEM", help="public key of the gateway: keys/gateway.pub.pem of its data")
    parser.add_argument("--sn", help="serial number under which the terminal is registered")
    parser.add_argument("--key", metavar="PEM", help="the terminal's private key, PKCS#8 or SEC1")
    parser.add_argument("--institution", metavar="CODE", help="the terminal's institution, 12 characters")
    parser.add_argument("--admdvs", metavar="CODE", help="administrative division of the institution")
    parser.add_argument("--insuplc", metavar="CODE", help="place of insurance of the person")
    parser.add_argument("--cert-no", metavar="NUMBER", help="identity number of an insured person")
    parser.add_argument("--item", metavar="CODE:YUAN", action="append", help="an item and its unit price; may be given again")
    arguments = parser.parse_args()
    if arguments.check_vectors is None:
        needed = "port gateway_id gateway_key sn key institution admdvs insuplc cert_no item".split()
        missing = ["--" + name.replace("_", "-") for name in needed if getattr(arguments, name) is None]
        if missing:
            parser.error("these are needed: " + ", ".join(missing))
    return arguments


def main():
    arguments = parse_arguments()
    if arguments.check_vectors is not None:
        return vectors.check(arguments.check_vectors)
    terminal = Terminal(
        (arguments.host, arguments.port),
        arguments.gateway_id,
        sm2.read_public_key(arguments.gateway_key),
        arguments.sn,
        sm2.read_private_key(arguments.key),
        arguments.institution,
        arguments.admdvs,
    )
    try:
        return session_run.run(terminal, arguments.insuplc, arguments.cert_no, arguments.item)
    finally:
        terminal.close()


if __name__ == "__main__":
    sys.exit(main())
