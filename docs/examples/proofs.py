"""Heads and proofs, checked offline: with the gateway's public key and the heads that one keeps.

Each is a text of lines. There is one text for each content: what is read is written again and compared, so that nothing in
it is ignored.
"""

import datetime

import receipts
import wire
from sm2 import sm3

HEAD = "settlegate head 1"
RECORD_PROOF = "settlegate record-proof 1"
CONSISTENCY_PROOF = "settlegate consistency-proof 1"
MAX_LENGTH = 64 * 1024
DURABILITY = ["NONE", "PROCESS", "BATCH", "RECORD"]
BUSINESS_TIME = datetime.timezone(datetime.timedelta(hours=8))


class ProofError(Exception):
    """The proof does not hold; step names where, as `proof verify` does."""

    def __init__(self, step, detail):
        super().__init__(detail)
        self.step = step


class Lines:
    """Lines of a text, taken one after the other by their names."""

    def __init__(self, text, title):
        if len(text) > MAX_LENGTH or "\r" in text:
            raise ValueError("no such text")
        self.rest = text.split("\n")
        if self.rest.pop(0) != title:
            raise ValueError("the first line is not '%s'" % title)

    def value(self, name):
        if not self.rest or not self.rest[0].startswith(name + ": "):
            raise ValueError("a line '%s' is missing" % name)
        return self.rest.pop(0)[len(name) + 2 :]

    def bytes(self, name):
        return bytes.fromhex(self.value(name))

    def path(self, name):
        path = []
        while self.rest and self.rest[0].startswith(name + ": "):
            path.append(self.bytes(name))
            if len(path[-1]) != 32 or len(path) > 64:
                raise ValueError("this cannot be a path")
        return path


def written(title, lines):
    return "".join("%s\n" % line for line in [title] + ["%s: %s" % pair for pair in lines])


def shown_time(time_ms):
    start = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    time = start + datetime.timedelta(milliseconds=time_ms)
    return time.astimezone(BUSINESS_TIME).isoformat(timespec="milliseconds")


class Head:
    """A seal that somebody keeps."""

    def __init__(self, seal):
        message, self.fields = wire.decode(seal)
        if message is not wire.SEAL or self.fields["domainTag"] != 3:
            raise ValueError("these bytes are no seal")
        self.seal = seal
        self.hash = sm3(seal)
        self.number = self.fields["sealNumber"]
        self.gateway_id = self.fields["gatewayId"]

    def text(self):
        seal = self.fields
        return written(
            HEAD,
            [
                ("gateway-id", seal["gatewayId"]),
                ("gateway-key-version", seal["gatewayKeyVersion"]),
                ("seal-number", seal["sealNumber"]),
                ("first-sequence", seal["firstSequence"]),
                ("last-sequence", seal["lastSequence"]),
                ("time-ms", seal["timeMs"]),
                ("time", shown_time(seal["timeMs"])),
                ("durability", DURABILITY[seal["durability"]]),
                ("merkle-root", seal["merkleRoot"].hex()),
                ("previous-seal-hash", seal["previousSealHash"].hex()),
                ("mountain-range-root", seal["mountainRangeRoot"].hex()),
                ("state-hash", seal["stateHash"].hex()),
                ("seal-hash", self.hash.hex()),
                ("seal", self.seal.hex()),
            ],
        )

    def is_signed_by(self, key):
        return key.verify(self.seal[: -wire.SIGNATURE_LENGTH], self.fields["signature"])


def read_head(text):
    """ValueError unless the text is, to the letter, that of a head. The signature is asked separately."""
    try:
        lines = Lines(text, HEAD)
        while lines.rest and not lines.rest[0].startswith("seal: "):
            lines.rest.pop(0)
        head = Head(lines.bytes("seal"))
        if head.text() != text:
            raise ValueError("the readable lines are not those of the seal")
        return head
    except (wire.WireError, IndexError, OverflowError) as e:
        raise ValueError(str(e)) from e


