"""Checks the test vectors of docs/vectors with this client's own code. docs/vectors/README.md explains the files."""

import json
import os
import sys

import proofs
import receipts
import sm2
import wire


class Mismatch(Exception):
    """A vector does not hold here: this code or the vector is wrong."""


def require(condition, what):
    if not condition:
        raise Mismatch(what)


def check_keys(content):
    for entry in content["keys"]:
        key = sm2.PrivateKey(bytes.fromhex(entry["private"])).public
        require(key.encoded().hex() == entry["public"], "public key of " + entry["name"])
        require(key.z_for(content["userId"].encode("ascii")).hex() == entry["z"], "Z_A of " + entry["name"])
    for entry in content["privateForms"]:
        require("%064x" % read_private(entry).d == entry["private"], entry["form"])
    for entry in content["publicForms"]:
        require(read_public(entry).encoded().hex() == entry["public"], entry["form"])
    for entry in content["refused"]:
        try:
            (read_private if entry["kind"] == "private" else read_public)(entry)
        except ValueError:
            continue
        raise Mismatch("%s was taken, although %s" % (entry["form"], entry["why"]))
    return sum(len(content[name]) for name in ("keys", "privateForms", "publicForms", "refused"))


def read_private(entry):
    return sm2.parse_private_key(entry["pem"]) if "pem" in entry else sm2.PrivateKey(bytes.fromhex(entry["hex"]))


def read_public(entry):
    return sm2.parse_public_key(entry["pem"]) if "pem" in entry else sm2.PublicKey(bytes.fromhex(entry["hex"]))


def check_signatures(content):
    private = {entry["name"]: sm2.PrivateKey(bytes.fromhex(entry["private"])) for entry in content["keys"]}
    for entry in content["valid"]:
        key, message = private[entry["key"]], bytes.fromhex(entry["message"])
        signature = bytes.fromhex(entry["signature"])
        require(key.public.digest(message).hex() == entry["e"], "e of " + entry["name"])
        require(key.sign(message, int(entry["k"], 16)) == signature, "signature of " + entry["name"])
        require(entry["r"] + entry["s"] == entry["signature"], "r||s of " + entry["name"])
        require(key.public.verify(message, signature), entry["name"] + " does not verify")
    for entry in content["refused"]:
        message, signature = bytes.fromhex(entry["message"]), bytes.fromhex(entry["signature"])
        require(not private[entry["key"]].public.verify(message, signature), entry["name"] + " was taken")
    return len(content["valid"]) + len(content["refused"])


def check_trees(content):
    count = 0
    for entry in content["leaves"]:
        hashes = [bytes.fromhex(entry[name]) for name in ("commandHash", "outcomeHash", "internalHash")]
        leaf = receipts.leaf_hash(entry["sequence"], entry["timeMs"], *hashes)
        require(leaf.hex() == entry["leaf"], "leaf %d" % entry["sequence"])
        count += 1
    leaves = [bytes.fromhex(entry["leaf"]) for entry in content["leaves"]]
    for tree in content["trees"]:
        size, root = tree["count"], bytes.fromhex(tree["root"])
        require(receipts.tree_root(leaves[:size]) == root, "root over %d leaves" % size)
        for index, path in enumerate(tree["paths"]):
            hashes = [bytes.fromhex(each) for each in path]
            found = receipts.root_of_path(leaves[index], index, size, hashes)
            require(found == root, "path of %d in %d" % (index, size))
            count += 1
    for mountains in content["mountainRanges"]:
        hashes = [bytes.fromhex(each) for each in content["sealHashes"][: mountains["count"]]]
        require(receipts.mountain_range_root(hashes).hex() == mountains["root"], "range of %d" % mountains["count"])
        count += 1
    return count


