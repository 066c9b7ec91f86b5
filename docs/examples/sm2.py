"""SM3, SM2 signatures, and key files, with the standard library only.

SM3 is GB/T 32905, the signature is GB/T 32918.2 on the curve sm2p256v1 of GB/T 32918.5. A signature is raw r||s, 64 bytes,
big-endian. This code is for reading and for trying: it takes a few milliseconds for a signature, and it does not hide the
private key from somebody who measures how long it takes. A terminal in the field signs in its security module.
"""

import base64
import secrets

# ---------------------------------------------------------------- SM3

_IV = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_MASK = 0xFFFFFFFF


def _rotate(x, n):
    n %= 32
    return ((x << n) | (x >> (32 - n))) & _MASK


_T = [_rotate(0x79CC4519 if j < 16 else 0x7A879D8A, j) for j in range(64)]


def _compress(state, block):
    w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _rotate(w[j - 3], 15)
        x ^= _rotate(x, 15) ^ _rotate(x, 23)
        w.append(x ^ _rotate(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        ss1 = _rotate((_rotate(a, 12) + e + _T[j]) & _MASK, 7)
        ss2 = ss1 ^ _rotate(a, 12)
        if j < 16:
            ff = a ^ b ^ c
            gg = e ^ f ^ g
        else:
            ff = (a & b) | (a & c) | (b & c)
            gg = (e & f) | (~e & g)
        tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & _MASK
        tt2 = (gg + h + ss1 + w[j]) & _MASK
        a, b, c, d = tt1, a, _rotate(b, 9), c
        e, f, g, h = tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17), e, _rotate(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h)))


def sm3(data):
    """The SM3 digest, 32 bytes."""
    padded = data + b"\x80" + b"\x00" * (-(len(data) + 9) % 64) + (8 * len(data)).to_bytes(8, "big")
    state = _IV
    for i in range(0, len(padded), 64):
        state = _compress(state, padded[i : i + 64])
    return b"".join(x.to_bytes(4, "big") for x in state)


# ---------------------------------------------------------------- the curve sm2p256v1

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)

# A point in the arithmetic below is (X, Y, Z) with x = X / Z^2 and y = Y / Z^3: that spares a division at each step.
# The point at infinity has Z = 0.
_INFINITY = (1, 1, 0)


def _double(point):
    x, y, z = point
    if z == 0:
        return point
    yy = y * y % P
    s = 4 * x * yy % P
    m = 3 * (x - z * z) * (x + z * z) % P  # 3x^2 + a z^4 with a = -3
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def _add(p, q):
    if p[2] == 0:
        return q
    if q[2] == 0:
        return p
    x1, y1, z1 = p
    x2, y2, z2 = q
    z1z1, z2z2 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * z2z2 % P, x2 * z1z1 % P
    s1, s2 = y1 * z2 * z2z2 % P, y2 * z1 * z1z1 % P
    if u1 == u2:
        return _double(p) if s1 == s2 else _INFINITY
    h, r = (u2 - u1) % P, (s2 - s1) % P
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, h * z1 * z2 % P


def _multiply(k, point):
    """k times an affine point, in the coordinates above."""
    base = (point[0], point[1], 1)
    result = _INFINITY
    for bit in bin(k)[2:]:
        result = _double(result)
        if bit == "1":
            result = _add(result, base)
    return result


def _affine(point):
    x, y, z = point
    inverse = pow(z, -1, P)
    return x * inverse * inverse % P, y * inverse * inverse * inverse % P


def _number(data):
    return int.from_bytes(data, "big")


def _bytes32(value):
    return value.to_bytes(32, "big")


# ---------------------------------------------------------------- keys

USER_ID = b"1234567812345678"


class PublicKey:
    """A point of the curve, and the value Z_A that stands before each message when it is hashed."""

    def __init__(self, encoded):
        """Takes 65 bytes (04, x, y) or 64 bytes (x, y)."""
        if len(encoded) == 65 and encoded[0] == 4:
            encoded = encoded[1:]
        if len(encoded) != 64:
            raise ValueError("an SM2 public key is 04, x, y (65 bytes) or x, y (64 bytes)")
        x, y = _number(encoded[:32]), _number(encoded[32:])
        if x >= P or y >= P or (y * y - (x * x * x + A * x + B)) % P != 0:
            raise ValueError("the bytes are no point of the curve sm2p256v1")
        self.point = (x, y)
        self.z = self.z_for(USER_ID)

    def encoded(self):
        """04, x, y."""
        return b"\x04" + _bytes32(self.point[0]) + _bytes32(self.point[1])

    def z_for(self, user_id):
        """Z_A = SM3(bit length of the id, two bytes | id | a | b | xG | yG | xA | yA)."""
        numbers = (A, B, G[0], G[1], self.point[0], self.point[1])
        return sm3((8 * len(user_id)).to_bytes(2, "big") + user_id + b"".join(_bytes32(n) for n in numbers))

    def digest(self, message):
        """The number that is signed: SM3(Z_A | message). The message itself is not hashed before."""
        return sm3(self.z + message)

    def verify(self, message, signature):
        """True if the 64 bytes are this key's signature over the message."""
        if len(signature) != 64:
            return False
        r, s = _number(signature[:32]), _number(signature[32:])
        if not (1 <= r < N and 1 <= s < N):
            return False
        t = (r + s) % N
        if t == 0:
            return False
        point = _add(_multiply(s, G), _multiply(t, self.point))
        return point[2] != 0 and (_number(self.digest(message)) + _affine(point)[0]) % N == r