class RecordProof:
    def __init__(self, text):
        lines = Lines(text, RECORD_PROOF)
        for name in "gateway-id sequence time-ms time seal-number seal-hash head-number head-hash".split():
            lines.value(name)
        self.outcome_hash = lines.bytes("outcome-hash")
        self.receipt_bytes = lines.bytes("receipt")
        self.path = lines.path("range-path")
        self.head = Head(lines.bytes("head"))
        message, self.receipt = wire.decode(self.receipt_bytes)
        if message is not wire.RECEIPT or len(self.outcome_hash) != 32:
            raise ValueError("there is no receipt in it")
        self.seal = Head(self.receipt["seal"])
        if self.text() != text:
            raise ValueError("the readable lines are not those of receipt and head")

    def text(self):
        return written(
            RECORD_PROOF,
            [
                ("gateway-id", self.head.gateway_id),
                ("sequence", self.receipt["sequence"]),
                ("time-ms", self.receipt["timeMs"]),
                ("time", shown_time(self.receipt["timeMs"])),
                ("seal-number", self.seal.number),
                ("seal-hash", self.seal.hash.hex()),
                ("head-number", self.head.number),
                ("head-hash", self.head.hash.hex()),
                ("outcome-hash", self.outcome_hash.hex()),
                ("receipt", self.receipt_bytes.hex()),
            ]
            + [("range-path", each.hex()) for each in self.path]
            + [("head", self.head.seal.hex())],
        )


class ConsistencyProof:
    def __init__(self, text):
        lines = Lines(text, CONSISTENCY_PROOF)
        for name in "gateway-id old-number old-hash head-number head-hash".split():
            lines.value(name)
        self.old = Head(lines.bytes("old-head"))
        self.seal_path = lines.path("seal-path")
        self.range_path = lines.path("range-path")
        self.head = Head(lines.bytes("head"))
        if self.text() != text:
            raise ValueError("the readable lines are not those of the heads")

    def text(self):
        return written(
            CONSISTENCY_PROOF,
            [
                ("gateway-id", self.head.gateway_id),
                ("old-number", self.old.number),
                ("old-hash", self.old.hash.hex()),
                ("head-number", self.head.number),
                ("head-hash", self.head.hash.hex()),
                ("old-head", self.old.seal.hex()),
            ]
            + [("seal-path", each.hex()) for each in self.seal_path]
            + [("range-path", each.hex()) for each in self.range_path]
            + [("head", self.head.seal.hex())],
        )


def verify(text, gateway_key, kept_heads=(), outcome=None):
    """Checks a proof of either kind; ProofError names the step that failed."""
    try:
        title = text.split("\n", 1)[0]
        if title == CONSISTENCY_PROOF:
            proof = ConsistencyProof(text)
        elif title == RECORD_PROOF:
            proof = RecordProof(text)
        else:
            raise ValueError("neither a record's proof nor one of consistency")
    except (ValueError, IndexError, OverflowError, wire.WireError) as e:
        raise ProofError("PROOF_FORM", str(e)) from e
    if title == RECORD_PROOF:
        verify_record(proof, gateway_key, kept_heads, outcome)
    else:
        verify_consistency(proof, gateway_key, kept_heads)


def verify_record(proof, gateway_key, kept_heads, outcome):
    if not proof.head.is_signed_by(gateway_key):
        raise ProofError("HEAD_SIGNATURE", "the head is not signed with this gateway's key")
    if any(kept.seal != proof.head.seal for kept in kept_heads):
        raise ProofError("KEPT_HEAD", "the proof speaks of another head")
    if outcome is not None and sm3(outcome) != proof.outcome_hash:
        raise ProofError("OUTCOME", "the proof is of another outcome")
    verify_receipt(proof, gateway_key)
    check_order(proof.seal, proof.head)
    if proof.seal.number == proof.head.number:
        if proof.path:
            raise ProofError("SEAL_PATH", "under the head's own seal there is no path")
    elif not is_included(proof.seal, proof.head, proof.path):
        raise ProofError("SEAL_PATH", "the seal and its path do not lead to the head's tree head")