def check_messages(content):
    keys = {name: sm2.PublicKey(bytes.fromhex(key)) for name, key in content["keys"].items()}
    for entry in content["messages"]:
        data = bytes.fromhex(entry["hex"])
        message, values = wire.decode(data)
        require(message.template == entry["template"] and message.name == entry["message"], entry["name"])
        signature = values.pop("signature", None)
        require(plain(values) == entry["fields"], "fields of " + entry["name"])
        encoded = message.encode(values)
        if signature is not None:
            require(keys[entry["signedBy"]].verify(encoded, signature), "signature of " + entry["name"])
            encoded += signature
        require(encoded == data, entry["name"] + " is encoded otherwise here")
    seen = {entry["template"] for entry in content["messages"]}
    missing = set(wire.MESSAGES) - seen
    require(not missing, "no vector for the messages %s" % sorted(missing))
    return len(content["messages"])


def plain(value):
    """As the vectors write it: bytes in hexadecimal digits."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, list) else value


def check_session(content):
    key = sm2.PublicKey(bytes.fromhex(content["gatewayKey"]))
    for entry in content["receipts"]:
        request = bytes.fromhex(entry["request"]) if entry["request"] else None
        try:
            receipts.verify_receipt(bytes.fromhex(entry["receipt"]), bytes.fromhex(entry["outcome"]), key, request)
            valid = True
        except (receipts.ReceiptError, wire.WireError):
            valid = False
        require(valid == entry["valid"], "receipt " + entry["name"])
    seals = [bytes.fromhex(entry["seal"]) for entry in content["seals"]]
    for entry, seal in zip(content["seals"], seals):
        receipts.verify_seal(seal, key)
        require(sm2.sm3(seal).hex() == entry["hash"], "hash of seal %d" % entry["sealNumber"])
    for number, seal in enumerate(seals):
        fields = wire.decode(seal)[1]
        earlier = [sm2.sm3(each) for each in seals[:number]]
        require(fields["sealNumber"] == number, "seals are not all there")
        require(fields["mountainRangeRoot"] == receipts.mountain_range_root(earlier), "tree head of seal %d" % number)
        require(fields["previousSealHash"] == (earlier[-1] if earlier else bytes(32)), "chain at seal %d" % number)
    for entry in content["frames"]:
        data = bytes.fromhex(entry["frame"])
        require(wire.frame(data[4:]) == data, "length of frame " + entry["name"])
        wire.decode(data[4:])
    return len(content["receipts"]) + len(content["seals"]) + len(content["frames"])


def check_proofs(content):
    key = sm2.PublicKey(bytes.fromhex(content["gatewayKey"]))
    for entry in content["heads"]:
        try:
            verdict = "VALID" if proofs.read_head(entry["text"]).is_signed_by(key) else "HEAD_SIGNATURE"
        except ValueError:
            verdict = "HEAD_FORM"
        require(verdict == entry["verdict"], "head %s is %s here" % (entry["name"], verdict))
    for entry in content["recordProofs"] + content["consistencyProofs"]:
        kept = [proofs.read_head(text) for text in entry["keptHeads"]]
        outcome = bytes.fromhex(entry["outcome"]) if entry.get("outcome") else None
        try:
            proofs.verify(entry["text"], key, kept, outcome)
            verdict = "VALID"
        except proofs.ProofError as e:
            verdict = e.step
        require(verdict == entry["verdict"], "proof '%s' is %s here" % (entry["name"], verdict))
    return sum(len(content[name]) for name in ("heads", "recordProofs", "consistencyProofs"))


CHECKS = {
    "keys.json": check_keys,
    "signatures.json": check_signatures,
    "trees.json": check_trees,
    "proofs.json": check_proofs,
    "messages.json": check_messages,
    "session.json": check_session,
}


def check(directory):
    """Exit code 0 if all vectors hold, 1 with the first one that does not."""
    for name, checked in CHECKS.items():
        try:
            with open(os.path.join(directory, name), encoding="utf-8") as file:
                content = json.load(file)
            print("%-16s %4d vectors hold" % (name, checked(content)), flush=True)
        except (Mismatch, OSError, KeyError, ValueError, wire.WireError) as e:
            print("%-16s FAILED: %s: %s" % (name, type(e).__name__, e), file=sys.stderr, flush=True)
            return 1
    return 0
