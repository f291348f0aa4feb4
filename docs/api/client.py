"""A client of a report door in one file that takes nothing from Fairline: it files a text, keeps the promise, opens the mailbox.

    python client.py file 'http://localhost:8001/at/…/#k=…' 'Name of a desk' <report.txt >receipt.txt   (the promise: promise.json)
    python client.py open 'http://localhost:8001/at/…/#k=…' <receipt.txt

Needs Python 3.11 and `cryptography` 48 or newer. An example to read beside docs/formats.md (§), not a tool for a person in danger:
docs/api/README.md says what it leaves out. A check that does not hold ends it with AssertionError.
"""

import base64, datetime, hashlib, hmac, json, secrets, sys, urllib.request  # noqa: E401
from cryptography.hazmat.primitives.asymmetric import ed25519, mlkem, x25519
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# §1 Conventions
H = lambda data: hashlib.sha256(data).digest()
b64 = lambda raw: base64.urlsafe_b64encode(raw).decode().rstrip("=")
unb64 = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
written = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
hkdf = lambda key, info, salt=b"": HKDF(SHA256(), 32, salt, info).derive(key)
derived = lambda key, label, salt: hkdf(key, b"fairline/1 " + label.encode(), salt)
sized = lambda part: len(part).to_bytes(4, "big") + part
signed = lambda label, message: b"fairline/1 " + label.encode() + b"\0" + message
def verify(key, label, message, signature): ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, signed(label, message))

# §2 age files with post-quantum recipients
SUITE, INFO = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305), b"age-encryption.org/mlkem768x25519"
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
bare = lambda raw: base64.b64encode(raw).rstrip(b"=")
nonce = lambda at, last: at.to_bytes(11, "big") + bytes([last])

def bech32(raw, prefix="age1pq"):
    def remainder(words):
        check = 1
        for word in words:
            top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ word
            for place, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
                check ^= generator * (top >> place & 1)
        return check
    bits = "".join(f"{byte:08b}" for byte in raw)
    words = [int(bits[at : at + 5].ljust(5, "0"), 2) for at in range(0, len(bits), 5)]
    check = remainder([ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix] + words + [0] * 6) ^ 1
    return prefix + "1" + "".join(LETTERS[word] for word in words + [check >> 5 * (5 - at) & 31 for at in range(6)])

def public(recipient):
    bits = "".join(f"{LETTERS.index(letter):05b}" for letter in recipient.removeprefix("age1pq1")[:-6])
    raw = bytes(int(bits[at : at + 8], 2) for at in range(0, 1216 * 8, 8))
    assert bech32(raw) == recipient
    return MLKEM768X25519PublicKey(mlkem.MLKEM768PublicKey.from_public_bytes(raw[:1184]), x25519.X25519PublicKey.from_public_bytes(raw[1184:]))

def identity(seed):
    raw = hashlib.shake_256(seed).digest(96)
    halves = mlkem.MLKEM768PrivateKey.from_seed_bytes(raw[:64]), x25519.X25519PrivateKey.from_private_bytes(raw[64:])
    return MLKEM768X25519PrivateKey(*halves), bech32(b"".join(half.public_key().public_bytes_raw() for half in halves))

def seal(plain, recipient):
    key, start = secrets.token_bytes(16), secrets.token_bytes(16)
    wrapped = SUITE.encrypt(key, public(recipient), INFO)
    head = b"age-encryption.org/v1\n-> mlkem768x25519 " + bare(wrapped[:1120]) + b"\n" + bare(wrapped[1120:]) + b"\n---"
    pieces = [plain[at : at + 65536] for at in range(0, len(plain), 65536)] or [b""]
    cipher = ChaCha20Poly1305(hkdf(key, b"payload", start))
    body = b"".join(cipher.encrypt(nonce(at, at == len(pieces) - 1), piece, None) for at, piece in enumerate(pieces))
    return head + b" " + bare(hmac.digest(hkdf(key, b"header"), head, "sha256")) + b"\n" + start + body

