"""A day of a terminal, step by step, with what each step must bring. The first expectation that fails ends the run."""

import sys
import time
from decimal import ROUND_HALF_UP, Decimal

import receipts
import wire


class Failed(Exception):
    """The gateway did not answer as the protocol document says."""


def expect(condition, what):
    if not condition:
        raise Failed(what)


def expect_code(answer, code):
    expect(answer.code == code, "code %d was expected, the gateway gave %d" % (code, answer.code))


def expect_repeat(answer, first, state):
    """The first outcome and the first receipt, byte for byte; only the envelope is fresh."""
    expect(answer.kind == wire.REPEAT, "the envelope does not say that this is a repeat")
    expect(answer.outcome == first.outcome, "the outcome of the repeat differs from the first")
    expect(answer.receipt == first.receipt, "the receipt of the repeat differs from the first")
    expect(answer.state == state, "the state of the msgid is %d, not %d" % (answer.state, state))


def line(number, code, price_yuan, count):
    """A fee line. Its amount is price times count, rounded half up to fen, in whole numbers or decimals: never in floats."""
    amount = (Decimal(price_yuan) * count).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {
        "feedetlSn": "L%d" % number,
        "medListCodg": code,
        "detItemFeeSumamtFen": int(amount * 100),
        "cntE4": count * 10_000,
        "pricE6": int(Decimal(price_yuan) * 1_000_000),
        "rxno": "",
    }


