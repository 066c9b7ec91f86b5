"""Frames and messages: each message as a list of fields, in the order of the tables in docs/PROTOCOL.md.

A frame is a u32 length and that many bytes. The bytes are the SBE header, the message's block of fixed fields, its
groups, its variable fields, and for signed messages the signature. Everything is little-endian.
"""

import struct

SCHEMA_ID = 1
SCHEMA_VERSION = 1
MAX_FRAME_LENGTH = 32768
SIGNATURE_LENGTH = 64
TERMINAL_REQUEST = 1  # domainTag

# Codes of the enumerations that this client looks at.
FIRST, REPEAT = 1, 2
NOT_SEEN, DONE, REFUSED, REVERSED, MARKED, UNKNOWN, CANCELLED = range(7)
EFFECT_REVERSED, EFFECT_ALREADY_REVERSED, EFFECT_MARKED, EFFECT_NOTHING, EFFECT_ALREADY_CANCELLED = 1, 2, 3, 4, 5
DURABILITY = {0: "none", 1: "process", 2: "batch", 3: "record"}


class WireError(Exception):
    """The bytes are not what the protocol says."""


# Types of fields: a number such as 30 is a character field of so many bytes, "b32" is 32 plain bytes.
_NUMBERS = {"u8": "<B", "u16": "<H", "u32": "<I", "i16": "<h", "i32": "<i", "i64": "<q"}


def _length(kind):
    if isinstance(kind, int):
        return kind
    return struct.calcsize(_NUMBERS[kind]) if kind in _NUMBERS else int(kind[1:])


def _encode_field(name, kind, value):
    if isinstance(kind, int):
        data = value.encode("ascii")
        if len(data) > kind:
            raise WireError("%s has %d characters, the field has %d" % (name, len(data), kind))
        return data.ljust(kind, b"\x00")
    if kind in _NUMBERS:
        return struct.pack(_NUMBERS[kind], value)
    if len(value) != _length(kind):
        raise WireError("%s has %d bytes, not %d" % (name, len(value), _length(kind)))
    return bytes(value)


def _decode_field(kind, data):
    if isinstance(kind, int):
        return data.split(b"\x00", 1)[0].decode("ascii")
    if kind in _NUMBERS:
        return struct.unpack(_NUMBERS[kind], data)[0]
    return bytes(data)


class Message:
    """Layout of one message: fixed fields, at most one group, then variable fields."""

    def __init__(self, template, name, block, group=None, variable=(), signed=False, entry_variable=()):
        self.template = template
        self.name = name
        self.block = block
        self.block_length = sum(_length(kind) for _, kind in block)
        self.group = group  # (name, fields)
        self.variable = variable
        self.entry_variable = entry_variable  # behind the block of each entry
        self.signed = signed

    def encode(self, values):
        """SBE header and body, without signature. Fields that are not named are empty or zero."""
        out = [struct.pack("<4H", self.block_length, self.template, SCHEMA_ID, SCHEMA_VERSION)]
        out.append(_encode_fields(self.block, values))
        if self.group:
            name, fields = self.group
            entries = values.get(name, [])
            out.append(struct.pack("<2H", sum(_length(kind) for _, kind in fields), len(entries)))
            for entry in entries:
                out.append(_encode_fields(fields, entry))
                out.append(_encode_variable(self.entry_variable, entry))
        out.append(_encode_variable(self.variable, values))
        return b"".join(out)

    def decode(self, data):
        """The values of a message whose header was read already. Every byte must be accounted for."""
        at = 8
        values, at = _decode_fields(self.block, data, at)
        if self.group:
            name, fields = self.group
            entry_length, count = struct.unpack("<2H", _take(data, at, 4))
            at += 4
            if entry_length != sum(_length(kind) for _, kind in fields):
                raise WireError("an entry of %s has %d bytes" % (name, entry_length))
            values[name] = []
            for _ in range(count):
                entry, at = _decode_fields(fields, data, at)
                variable, at = _decode_variable(self.entry_variable, data, at)
                entry.update(variable)
                values[name].append(entry)
        variable, at = _decode_variable(self.variable, data, at)
        values.update(variable)
        if self.signed:
            values["signature"] = _take(data, at, SIGNATURE_LENGTH)
            at += SIGNATURE_LENGTH
        if at != len(data):
            raise WireError("%s has %d bytes more than its fields" % (self.name, len(data) - at))
        return values