def unseal(file, private):
    _, share, body, rest = file.split(b"\n", 3)  # one recipient: every file of ours has one audience
    wrapped = [base64.b64decode(part + b"=" * (-len(part) % 4)) for part in (share.split(b" ")[2], body)]
    key, (line, payload) = SUITE.decrypt(b"".join(wrapped), private, INFO), rest.split(b"\n", 1)
    head = file[: file.index(b"\n---") + 4]
    assert hmac.compare_digest(line, b"--- " + bare(hmac.digest(hkdf(key, b"header"), head, "sha256")))
    cipher, payload = ChaCha20Poly1305(hkdf(key, b"payload", payload[:16])), payload[16:]
    pieces = [payload[at : at + 65552] for at in range(0, len(payload), 65552)]
    return b"".join(cipher.decrypt(nonce(at, at == len(pieces) - 1), piece, None) for at, piece in enumerate(pieces))

class Office:
    """§3: the office's documents, proven from the fingerprint on its poster."""

    def __init__(self, address):
        self.base, fingerprint = address.split("/#k=")
        self.id, manifest = unb64(self.base.rsplit("/", 1)[1]), json.loads(self.ask("manifest"))
        before, before_doc = None, None
        for file in manifest["roots"]:
            root, doc = json.loads(unb64(file["doc"])), unb64(file["doc"])
            assert H(doc) == unb64(fingerprint) if before is None else root["prev"] == b64(H(before_doc))
            assert root["office"] == b64(self.id) and root["number"] == (0 if before is None else before["number"] + 1)
            for keys in filter(None, (before, root)):
                self.threshold(keys, "root", file)
            before, before_doc = root, doc
        self.threshold(before, "charter", manifest["charter"])
        self.charter, self.hash = json.loads(unb64(manifest["charter"]["doc"])), H(unb64(manifest["charter"]["doc"]))
        today = datetime.date.today().isoformat()
        assert self.charter["root"] == before["number"] and self.charter["from"] <= today <= self.charter["not_after"]
        self.sheets = {desk: self.newest(desk, files) for desk, files in manifest["sheets"].items()}

    def threshold(self, root, label, file):
        keys = {b64(H(unb64(one["ed25519"]))): unb64(one["ed25519"]) for one in root["keys"]}
        found = {key: signature for key, signature in file["sigs"] if key in keys}
        assert len(found) >= root["threshold"] >= min(2, len(keys))
        for key, signature in found.items():
            verify(keys[key], label, unb64(file["doc"]), unb64(signature))

    def newest(self, desk, files):
        least = next(one["sheet"] for one in self.charter["desks"] if one["id"] == desk)
        before, number, epoch = None, least["number"], 0
        for file in files:
            doc, sheet = unb64(file["doc"]), json.loads(unb64(file["doc"]))
            assert b64(H(doc)) == least["hash"] if before is None else sheet["prev"] == before
            assert sheet["number"] == number and sheet["epoch"] >= epoch
            if before is not None:
                lead = self.member(file["by"][0], f"lead@{desk}")
                verify(lead, "sheet", doc, next(unb64(signature) for key, signature in file["sigs"] if unb64(key) == H(lead)))
            before, number, epoch = b64(H(doc)), number + 1, sheet["epoch"]
        assert (sheet["office"], sheet["desk"]) == (b64(self.id), desk)
        return sheet | {"hash": before}

    def member(self, by, *roles):
        """The public key of somebody in the charter's roster who has one of these roles."""
        at, place = H(b"\0" + unb64(by["entry"])), by["proof"]["place"]
        for beside in map(unb64, by["proof"]["hashes"]):
            at, place = H(b"\1" + (beside + at if place & 1 else at + beside)), place >> 1
        entry = json.loads(unb64(by["entry"]))
        assert b64(at) == self.charter["roster"]["root"] and by["proof"]["charter"] == self.charter["number"]
        assert len(by["proof"]["hashes"]) == self.charter["roster"]["depth"] and set(roles) & set(entry["roles"])
        return unb64(entry["sign"])

    def promised(self, promise):
        what = self.id + H(b"\0" + unb64(promise["leaf"])) + promise["day"].encode()
        verify(unb64(self.charter["record"]["promise"]), "promise", what, unb64(promise["sig"]))
        return unb64(promise["leaf"])

    def ask(self, path, body=None, kind="application/json"):
        request = urllib.request.Request(f"{self.base}/{path}", body, {"Content-Type": kind, "User-Agent": ""})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read()

