"""Receipts, checked offline: with the gateway's public key, the outcome, and the request as it was sent."""

import struct

import wire
from sm2 import sm3


class ReceiptError(Exception):
    """The receipt does not prove the outcome; the message says at which step."""


def leaf_hash(sequence, time_ms, command_hash, outcome_hash, internal_hash):
    return sm3(b"\x00" + struct.pack("<2q", sequence, time_ms) + command_hash + outcome_hash + internal_hash)


def node_hash(left, right):
    return sm3(b"\x01" + left + right)


def root_of_path(leaf, index, count, path):
    """The root that a leaf, its place among so many leaves, and its path lead to (RFC 9162, section 2.1.3.2).

    At each level either the node has a sibling, which is the next hash of the path, or it is the last one and is lifted
    unchanged.
    """
    if not 0 <= index < count:
        raise ReceiptError("leaf %d of %d" % (index, count))
    rest = list(path)
    last = count - 1
    result = leaf
    while last > 0:
        if index % 2 == 1 or index < last:
            if not rest:
                raise ReceiptError("the path is too short")
            sibling = rest.pop(0)
            result = node_hash(sibling, result) if index % 2 == 1 else node_hash(result, sibling)
        index //= 2
        last //= 2
    if rest:
        raise ReceiptError("the path is too long")
    return result


def tree_root(leaves):
    """The root over leaf hashes: the left part holds the largest power of two below their number."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(tree_root(leaves[:split]), tree_root(leaves[split:]))


def mountain_range_root(seal_hashes):
    """The tree head over the hashes of seals, each a leaf value: SM3 of nothing where there is none."""
    return tree_root([sm3(b"\x00" + h) for h in seal_hashes]) if seal_hashes else sm3(b"")


def verify_seal(seal_bytes, gateway_key):
    """The seal's fields, once its signature holds."""
    message, seal = wire.decode(seal_bytes)
    if message is not wire.SEAL or seal["domainTag"] != 3:
        raise ReceiptError("these bytes are no seal")
    if not gateway_key.verify(seal_bytes[: -wire.SIGNATURE_LENGTH], seal["signature"]):
        raise ReceiptError("the seal is not signed with this gateway's key")
    return seal


def verify_receipt(receipt_bytes, outcome, gateway_key, request=None):
    """Checks all that can be checked and answers the seal's fields.

    request is the signed request as it was sent, without the frame length. Leave it out where the first request is not at
    hand: a repeat, or the answer that a query found.
    """
    message, receipt = wire.decode(receipt_bytes)
    if message is not wire.RECEIPT:
        raise ReceiptError("these bytes are no receipt")
    seal = verify_seal(receipt["seal"], gateway_key)
    sequence, index = receipt["sequence"], receipt["leafIndex"]
    if sequence - seal["firstSequence"] != index or not seal["firstSequence"] <= sequence <= seal["lastSequence"]:
        raise ReceiptError("sequence and place do not fit the seal")
    if receipt["timeMs"] > seal["timeMs"]:
        raise ReceiptError("the record would be later than its seal")
    if request is not None and sm3(request) != receipt["commandHash"]:
        raise ReceiptError("the receipt was given for another request")
    _, fields = wire.decode(outcome)
    if fields["sequence"] != sequence or fields["timeMs"] != receipt["timeMs"]:
        raise ReceiptError("outcome and receipt name different records")
    leaf = leaf_hash(sequence, receipt["timeMs"], receipt["commandHash"], sm3(outcome), receipt["internalHash"])
    count = seal["lastSequence"] - seal["firstSequence"] + 1
    path = [entry["hash"] for entry in receipt["path"]]
    if root_of_path(leaf, index, count, path) != seal["merkleRoot"]:
        raise ReceiptError("outcome and path do not lead to the seal's root: not the outcome that was sealed")
    return seal