def _encode_fields(fields, values):
    out = []
    for name, kind in fields:
        empty = "" if isinstance(kind, int) else 0 if kind in _NUMBERS else b"\x00" * _length(kind)
        out.append(_encode_field(name, kind, values.get(name, empty)))
    return b"".join(out)


def _decode_fields(fields, data, at):
    values = {}
    for name, kind in fields:
        values[name] = _decode_field(kind, _take(data, at, _length(kind)))
        at += _length(kind)
    return values, at


def _encode_variable(fields, values):
    out = []
    for name, kind in fields:
        data = values.get(name, b"")
        data = data.encode("utf-8") if kind == "text" and isinstance(data, str) else data
        out.append(struct.pack("<H", len(data)) + data)
    return b"".join(out)


def _decode_variable(fields, data, at):
    values = {}
    for name, kind in fields:
        (length,) = struct.unpack("<H", _take(data, at, 2))
        value = _take(data, at + 2, length)
        values[name] = value.decode("utf-8") if kind == "text" else value
        at += 2 + length
    return values, at


def _take(data, at, length):
    if at + length > len(data):
        raise WireError("the message ends within a field")
    return data[at : at + length]


# ---------------------------------------------------------------- the messages

# Opens each signed request.
_REQUEST = [
    ("domainTag", "u8"),
    ("sn", 32),
    ("gatewayId", 16),
    ("msgid", 30),
    ("insuplcAdmdvs", 6),
    ("sentAtMs", "i64"),
    ("correlationId", "i64"),
]

# Opens each outcome.
_OUTCOME = [
    ("code", "u16"),
    ("infno", 6),
    ("msgid", 30),
    ("infRefmsgid", 30),
    ("sequence", "i64"),
    ("timeMs", "i64"),
]

_SETTLE = _REQUEST + [
    ("psnNo", 30),
    ("mdtrtCertType", 3),
    ("mdtrtCertNo", 50),
    ("begntimeMs", "i64"),
    ("medfeeSumamtFen", "i64"),
    ("invono", 20),
    ("insutype", 6),
    ("diseCodg", 30),
    ("medType", 6),
    ("acctUsedFlag", "u8"),
]

_DRUGDETAIL = (
    "drugdetail",
    [
        ("feedetlSn", 30),
        ("medListCodg", 50),
        ("detItemFeeSumamtFen", "i64"),
        ("cntE4", "i64"),
        ("pricE6", "i64"),
        ("rxno", 30),
    ],
)

_SETTLE_OUTCOME = _OUTCOME + [
    ("setlId", 30),
    ("psnNo", 30),
    ("insutype", 6),
    ("psnType", 6),
    ("medType", 6),
    ("clrType", 6),
    ("policyVersion", "i32"),
    ("setlTimeMs", "i64"),
    ("medfeeSumamtFen", "i64"),
    ("fulamtOwnpayAmtFen", "i64"),
    ("overlmtSelfpayFen", "i64"),
    ("preselfpayAmtFen", "i64"),
    ("inscpScpAmtFen", "i64"),
    ("actPayDedcFen", "i64"),
    ("poolPropSelfpayE4", "u16"),
    ("hifpPayFen", "i64"),
    ("cvlservPayFen", "i64"),
    ("hifesPayFen", "i64"),
    ("hifmiPayFen", "i64"),
    ("hifobPayFen", "i64"),
    ("mafPayFen", "i64"),
    ("othPayFen", "i64"),
    ("fundPaySumamtFen", "i64"),
    ("hospPartAmtFen", "i64"),
    ("psnPartAmtFen", "i64"),
    ("acctPayFen", "i64"),
    ("acctMulaidPayFen", "i64"),
    ("psnCashPayFen", "i64"),
    ("balcFen", "i64"),
    ("mdtrtId", 30),
    ("age", "u16"),
    ("cvlservFlag", "u8"),
]