class Mailbox:
    """§5: all keys of a reporting person, from sixteen random bytes."""

    def __init__(self, receipt, office):
        key = lambda what: derived(receipt, what, office)
        self.id, self.auth, self.tag = key("mailbox id")[:16], key("mailbox auth"), key("record tag")
        self.opens, self.box = identity(key("mailbox seal"))
        self.sign = ed25519.Ed25519PrivateKey.from_private_bytes(key("mailbox sign"))
        self.key = self.sign.public_key().public_bytes_raw()

def envelope(mailbox, header, body, size=None):
    """§6: a signed text, filled up to one of a few sizes; and its commitment."""
    head, body = written(header | {"salt": b64(secrets.token_bytes(32))}), written(body)
    signature = mailbox.sign.sign(signed("envelope", H(head) + H(body)))
    whole = b"fairline/1\n" + sized(head) + sized(body) + signature
    size = size or next(one for one in (2048, 8192, 32768, 131072, 524288) if len(whole) <= one)
    return whole + bytes(size - len(whole)), H(b"fairline/1 content\0" + H(head) + H(body) + signature)

def file_report(address, desk_name, text):
    """§7: seal a text and hand it in; return the receipt in digits and the promise."""
    office, receipt = Office(address), secrets.token_bytes(16)
    mailbox, desk = Mailbox(receipt, office.id), next(d["id"] for d in office.charter["desks"] if desk_name in d["names"].values())
    sheet, value = office.sheets[desk], int.from_bytes(receipt, "big")
    assert sheet["open"]
    place = {"office": b64(office.id), "desk": desk, "thread": b64(mailbox.id)}
    header = lambda kind, to, **more: {"v": 1, "kind": kind, **place, **more, "to": sorted(b64(H(one.encode())) for one in to), "by": {"key": b64(mailbox.key)}}
    # No name is left here. Everybody's report has these files all the same, so that nobody stands out; the shares are empty of meaning.
    custodians = office.charter.get("custody", {}).get("custodians", [])
    shares, locked = [secrets.token_bytes(33) for _ in custodians], identity(secrets.token_bytes(32))[1]
    hashes = [b64(H(share)) for share in shares]
    body = {"answers": {"what": text}, "language": "en", "sign": b64(mailbox.key), "box": mailbox.box, "tag": b64(mailbox.tag),
            **({"K2": b64(secrets.token_bytes(32)), "shares": hashes} if hashes else {}), "must_not_see": [], "answerable": True,
            "charter": {"number": office.charter["number"], "hash": b64(office.hash)}, "sheet": {"number": sheet["number"], "hash": sheet["hash"]}}
    plain, c = envelope(mailbox, header("report", [sheet["recipient"], mailbox.box], chain="r", n=0), body)
    files = [("office", seal(plain, sheet["recipient"])), ("own", seal(plain, mailbox.box))]
    if custodians:
        card = envelope(mailbox, header("identity", [locked], **{"for": 0}), {"name": "", "contact": "", "note": ""}, 2048)[0]
        files.append(("identity", seal(card, locked)))
    for at, (share, to) in enumerate(zip(shares, custodians)):
        one = {"index": at, "share": b64(share), "hashes": hashes}
        files.append(("share", seal(envelope(mailbox, header("share", [to], **{"for": 0}), one, 1024)[0], to)))
    f = H(b"fairline/1 received\0" + b"".join(H(content) for _, content in files))
    T = hmac.digest(mailbox.tag, b"r" + bytes(8), "sha256")
    # §12: the arithmetic that every sender of something new does.
    asked, counter = json.loads(office.ask("work")), 0
    salt = H(b"fairline/1 work\0report\0" + mailbox.id)[:16]
    assert asked["cost"] << asked["bits"] <= 4_096_000
    while int.from_bytes(hashlib.pbkdf2_hmac("sha256", unb64(asked["nonce"]) + counter.to_bytes(4, "big"), salt, asked["cost"]), "big") >> 256 - asked["bits"]:
        counter += 1
    head = {"v": 1, "id": b64(mailbox.id), "auth": b64(H(mailbox.auth)), "desk": desk, "epoch": sheet["epoch"], "T": b64(T), "c": b64(c),
            "work": {"span": asked["span"], "counter": counter}, "files": [{"as": kind, "size": len(content)} for kind, content in files]}
    parcel = sized(written(head)) + b"".join(content for _, content in files)
    promise = json.loads(office.ask("drop", parcel, "application/octet-stream"))["promise"]
    assert office.promised(promise) == T + c + f
    digits = f"{value:039}{value % 997:03}"
    return " ".join(digits[at : at + 6] for at in range(0, 42, 6)), promise