def verify_receipt(proof, gateway_key):
    receipt, seal = proof.receipt, proof.seal.fields
    sequence, index = receipt["sequence"], receipt["leafIndex"]
    is_placed = seal["firstSequence"] <= sequence <= seal["lastSequence"] and sequence - seal["firstSequence"] == index
    if not proof.seal.is_signed_by(gateway_key) or not is_placed or receipt["timeMs"] > seal["timeMs"]:
        raise ProofError("RECEIPT", "the receipt does not fit its seal, or the seal is not this gateway's")
    hashes = receipt["commandHash"], proof.outcome_hash, receipt["internalHash"]
    leaf = receipts.leaf_hash(sequence, receipt["timeMs"], *hashes)
    count = seal["lastSequence"] - seal["firstSequence"] + 1
    if not leads_to(leaf, index, count, [entry["hash"] for entry in receipt["path"]], seal["merkleRoot"]):
        raise ProofError("RECEIPT", "outcome and path do not lead to the seal's root")


def verify_consistency(proof, gateway_key, kept_heads):
    old, head = proof.old, proof.head
    if not old.is_signed_by(gateway_key):
        raise ProofError("OLD_HEAD_SIGNATURE", "the old head is not signed with this gateway's key")
    if not head.is_signed_by(gateway_key):
        raise ProofError("HEAD_SIGNATURE", "the new head is not signed with this gateway's key")
    if any(kept.seal not in (old.seal, head.seal) for kept in kept_heads):
        raise ProofError("KEPT_HEAD", "the proof speaks of other heads")
    check_order(old, head)
    is_same = old.number == head.number
    if proof.seal_path if is_same else not is_included(old, head, proof.seal_path):
        raise ProofError("SEAL_PATH", "the old seal is not shown to stand under the new head")
    roots = old.fields["mountainRangeRoot"], head.fields["mountainRangeRoot"]
    if not is_consistent(old.number, roots[0], head.number, roots[1], proof.range_path):
        raise ProofError("RANGE_PATH", "what stands before the old head is not shown to stand under the new one")


def check_order(earlier, later):
    if earlier.gateway_id != later.gateway_id:
        raise ProofError("GATEWAY_ID", "they are of two gateways")
    if earlier.number > later.number:
        raise ProofError("ORDER", "the first is newer than the head")
    if earlier.number == later.number:
        if earlier.seal != later.seal:
            raise ProofError("FORK", "two signed seals have one number: keep both, they are evidence")
    elif earlier.fields["lastSequence"] >= later.fields["firstSequence"] or (
        earlier.fields["timeMs"] > later.fields["timeMs"]
    ):
        raise ProofError("ORDER", "a lower number and later records")


def is_included(seal, head, path):
    leaf = sm3(b"\x00" + seal.hash)
    return leads_to(leaf, seal.number, head.number, path, head.fields["mountainRangeRoot"])


def leads_to(leaf, index, count, path, root):
    try:
        return receipts.root_of_path(leaf, index, count, path) == root
    except receipts.ReceiptError:
        return False


def is_consistent(old_count, old_root, count, root, path):
    """RFC 9162, section 2.1.4.2: the first old_count of count leaves are those under the old root."""
    if old_count == 0:
        return not path and old_root == sm3(b"")
    if old_count == count:
        return not path and old_root == root
    rest = list(path)
    # A tree whose size is a power of two is a subtree of every later one, so the path begins above it.
    if old_count & (old_count - 1) == 0:
        rest.insert(0, old_root)
    if not rest:
        return False
    index, last = old_count - 1, count - 1
    while index % 2 == 1:
        index, last = index // 2, last // 2
    found_old = found = rest.pop(0)
    for sibling in rest:
        if last == 0:
            return False
        if index % 2 == 1 or index == last:
            found_old = receipts.node_hash(sibling, found_old)
            found = receipts.node_hash(sibling, found)
            while index % 2 == 0 and index != 0:
                index, last = index // 2, last // 2
        else:
            found = receipts.node_hash(found, sibling)
        index, last = index // 2, last // 2
    return last == 0 and found_old == old_root and found == root