_DETLCUTINFO = (
    "detlcutinfo",
    [
        ("feedetlSn", 30),
        ("detItemFeeSumamtFen", "i64"),
        ("fulamtOwnpayAmtFen", "i64"),
        ("overlmtAmtFen", "i64"),
        ("preselfpayAmtFen", "i64"),
        ("inscpScpAmtFen", "i64"),
        ("pricUplmtAmtE6", "i64"),
        ("selfpayPropE4", "u16"),
        ("chrgitmLv", 3),
    ],
)

_CANCEL_OUTCOME = _OUTCOME + [
    ("setlId", 30),
    ("originalSetlId", 30),
    ("originalMsgid", 30),
    ("psnNo", 30),
    ("setlTimeMs", "i64"),
    ("medfeeSumamtFen", "i64"),
    ("hifpPayFen", "i64"),
    ("fundPaySumamtFen", "i64"),
    ("psnPartAmtFen", "i64"),
    ("acctPayFen", "i64"),
    ("psnCashPayFen", "i64"),
    ("balcFen", "i64"),
    ("fulamtOwnpayAmtFen", "i64"),
    ("overlmtSelfpayFen", "i64"),
    ("preselfpayAmtFen", "i64"),
    ("inscpScpAmtFen", "i64"),
    ("actPayDedcFen", "i64"),
    ("cvlservPayFen", "i64"),
    ("hifesPayFen", "i64"),
    ("hifmiPayFen", "i64"),
    ("hifobPayFen", "i64"),
    ("mafPayFen", "i64"),
    ("othPayFen", "i64"),
    ("hospPartAmtFen", "i64"),
    ("acctMulaidPayFen", "i64"),
    ("mdtrtId", 30),
]

# Of visits and stays. Requests and outcomes that differ in their number alone share a layout.
_OF_VISIT = _REQUEST + [("psnNo", 30), ("mdtrtId", 30)]

_OF_VISIT_OUTCOME = _OUTCOME + [("mdtrtId", 30), ("psnNo", 30)]

_DISEINFO = (
    "diseinfo",
    [
        ("diagType", 3),
        ("diagSrtNo", "u16"),
        ("diagCode", 30),
        ("diagDept", 30),
        ("diseDorNo", 30),
        ("diagTimeMs", "i64"),
    ],
)

_FEEDETAIL = (
    "feedetail",
    [
        ("feedetlSn", 30),
        ("rxno", 30),
        ("feeOcurTimeMs", "i64"),
        ("medListCodg", 50),
        ("detItemFeeSumamtFen", "i64"),
        ("cntE4", "i64"),
        ("pricE6", "i64"),
        ("bilgDrCodg", 30),
    ],
)

_FEE_LINES = _OF_VISIT + [("chrgBchno", 30)]

_FEE_LINES_OUTCOME = _OF_VISIT_OUTCOME + [("chrgBchno", 30)]

_UPLOADED = ("detlcutinfo", _DETLCUTINFO[1] + [("basMednFlag", "u8")])

_FEE_LINES_CANCEL_OUTCOME = _FEE_LINES_OUTCOME + [("lineCount", "u32"), ("medfeeSumamtFen", "i64")]

_SETTLE_VISIT = _REQUEST + [
    ("psnNo", 30),
    ("mdtrtCertType", 3),
    ("mdtrtCertNo", 50),
    ("mdtrtId", 30),
    ("medType", 6),
    ("insutype", 6),
    ("chrgBchno", 30),
    ("medfeeSumamtFen", "i64"),
    ("fulamtOwnpayAmtFen", "i64"),
    ("overlmtSelfpayFen", "i64"),
    ("preselfpayAmtFen", "i64"),
    ("inscpScpAmtFen", "i64"),
    ("psnSetlway", 6),
    ("acctUsedFlag", "u8"),
    ("invono", 20),
    ("endtimeMs", "i64"),
    ("midSetlFlag", "u8"),
]

_CANCEL_VISIT = _OF_VISIT + [("setlId", 30)]