def open_mailbox(address, digits):
    """Every text of the conversation whose author, place and promise hold, in order."""
    office, digits = Office(address), "".join(digits.split())
    assert len(digits) == 42 and int(digits[:39]) % 997 == int(digits[39:])
    mailbox = Mailbox(int(digits[:39]).to_bytes(16, "big"), office.id)
    answer = office.ask("mailbox", written({"v": 1, "id": b64(mailbox.id), "auth": b64(mailbox.auth), "page": 0}))
    at = 4 + int.from_bytes(answer[:4], "big")
    head, newest, texts, place = json.loads(answer[4:at]), {}, [], {}
    for post in head["posts"]:
        (size,) = [row["size"] for row in post["files"]]
        plain, at = unseal(answer[at : at + size], mailbox.opens), at + size
        first = 15 + int.from_bytes(plain[11:15], "big")
        second = first + 4 + int.from_bytes(plain[first : first + 4], "big")
        (top, body), signature = (plain[15:first], plain[first + 4 : second]), plain[second : second + 64]
        header, c = json.loads(top), H(b"fairline/1 content\0" + H(top) + H(body) + signature)
        desk = header["desk"]
        key = mailbox.key if post["chain"] == "r" else office.member(header["by"], f"handler@{desk}", f"lead@{desk}")
        verify(key, "envelope", H(top) + H(body), signature)
        T = hmac.digest(mailbox.tag, post["chain"].encode() + post["n"].to_bytes(8, "big"), "sha256")
        assert office.promised(post["promise"])[:64] == T + c
        assert (header["office"], header["thread"], header["chain"], header["n"]) == (b64(office.id), b64(mailbox.id), post["chain"], post["n"])
        assert desk == head["desk"] and b64(H(mailbox.box.encode())) in header["to"] and header.get("prev") == newest.get(post["chain"])
        newest[post["chain"]] = b64(c)
        said = json.loads(body)
        texts.append((post, header, said["answers"]["what"] if header["kind"] == "report" else said.get("text", "")))
        place |= {b64(c): post["n"]} if post["chain"] == "r" else {}
    # An answer stands behind the newest text of the reporting person that its author had seen.
    order = lambda post, header, _: (post["n"], 0, 0) if post["chain"] == "r" else (place[header["seen"]], 1, post["n"])
    return [("you" if post["chain"] == "r" else "office", text) for post, _, text in sorted(texts, key=lambda one: order(*one))]

if __name__ == "__main__":
    if sys.argv[1] == "file":
        words, kept = file_report(sys.argv[2], sys.argv[3], sys.stdin.read().strip())
        with open("promise.json", "x", encoding="ascii") as file:
            json.dump(kept, file)
        print(words)
    else:
        for who, text in open_mailbox(sys.argv[2], sys.stdin.read()):
            print(f"{who}: {text}")