class Run:
    """The steps share a terminal, a person, and the balance as the gateway told it last."""

    def __init__(self, terminal, insuplc, cert_no, items):
        self.terminal = terminal
        self.insuplc = insuplc
        self.cert_no = cert_no
        self.items = [item.rsplit(":", 1) for item in items]
        self.person = None
        self.insurance = None

    def settlement(self, count=1):
        """The fields of 2101 and 2102 for a purchase or visit."""
        lines = [line(i + 1, code, price, count) for i, (code, price) in enumerate(self.items)]
        return {
            "insuplc": self.insuplc,
            "psnNo": self.person["psnNo"],
            "mdtrtCertType": "02",
            "mdtrtCertNo": self.cert_no,
            "begntimeMs": int(time.time() * 1000),
            "medfeeSumamtFen": sum(each["detItemFeeSumamtFen"] for each in lines),
            "insutype": self.insurance["insutype"],
            # A pharmacy (P) settles 41, a hospital (H) 11.
            "medType": "41" if self.terminal.institution.startswith("P") else "11",
            "acctUsedFlag": 1,
            "drugdetail": lines,
        }

    def settle(self, count=1):
        """2102 under a new msgid: the request's bytes, its msgid, the answer."""
        msgid = self.terminal.next_msgid()
        request = self.terminal.request(wire.SETTLE, msgid, **self.settlement(count))
        answer = self.terminal.call(request)
        expect_code(answer, 0)
        return request, msgid, answer

    def reverse(self, omsgid):
        """2601 under a new msgid. It names the message, not the settlement, whose setl_id may never have arrived."""
        return self.terminal.call(
            self.terminal.request(
                wire.REVERSAL,
                self.terminal.next_msgid(),
                insuplc=self.insuplc,
                psnNo=self.person["psnNo"],
                omsgid=omsgid,
                oinfno="2102",
            )
        )

    def query(self, omsgid):
        return self.terminal.call(self.terminal.request(wire.QUERY, self.terminal.next_msgid(), omsgid=omsgid))

    def balance_fen(self):
        """1101: also how the person is found at the start."""
        request = self.terminal.request(
            wire.PERSON_INFO,
            self.terminal.next_msgid(),
            insuplc=self.insuplc,
            mdtrtCertType="02",
            mdtrtCertNo=self.cert_no,
        )
        answer = self.terminal.call(request)
        expect_code(answer, 0)
        self.person = answer.fields
        self.insurance = answer.fields["insuinfo"][0]
        return self.insurance["balcFen"]

    # ---- the steps; each answers a sentence of what happened

    def sign_in(self):
        challenge = self.terminal.connect()
        answer = self.terminal.sign_in(challenge["nonce"])
        expect_code(answer, 0)
        terms = answer.fields
        expect(terms["fixmedinsCode"] == self.terminal.institution, "the terminal is registered elsewhere")
        return "sign_no %s, window %d, level %s, numbers %04d to %04d" % (
            terms["signNo"],
            terms["windowCount"],
            wire.DURABILITY[terms["durability"]],
            terms["laneFirst"],
            terms["laneFirst"] + terms["laneCount"] - 1,
        )

    def heartbeat(self):
        self.terminal.heartbeat()
        return "echoed"

    def person_info(self):
        balance = self.balance_fen()
        return "insurance %s, balance %d fen" % (self.insurance["insutype"], balance)

    def presettle_and_settle(self):
        """2101 says what 2102 would do, and changes nothing."""
        terminal = self.terminal
        before = self.balance_fen()
        fields = self.settlement(2)
        presettled = terminal.call(terminal.request(wire.PRESETTLE, terminal.next_msgid(), **fields))
        expect_code(presettled, 0)
        expect(self.balance_fen() == before, "a presettlement changed the balance")
        settled = terminal.call(terminal.request(wire.SETTLE, terminal.next_msgid(), **fields))
        expect_code(settled, 0)
        for name in ("medfeeSumamtFen", "fundPaySumamtFen", "acctPayFen", "psnCashPayFen", "balcFen"):
            expect(presettled.fields[name] == settled.fields[name], "2101 and 2102 differ in " + name)
        expect(presettled.fields["setlId"] == "" and settled.fields["setlId"] != "", "only 2102 has a setl_id")
        paid = settled.fields
        expect(
            paid["fundPaySumamtFen"] + paid["acctPayFen"] + paid["acctMulaidPayFen"] + paid["psnCashPayFen"]
            == paid["medfeeSumamtFen"],
            "who pays what does not sum to the bill",
        )
        expect(self.balance_fen() == paid["balcFen"], "1101 tells another balance than the settlement")
        return "setl_id %s: bill %d fen = fund %d + account %d + cash %d" % (
            paid["setlId"],
            paid["medfeeSumamtFen"],
            paid["fundPaySumamtFen"],
            paid["acctPayFen"],
            paid["psnCashPayFen"],
        )

    def resend(self):
        """No answer came, so the same bytes are sent again. Here both answers come, and they are one."""
        request, _, first = self.settle()
        expect_repeat(self.terminal.call(request), first, wire.DONE)
        return "kind REPEAT, the same outcome and receipt, byte for byte"

    def resend_on_another_connection(self):
        """The connection breaks before the answer. Whether the request arrived is unknown; its resend tells."""
        terminal = self.terminal
        request = terminal.request(wire.SETTLE, terminal.next_msgid(), **self.settlement())
        terminal.send(request)
        terminal.close()
        terminal.open()
        answer = terminal.call(request)
        expect_code(answer, 0)
        expect_repeat(terminal.call(request), answer, wire.DONE)
        return "settled once (the resend was answered as %s)" % ("REPEAT" if answer.kind == wire.REPEAT else "FIRST")

    def other_content(self):
        """A msgid is used up by its first request; another content under it is refused and changes nothing."""
        _, msgid, first = self.settle()
        other = self.terminal.call(self.terminal.request(wire.SETTLE, msgid, **self.settlement(3)))
        expect_code(other, 407)
        expect(other.state == wire.UNKNOWN, "407 binds nothing, so it says nothing of the msgid")
        found = self.query(msgid)
        expect(found.record == first.outcome, "the first outcome is no longer the answer of record")
        return "407, and the first outcome stands"

    def wrong_sum(self):
        """A refusal of the engine binds the msgid: it is durable, has a receipt, and is repeated like a settlement."""
        fields = self.settlement()
        fields["medfeeSumamtFen"] += 1
        request = self.terminal.request(wire.SETTLE, self.terminal.next_msgid(), **fields)
        first = self.terminal.call(request)
        expect_code(first, 603)
        expect(first.message is wire.REFUSED_OUTCOME and first.state == wire.REFUSED, "603 is a refusal that binds")
        expect_repeat(self.terminal.call(request), first, wire.REFUSED)
        return "603, and the same refusal on resend"

    def bad_signature(self):
        """What is refused before the engine binds nothing: the mended request may use the msgid."""
        terminal = self.terminal
        msgid = terminal.next_msgid()
        request = terminal.request(wire.SETTLE, msgid, **self.settlement())
        broken = request[:-1] + bytes([request[-1] ^ 1])
        refused = terminal.call(broken)
        expect_code(refused, 303)
        expect(not hasattr(refused, "outcome"), "303 has no outcome and no receipt")
        answer = terminal.call(request)
        expect_code(answer, 0)
        expect(answer.kind == wire.FIRST, "the refused frame bound the msgid")
        return "303 without a receipt; then the mended bytes settle under the same msgid"

    def cancel(self):
        """2103 undoes a settlement by its setl_id, once."""
        terminal = self.terminal
        before = self.balance_fen()
        request, msgid, settled = self.settle()

        def cancel_request():
            return terminal.request(
                wire.CANCEL,
                terminal.next_msgid(),
                insuplc=self.insuplc,
                psnNo=self.person["psnNo"],
                setlId=settled.fields["setlId"],
            )

        cancelled = terminal.call(cancel_request())
        expect_code(cancelled, 0)
        expect(cancelled.fields["originalMsgid"] == msgid, "the cancel names another original")
        expect(cancelled.fields["medfeeSumamtFen"] == -settled.fields["medfeeSumamtFen"], "the cancel gives back another sum")
        expect(self.balance_fen() == before, "the balance is not as before the settlement")
        expect_repeat(terminal.call(request), settled, wire.CANCELLED)
        expect_code(terminal.call(cancel_request()), 704)
        return "given back %d fen; a second cancel gets 704" % -cancelled.fields["medfeeSumamtFen"]

    def reversal(self):
        """2601 undoes what a msgid did, and may be asked for again."""
        before = self.balance_fen()
        request, msgid, settled = self.settle()
        reversed_once = self.reverse(msgid)
        expect_code(reversed_once, 0)
        expect(reversed_once.fields["effect"] == wire.EFFECT_REVERSED, "the settlement was not reversed")
        expect(self.balance_fen() == before, "the balance is not as before the settlement")
        again = self.reverse(msgid)
        expect_code(again, 0)
        expect(again.fields["effect"] == wire.EFFECT_ALREADY_REVERSED, "the second reversal does not say so")
        expect_repeat(self.terminal.call(request), settled, wire.REVERSED)
        return "REVERSED, then ALREADY_REVERSED; a resend brings the first outcome with the state REVERSED"

    def reversal_first(self):
        """The reversal overtakes its original, which is then refused for good."""
        terminal = self.terminal
        before = self.balance_fen()
        msgid = terminal.next_msgid()
        request = terminal.request(wire.SETTLE, msgid, **self.settlement())
        mark = self.reverse(msgid)
        expect_code(mark, 0)
        expect(mark.fields["effect"] == wire.EFFECT_MARKED, "a msgid never seen is marked")
        late = terminal.call(request)
        expect_code(late, 408)
        expect(late.state == wire.MARKED, "the late original is not marked")
        expect_repeat(terminal.call(request), late, wire.MARKED)
        expect(self.balance_fen() == before, "a settlement that was reversed before it came changed the balance")
        return "MARKED, then 408"

    def queries(self):
        """The answer of record for a msgid, with its own receipt."""
        _, msgid, settled = self.settle()
        found = self.query(msgid)
        expect_code(found, 0)
        expect(found.fields["state"] == wire.DONE, "the settlement is not found as done")
        expect(found.record == settled.outcome and found.record_receipt == settled.receipt, "not the first bytes")
        nothing = self.query(self.terminal.next_msgid())
        expect_code(nothing, 0)
        expect(nothing.fields["state"] == wire.NOT_SEEN and not nothing.record, "a msgid never sent was found")
        return "DONE with the first outcome and receipt; NOT_SEEN for a msgid never sent"

    def receipt_offline(self):
        """A receipt holds for one outcome and one request, and for no changed byte of either."""
        request, _, settled = self.settle()
        key = self.terminal.gateway_key
        seal = receipts.verify_receipt(settled.receipt, settled.outcome, key, request)
        for what, receipt, outcome, sent in (
            ("outcome", settled.receipt, settled.outcome[:-1] + b"\x7f", request),
            ("request", settled.receipt, settled.outcome, request[:-1] + bytes([request[-1] ^ 1])),
            ("seal", settled.receipt[:-1] + bytes([settled.receipt[-1] ^ 1]), settled.outcome, request),
        ):
            try:
                receipts.verify_receipt(receipt, outcome, key, sent)
            except receipts.ReceiptError:
                continue
            raise Failed("the receipt holds for a changed " + what)
        return "record %d under seal %d; a changed outcome, request, or seal is found" % (
            settled.fields["sequence"],
            seal["sealNumber"],
        )

    def sign_out(self):
        """9002 names the sign_no of the newest sign-in; after its reply the gateway closes."""
        terminal = self.terminal
        sign_no = terminal.sign_no
        answer = terminal.call(terminal.request(wire.SIGN_OUT, terminal.next_msgid(), signNo=sign_no, opterNo="0001"))
        expect_code(answer, 0)
        expect(answer.fields["signNo"] == sign_no, "the gateway signed out another session")
        expect(terminal.is_closed_by_gateway(), "the gateway did not close the connection")
        return "closed by the gateway"

    STEPS = (
        ("9001 sign-in", sign_in),
        ("heartbeat", heartbeat),
        ("1101 person", person_info),
        ("2101, 2102 presettle, settle", presettle_and_settle),
        ("resend", resend),
        ("resend, another connection", resend_on_another_connection),
        ("same msgid, other content", other_content),
        ("wrong sum", wrong_sum),
        ("bad signature", bad_signature),
        ("2103 cancel", cancel),
        ("2601 reversal", reversal),
        ("2601 before its original", reversal_first),
        ("query", queries),
        ("receipt offline", receipt_offline),
        ("9002 sign-out", sign_out),
    )


def run(terminal, insuplc, cert_no, items):
    """Runs all steps. Exit code 0, or 1 with the step that failed."""
    steps = Run(terminal, insuplc, cert_no, items)
    for name, step in Run.STEPS:
        try:
            print("%-30s %s" % (name, step(steps)), flush=True)
        except Exception as e:  # whatever it was, it belongs to this step
            print("%-30s FAILED: %s: %s" % (name, type(e).__name__, e), file=sys.stderr, flush=True)
            return 1
    print("all %d steps as the document says; %d receipts verified" % (len(Run.STEPS), terminal.verified_count))
    return 0