CHALLENGE = Message(
    1,
    "Challenge",
    [("gatewayId", 16), ("timeMs", "i64"), ("minSchemaVersion", "u16"), ("schemaVersion", "u16"), ("nonce", "b32")],
    variable=[("newestSeal", "bytes")],
)
HEARTBEAT = Message(2, "Heartbeat", [("correlationId", "i64"), ("timeMs", "i64")])
BUSY = Message(3, "Busy", [("correlationId", "i64"), ("msgid", 30), ("code", "u16"), ("retryAfterMs", "u32")])
REFUSAL = Message(4, "Refusal", [("correlationId", "i64"), ("msgid", 30), ("code", "u16")])
REPLY = Message(
    5,
    "Reply",
    [("correlationId", "i64"), ("kind", "u8"), ("state", "u8")],
    variable=[("outcome", "bytes"), ("receipt", "bytes"), ("answer", "bytes"), ("answerReceipt", "bytes")],
)
SEAL = Message(
    6,
    "Seal",
    [
        ("domainTag", "u8"),
        ("durability", "u8"),
        ("gatewayKeyVersion", "u16"),
        ("gatewayId", 16),
        ("sealNumber", "i64"),
        ("firstSequence", "i64"),
        ("lastSequence", "i64"),
        ("timeMs", "i64"),
        ("merkleRoot", "b32"),
        ("previousSealHash", "b32"),
        ("mountainRangeRoot", "b32"),
        ("stateHash", "b16"),
    ],
    signed=True,
)
RECEIPT = Message(
    7,
    "Receipt",
    [("sequence", "i64"), ("timeMs", "i64"), ("commandHash", "b32"), ("internalHash", "b32"), ("leafIndex", "u32")],
    group=("path", [("hash", "b32")]),
    variable=[("seal", "bytes")],
)
SIGN_IN = Message(
    9001, "SignIn", _REQUEST + [("nonce", "b32"), ("opterNo", 20), ("mac", 20), ("ip", 20)], signed=True
)
SIGN_OUT = Message(9002, "SignOut", _REQUEST + [("signNo", 30), ("opterNo", 20)], signed=True)
PERSON_INFO = Message(
    1101, "PersonInfo", _REQUEST + [("mdtrtCertType", 3), ("mdtrtCertNo", 50), ("cardSn", 32)], signed=True
)
PRESETTLE = Message(2101, "PharmacyPresettle", _SETTLE, group=_DRUGDETAIL, signed=True)
SETTLE = Message(2102, "PharmacySettle", _SETTLE, group=_DRUGDETAIL, signed=True)
CANCEL = Message(2103, "PharmacyCancel", _REQUEST + [("psnNo", 30), ("setlId", 30)], signed=True)
REVERSAL = Message(2601, "Reversal", _REQUEST + [("psnNo", 30), ("omsgid", 30), ("oinfno", 6)], signed=True)
QUERY = Message(101, "QueryByMsgid", _REQUEST + [("omsgid", 30)], signed=True)
REFUSED_OUTCOME = Message(10000, "RefusedOutcome", _OUTCOME + [("lineIndex", "i16")])
# Stands in the journal; a terminal gets the first outcome instead.
REPEAT_OUTCOME = Message(10001, "RepeatOutcome", _OUTCOME + [("firstSequence", "i64"), ("state", "u8")])
SIGN_IN_OUTCOME = Message(
    19001,
    "SignInOutcome",
    _OUTCOME
    + [
        ("signNo", 30),
        ("durability", "u8"),
        ("windowCount", "u16"),
        ("maxLines", "u16"),
        ("maxFrameLength", "u32"),
        ("heartbeatIntervalMs", "u32"),
        ("idleTimeoutMs", "u32"),
        ("laneFirst", "u16"),
        ("laneCount", "u16"),
        ("fixmedinsCode", 20),
    ],
)
SIGN_OUT_OUTCOME = Message(19002, "SignOutOutcome", _OUTCOME + [("signNo", 30)])
PERSON_INFO_OUTCOME = Message(
    11101,
    "PersonInfoOutcome",
    _OUTCOME + [("psnNo", 30), ("psnCertType", 6), ("certno", 50), ("frozenFlag", "u8")],
    group=(
        "insuinfo",
        [
            ("balcFen", "i64"),
            ("insutype", 6),
            ("psnType", 6),
            ("psnInsuStas", 6),
            ("insuplcAdmdvs", 6),
            ("dedcUsedFen", "i64"),
            ("hifpPaidFen", "i64"),
        ],
    ),
    variable=[("psnName", "text")],
)
PRESETTLE_OUTCOME = Message(12101, "PharmacyPresettleOutcome", _SETTLE_OUTCOME, group=_DETLCUTINFO)
SETTLE_OUTCOME = Message(12102, "PharmacySettleOutcome", _SETTLE_OUTCOME, group=_DETLCUTINFO)
CANCEL_OUTCOME = Message(12103, "PharmacyCancelOutcome", _CANCEL_OUTCOME)
REVERSAL_OUTCOME = Message(
    12601,
    "ReversalOutcome",
    _OUTCOME
    + [
        ("effect", "u8"),
        ("omsgid", 30),
        ("oinfno", 6),
        ("originalSequence", "i64"),
        ("fundPaySumamtFen", "i64"),
        ("acctPayFen", "i64"),
        ("psnCashPayFen", "i64"),
        ("balcFen", "i64"),
    ],
)
QUERY_OUTCOME = Message(10101, "QueryOutcome", _OUTCOME + [("omsgid", 30), ("state", "u8"), ("firstSequence", "i64")])