class PrivateKey:
    """A number between 1 and n - 2."""

    def __init__(self, encoded):
        """Takes 32 bytes, big-endian. 33 with a leading 00 are taken too: some exporters write them."""
        if len(encoded) == 33 and encoded[0] == 0:
            encoded = encoded[1:]
        if len(encoded) != 32:
            raise ValueError("an SM2 private key is 32 bytes, here are %d" % len(encoded))
        self.d = _number(encoded)
        if not 1 <= self.d <= N - 2:
            raise ValueError("an SM2 private key lies between 1 and n - 2")
        x, y = _affine(_multiply(self.d, G))
        self.public = PublicKey(_bytes32(x) + _bytes32(y))

    def sign(self, message, k=None):
        """r||s, 64 bytes. Leave k out: one k used for two messages gives the private key away. Test vectors name theirs."""
        e = _number(self.public.digest(message))
        fixed = k is not None
        while True:
            if not fixed:
                k = secrets.randbelow(N - 1) + 1
            r = (e + _affine(_multiply(k, G))[0]) % N
            s = pow(1 + self.d, -1, N) * (k - r * self.d) % N
            if r != 0 and r + k != N and s != 0:
                return _bytes32(r) + _bytes32(s)
            if fixed:
                raise ValueError("this k gives no signature")


# ---------------------------------------------------------------- key files (PEM around DER)

_EC_PUBLIC_KEY = bytes.fromhex("2a8648ce3d0201")  # 1.2.840.10045.2.1
_SM2_CURVE = bytes.fromhex("2a811ccf5501822d")  # 1.2.156.10197.1.301
_PRIME256V1 = bytes.fromhex("2a8648ce3d030107")  # 1.2.840.10045.3.1.7, another curve
_INTEGER, _BIT_STRING, _OCTET_STRING, _OID, _SEQUENCE, _CONTEXT_0 = 0x02, 0x03, 0x04, 0x06, 0x30, 0xA0


def _elements(der):
    """The DER elements that fill the bytes: a list of (tag, content)."""
    result = []
    at = 0
    while at < len(der):
        tag, length = der[at], der[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7F
            length = _number(der[at : at + count])
            at += count
        if at + length > len(der):
            raise ValueError("the key file is cut short")
        result.append((tag, der[at : at + length]))
        at += length
    return result


def _content(elements, index, tag):
    if index >= len(elements) or elements[index][0] != tag:
        raise ValueError("the key file is not as PKCS#8, SEC1, or SubjectPublicKeyInfo have it")
    return elements[index][1]


def _require_sm2(curve):
    if curve == _PRIME256V1:
        raise ValueError("the file says prime256v1: that is another curve, or an exporter that names the wrong one")
    if curve != _SM2_CURVE:
        raise ValueError("the file holds no key on the SM2 curve (1.2.156.10197.1.301)")


def _require_algorithm(identifier):
    parts = _elements(identifier)
    if _content(parts, 0, _OID) != _EC_PUBLIC_KEY:
        raise ValueError("the file holds no elliptic curve key")
    _require_sm2(_content(parts, 1, _OID))


def _pem(text):
    """The label and the bytes of the first block that is no list of parameters (openssl ecparam writes one before a key)."""
    lines = [line.strip() for line in text.splitlines()]
    for i, line in enumerate(lines):
        if line.startswith("-----BEGIN ") and "PARAMETERS" not in line:
            label = line[11:-5]
            end = lines.index("-----END %s-----" % label, i)
            return label, base64.b64decode("".join(lines[i + 1 : end]))
    raise ValueError("no PEM block")


def parse_private_key(text):
    """A private key in PEM: PKCS#8 ("PRIVATE KEY") or SEC1 ("EC PRIVATE KEY")."""
    label, der = _pem(text)
    outer = _elements(_content(_elements(der), 0, _SEQUENCE))
    if label == "PRIVATE KEY":
        # PrivateKeyInfo: version, algorithm, octet string around an ECPrivateKey
        _require_algorithm(_content(outer, 1, _SEQUENCE))
        inner = _elements(_content(_elements(_content(outer, 2, _OCTET_STRING)), 0, _SEQUENCE))
    elif label == "EC PRIVATE KEY":
        # ECPrivateKey: version, octet string, [0] curve, [1] public key
        inner = outer
        curves = [content for tag, content in inner if tag == _CONTEXT_0]
        if not curves:
            raise ValueError("the key file does not name its curve")
        _require_sm2(_content(_elements(curves[0]), 0, _OID))
    else:
        raise ValueError("a PEM block of type %s is no private key" % label)
    return PrivateKey(_content(inner, 1, _OCTET_STRING))


def parse_public_key(text):
    """A public key in PEM: SubjectPublicKeyInfo ("PUBLIC KEY")."""
    label, der = _pem(text)
    if label != "PUBLIC KEY":
        raise ValueError("a PEM block of type %s is no public key" % label)
    parts = _elements(_content(_elements(der), 0, _SEQUENCE))
    _require_algorithm(_content(parts, 0, _SEQUENCE))
    return PublicKey(_content(parts, 1, _BIT_STRING)[1:])  # the first byte counts unused bits: 0


def read_private_key(path):
    with open(path, encoding="ascii") as file:
        return parse_private_key(file.read())


def read_public_key(path):
    with open(path, encoding="ascii") as file:
        return parse_public_key(file.read())