ENTITLEMENT_CHECK = Message(
    2001,
    "EntitlementCheck",
    _REQUEST + [("psnNo", 30), ("insutype", 6), ("medType", 6), ("begntimeMs", "i64"), ("diseCodg", 30)],
    signed=True,
)
REGISTRATION = Message(
    2201,
    "Registration",
    _REQUEST
    + [
        ("psnNo", 30),
        ("mdtrtCertType", 3),
        ("mdtrtCertNo", 50),
        ("insutype", 6),
        ("begntimeMs", "i64"),
        ("iptOtpNo", 30),
        ("atddrNo", 30),
        ("deptCode", 30),
        ("caty", 6),
    ],
    signed=True,
)
REGISTRATION_CANCEL = Message(2202, "RegistrationCancel", _OF_VISIT, signed=True)
VISIT = Message(
    2203,
    "Visit",
    _OF_VISIT + [("medType", 6), ("begntimeMs", "i64"), ("diseCodg", 30)],
    group=_DISEINFO,
    signed=True,
)
OUTPATIENT_FEE_LINES = Message(2204, "OutpatientFeeLines", _FEE_LINES, group=_FEEDETAIL, signed=True)
OUTPATIENT_FEE_LINES_CANCEL = Message(2205, "OutpatientFeeLinesCancel", _FEE_LINES, signed=True)
OUTPATIENT_PRESETTLE = Message(2206, "OutpatientPresettle", _SETTLE_VISIT, signed=True)
OUTPATIENT_SETTLE = Message(2207, "OutpatientSettle", _SETTLE_VISIT, signed=True)
OUTPATIENT_CANCEL = Message(2208, "OutpatientCancel", _CANCEL_VISIT, signed=True)
INPATIENT_FEE_LINES = Message(2301, "InpatientFeeLines", _FEE_LINES, group=_FEEDETAIL, signed=True)
INPATIENT_FEE_LINES_CANCEL = Message(2302, "InpatientFeeLinesCancel", _FEE_LINES, signed=True)
INPATIENT_PRESETTLE = Message(2303, "InpatientPresettle", _SETTLE_VISIT, signed=True)
INPATIENT_SETTLE = Message(2304, "InpatientSettle", _SETTLE_VISIT, signed=True)
INPATIENT_CANCEL = Message(2305, "InpatientCancel", _CANCEL_VISIT, signed=True)
ADMISSION = Message(
    2401,
    "Admission",
    _REQUEST
    + [
        ("psnNo", 30),
        ("mdtrtCertType", 3),
        ("mdtrtCertNo", 50),
        ("insutype", 6),
        ("medType", 6),
        ("begntimeMs", "i64"),
        ("iptNo", 30),
        ("atddrNo", 30),
        ("admDeptCodg", 30),
        ("diseCodg", 30),
    ],
    group=_DISEINFO,
    signed=True,
)
DISCHARGE = Message(
    2402,
    "Discharge",
    _OF_VISIT + [("endtimeMs", "i64"), ("dscgWay", 3), ("diseCodg", 30)],
    group=_DISEINFO,
    signed=True,
)
ADMISSION_CANCEL = Message(2404, "AdmissionCancel", _OF_VISIT, signed=True)
DISCHARGE_CANCEL = Message(2405, "DischargeCancel", _OF_VISIT, signed=True)
ENTITLEMENT_CHECK_OUTCOME = Message(
    12001,
    "EntitlementCheckOutcome",
    _OUTCOME
    + [
        ("psnNo", 30),
        ("insutype", 6),
        ("medType", 6),
        ("diseCodg", 30),
        ("policyVersion", "i32"),
        ("trtEnjymntFlag", "u8"),
        ("trtChkRslt", "u16"),
        ("psnInsuStas", 6),
        ("frozenFlag", "u8"),
    ],
    group=(
        "trtinfo",
        [("fundPayType", 6), ("trtEnjymntFlag", "u8"), ("paidFen", "i64"), ("leftFen", "i64")],
    ),
)
REGISTRATION_OUTCOME = Message(12201, "RegistrationOutcome", _OF_VISIT_OUTCOME)
REGISTRATION_CANCEL_OUTCOME = Message(12202, "RegistrationCancelOutcome", _OF_VISIT_OUTCOME)
VISIT_OUTCOME = Message(12203, "VisitOutcome", _OF_VISIT_OUTCOME)
OUTPATIENT_FEE_LINES_OUTCOME = Message(12204, "OutpatientFeeLinesOutcome", _FEE_LINES_OUTCOME, group=_UPLOADED)
OUTPATIENT_FEE_LINES_CANCEL_OUTCOME = Message(12205, "OutpatientFeeLinesCancelOutcome", _FEE_LINES_CANCEL_OUTCOME)
OUTPATIENT_PRESETTLE_OUTCOME = Message(12206, "OutpatientPresettleOutcome", _SETTLE_OUTCOME, group=_DETLCUTINFO)
OUTPATIENT_SETTLE_OUTCOME = Message(12207, "OutpatientSettleOutcome", _SETTLE_OUTCOME, group=_DETLCUTINFO)
OUTPATIENT_CANCEL_OUTCOME = Message(12208, "OutpatientCancelOutcome", _CANCEL_OUTCOME)
INPATIENT_FEE_LINES_OUTCOME = Message(12301, "InpatientFeeLinesOutcome", _FEE_LINES_OUTCOME, group=_UPLOADED)
INPATIENT_FEE_LINES_CANCEL_OUTCOME = Message(12302, "InpatientFeeLinesCancelOutcome", _FEE_LINES_CANCEL_OUTCOME)
INPATIENT_PRESETTLE_OUTCOME = Message(12303, "InpatientPresettleOutcome", _SETTLE_OUTCOME, group=_DETLCUTINFO)
INPATIENT_SETTLE_OUTCOME = Message(12304, "InpatientSettleOutcome", _SETTLE_OUTCOME, group=_DETLCUTINFO)
INPATIENT_CANCEL_OUTCOME = Message(12305, "InpatientCancelOutcome", _CANCEL_OUTCOME)
ADMISSION_OUTCOME = Message(12401, "AdmissionOutcome", _OF_VISIT_OUTCOME)
DISCHARGE_OUTCOME = Message(12402, "DischargeOutcome", _OF_VISIT_OUTCOME)
ADMISSION_CANCEL_OUTCOME = Message(12404, "AdmissionCancelOutcome", _OF_VISIT_OUTCOME)
DISCHARGE_CANCEL_OUTCOME = Message(12405, "DischargeCancelOutcome", _OF_VISIT_OUTCOME)

# Statements and answers of record.

RECORDS_PAGE = Message(
    8,
    "RecordsPage",
    [
        ("correlationId", "i64"),
        ("kind", "u8"),
        ("asOfSequence", "i64"),
        ("nextAfterSequence", "i64"),
    ],
    group=("records", [
        ("sequence", "i64"),
        ("state", "u8"),
        ("undoneBySequence", "i64"),
        ("commandHash", "b32"),
    ]),
    entry_variable=[("answer", "bytes"), ("answerReceipt", "bytes")],
    variable=[("outcome", "bytes"), ("receipt", "bytes")],
)

STATEMENT_PAGE = Message(
    9,
    "StatementPage",
    [
        ("correlationId", "i64"),
        ("kind", "u8"),
        ("asOfSequence", "i64"),
        ("differenceCount", "i32"),
        ("nextAfterRow", "i32"),
    ],
    group=("differences", [
        ("difference", "u8"),
        ("act", "u8"),
        ("fields", "u16"),
        ("setlId", 30),
        ("msgid", 30),
        ("otherMsgid", 30),
        ("psnNo", 30),
        ("mdtrtId", 30),
        ("medfeeSumamtFen", "i64"),
        ("fundPaySumamtFen", "i64"),
        ("acctPayFen", "i64"),
        ("uploadedMedfeeSumamtFen", "i64"),
        ("uploadedFundPaySumamtFen", "i64"),
        ("uploadedAcctPayFen", "i64"),
    ]),
    variable=[("outcome", "bytes"), ("receipt", "bytes")],
)

SETTLEMENT_QUERY = Message(
    5203,
    "SettlementQuery",
    [
        ("domainTag", "u8"),
        ("sn", 32),
        ("gatewayId", 16),
        ("msgid", 30),
        ("insuplcAdmdvs", 6),
        ("sentAtMs", "i64"),
        ("correlationId", "i64"),
        ("by", "u8"),
        ("omsgid", 30),
        ("setlId", 30),
        ("psnNo", 30),
        ("begnTimeMs", "i64"),
        ("endTimeMs", "i64"),
        ("afterSequence", "i64"),
        ("pageLimit", "u16"),
    ],
    signed=True,
)

STATEMENT_TOTALS = Message(
    3201,
    "StatementTotals",
    [
        ("domainTag", "u8"),
        ("sn", 32),
        ("gatewayId", 16),
        ("msgid", 30),
        ("insuplcAdmdvs", 6),
        ("sentAtMs", "i64"),
        ("correlationId", "i64"),
        ("insutype", 6),
        ("clrType", 6),
        ("setlOptins", 6),
        ("stmtBegndateMs", "i64"),
        ("stmtEnddateMs", "i64"),
        ("refdSetlFlag", "u8"),
        ("medfeeSumamtFen", "i64"),
        ("fundPaySumamtFen", "i64"),
        ("acctPayFen", "i64"),
        ("fixmedinsSetlCnt", "i32"),
    ],
    signed=True,
)

STATEMENT_UPLOAD = Message(
    9101,
    "StatementUpload",
    [
        ("domainTag", "u8"),
        ("sn", 32),
        ("gatewayId", 16),
        ("msgid", 30),
        ("insuplcAdmdvs", 6),
        ("sentAtMs", "i64"),
        ("correlationId", "i64"),
        ("fileQuryNo", 30),
        ("pieceIndex", "u16"),
    ],
    group=("rows", [
        ("setlId", 30),
        ("msgid", 30),
        ("psnNo", 30),
        ("mdtrtId", 30),
        ("medfeeSumamtFen", "i64"),
        ("fundPaySumamtFen", "i64"),
        ("acctPayFen", "i64"),
        ("refdSetlFlag", "u8"),
    ]),
    signed=True,
)

STATEMENT_DETAILS = Message(
    3202,
    "StatementDetails",
    [
        ("domainTag", "u8"),
        ("sn", 32),
        ("gatewayId", 16),
        ("msgid", 30),
        ("insuplcAdmdvs", 6),
        ("sentAtMs", "i64"),
        ("correlationId", "i64"),
        ("fileQuryNo", 30),
        ("pieceCount", "u16"),
        ("setlOptins", 6),
        ("clrType", 6),
        ("stmtBegndateMs", "i64"),
        ("stmtEnddateMs", "i64"),
        ("refdSetlFlag", "u8"),
        ("medfeeSumamtFen", "i64"),
        ("fundPaySumamtFen", "i64"),
        ("acctPayFen", "i64"),
        ("fixmedinsSetlCnt", "i32"),
    ],
    signed=True,
)

STATEMENT_DOWNLOAD = Message(
    9102,
    "StatementDownload",
    [
        ("domainTag", "u8"),
        ("sn", 32),
        ("gatewayId", 16),
        ("msgid", 30),
        ("insuplcAdmdvs", 6),
        ("sentAtMs", "i64"),
        ("correlationId", "i64"),
        ("fileQuryNo", 30),
        ("afterRow", "i32"),
        ("pageLimit", "u16"),
    ],
    signed=True,
)

SETTLEMENT_QUERY_OUTCOME = Message(
    15203,
    "SettlementQueryOutcome",
    [
        ("code", "u16"),
        ("infno", 6),
        ("msgid", 30),
        ("infRefmsgid", 30),
        ("sequence", "i64"),
        ("timeMs", "i64"),
        ("by", "u8"),
        ("afterSequence", "i64"),
        ("pageLimit", "u16"),
    ],
)

STATEMENT_TOTALS_OUTCOME = Message(
    13201,
    "StatementTotalsOutcome",
    [
        ("code", "u16"),
        ("infno", 6),
        ("msgid", 30),
        ("infRefmsgid", 30),
        ("sequence", "i64"),
        ("timeMs", "i64"),
        ("setlOptins", 6),
        ("stmtRslt", "u8"),
        ("medfeeSumamtFen", "i64"),
        ("fundPaySumamtFen", "i64"),
        ("acctPayFen", "i64"),
        ("psnCashPayFen", "i64"),
        ("fixmedinsSetlCnt", "i32"),
        ("refdCnt", "i32"),
        ("closed", "u8"),
    ],
)

STATEMENT_UPLOAD_OUTCOME = Message(
    19101,
    "StatementUploadOutcome",
    [
        ("code", "u16"),
        ("infno", 6),
        ("msgid", 30),
        ("infRefmsgid", 30),
        ("sequence", "i64"),
        ("timeMs", "i64"),
        ("fileQuryNo", 30),
        ("pieceIndex", "u16"),
        ("rowCount", "i32"),
        ("previousSequence", "i64"),
    ],
)

STATEMENT_DETAILS_OUTCOME = Message(
    13202,
    "StatementDetailsOutcome",
    [
        ("code", "u16"),
        ("infno", 6),
        ("msgid", 30),
        ("infRefmsgid", 30),
        ("sequence", "i64"),
        ("timeMs", "i64"),
        ("fileQuryNo", 30),
        ("rowCount", "i32"),
        ("pieceCount", "u16"),
        ("firstPieceSequence", "i64"),
        ("lastPieceSequence", "i64"),
    ],
)

STATEMENT_DOWNLOAD_OUTCOME = Message(
    19102,
    "StatementDownloadOutcome",
    [
        ("code", "u16"),
        ("infno", 6),
        ("msgid", 30),
        ("infRefmsgid", 30),
        ("sequence", "i64"),
        ("timeMs", "i64"),
        ("fileQuryNo", 30),
        ("afterRow", "i32"),
        ("detailsSequence", "i64"),
    ],
)

MESSAGES = {message.template: message for message in list(globals().values()) if isinstance(message, Message)}


def template_of(data):
    """The template id, once the SBE header has been checked."""
    block_length, template, schema, version = struct.unpack("<4H", _take(data, 0, 8))
    if schema != SCHEMA_ID or version != SCHEMA_VERSION or template not in MESSAGES:
        raise WireError("message %d of schema %d, version %d is not known here" % (template, schema, version))
    if block_length != MESSAGES[template].block_length:
        raise WireError("%s has a block of %d bytes" % (MESSAGES[template].name, block_length))
    return template


def decode(data):
    """(layout, values) of a message with its SBE header."""
    message = MESSAGES[template_of(data)]
    return message, message.decode(data)


# ---------------------------------------------------------------- frames on a socket


def frame(data):
    """The bytes with their length before them."""
    return struct.pack("<I", len(data)) + data


def read_frame(stream):
    """One frame's content from a binary stream; None where the peer has closed."""
    head = stream.read(4)
    if len(head) == 0:
        return None
    if len(head) == 4:
        (length,) = struct.unpack("<I", head)
        if length > MAX_FRAME_LENGTH:
            raise WireError("a frame of %d bytes is above the limit" % length)
        data = stream.read(length)
        if len(data) == length:
            return data
    raise WireError("the connection ended within a frame")
