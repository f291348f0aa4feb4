"""Vectors of receipts, words and paddings."""

from __future__ import annotations

from typing import Any

from fairline.seal.padding import padme, size_class
from fairline.seal.primitives import b64, unb64
from fairline.seal.receipt import derive, from_digits, looks_like_digits, to_digits
from fairline.seal.vectors.cases import Book, Operations
from fairline.seal.words import LISTS, entropy_to_words, fingerprint, strange_words, words_to_entropy


def _derive(given: dict[str, Any]) -> dict[str, str]:
    found = derive(unb64(given["receipt"]), unb64(given["office"]), given["kind"])
    return {
        "id": b64(found.id),
        "auth": b64(found.auth),
        "box": found.box.recipient,
        "sign": b64(found.sign),
        "sign_public": b64(found.sign_public),
        "tag": b64(found.tag),
    }


OPERATIONS: Operations = {
    "derive": _derive,
    "to-words": lambda given: entropy_to_words(unb64(given["entropy"]), given["list"]),
    "from-words": lambda given: b64(words_to_entropy(given["text"], given["lists"])),
    "strange-words": lambda given: strange_words(given["text"], given["list"]),
    "fingerprint": lambda given: fingerprint(unb64(given["hash"]), given["list"]),
    "to-digits": lambda given: to_digits(unb64(given["receipt"])),
    "from-digits": lambda given: b64(from_digits(given["text"])),
    "looks-like-digits": lambda given: looks_like_digits(given["text"]),
    "padme": lambda given: padme(given["size"]),
    "size-class": lambda given: size_class(given["size"]),
}


def receipt() -> Book:
    """`vectors/receipt.json`."""
    book = Book("receipt", OPERATIONS)
    found, office, hashed = book.random(16), b64(book.random(16)), b64(book.random(32))
    for kind in ("mailbox", "code", "clearance"):
        book.add(f"derive {kind}", "labels of this kind", "derive", receipt=b64(found), office=office, kind=kind)
    book.add("derive elsewhere", "another office", "derive", receipt=b64(found), office=hashed[:22][:21] + "A",
             kind="mailbox")  # fmt: skip
    book.add("derive refused", "15 bytes", "derive", "receipt-length", receipt=b64(found[:15]), office=office,
             kind="mailbox")  # fmt: skip
    for name in LISTS:
        for entropy in (found, bytes(16), bytes([255] * 16)):
            words = book.add(f"{name} {entropy[:2].hex()}", "entropy to words", "to-words", entropy=b64(entropy),
                             list=name)  # fmt: skip
            book.add(f"read {name} {entropy[:2].hex()}", "as written", "from-words", text=" ".join(words),
                     lists=list(LISTS))  # fmt: skip
        book.add(f"fingerprint {name}", "88 bits as eight words", "fingerprint", hash=hashed, list=name)
    _tolerance(book, found)
    _digits(book, found)
    return book


def _tolerance(book: Book, entropy: bytes) -> None:
    english = entropy_to_words(entropy, "english")
    spanish = " ".join(entropy_to_words(bytes([255] * 16), "spanish"))
    texts = {
        "capitals": ("  ".join(english).upper(), ["english"]),
        "lines and odd spaces": ("\n\t" + "\u3000\n".join(english) + "\u2028", ["english"]),
        "without accents": (spanish.replace("\u0301", "").replace("\u0303", ""), ["spanish"]),
        "one character a word, no spaces": ("".join(entropy_to_words(entropy, "chinese simplified")),
                                            ["chinese simplified"]),
        "second list": (spanish, ["english", "spanish"]),
    }  # fmt: skip
    for name, (text, lists) in texts.items():
        book.add(f"words: {name}", name, "from-words", text=text, lists=lists)
    refused = {
        "eleven": ("receipt-length", " ".join(english[:11])),
        "thirteen": ("receipt-length", " ".join([*english, english[0]])),
        "nothing": ("receipt-length", " "),
        "stranger": ("receipt-word", " ".join([*english[:11], "fairline"])),
        "checksum": ("receipt-check", "abandon " * 12),
        "another list only": ("receipt-word", spanish),
    }
    for name, (code, text) in refused.items():
        book.add(f"words refused: {name}", name, "from-words", code, text=text, lists=["english"])
    book.add("strange words", "places from 0", "strange-words", text="abandon Fairline about xyz", list="english")


def _digits(book: Book, entropy: bytes) -> None:
    for one in (entropy, bytes(16), bytes([255] * 16)):
        groups = book.add(f"digits {one[:2].hex()}", "seven groups of six", "to-digits", receipt=b64(one))
        book.add(f"read digits {one[:2].hex()}", "as written", "from-digits", text=" ".join(groups))
    digits = "".join(to_digits(entropy))
    scripts = {"Arabic": 0x660, "Persian": 0x6F0, "Devanagari": 0x966, "Bengali": 0x9E6, "Thai": 0xE50,
               "full width": 0xFF10, "mathematical": 0x1D7CE, "Khmer": 0x17E0}  # fmt: skip
    for name, zero in scripts.items():
        text = "".join(chr(zero + int(digit)) for digit in digits)
        book.add(f"digits in {name}", "any script", "from-digits", text=text)
        book.add(f"begins like digits: {name}", "any script", "looks-like-digits", text=text)
    dashed = "\u200f–".join(to_digits(entropy))
    book.add("digits with dashes", "dashes and marks of direction", "from-digits", text=dashed + "\n")
    wrong = str(int(digits[0]) ^ 1) + digits[1:]
    over = str(2**128) + f"{2**128 % 997:03}"
    for name, code, text in (
        ("one wrong", "receipt-check", wrong), ("41", "receipt-length", digits[:41]), ("43",
        "receipt-length", digits + "0"),
        ("letter", "receipt-word", digits[:41] + "x"), ("beyond 128 bits", "receipt-check", over),
        ("superscript is a digit, a fraction is not", "receipt-word", digits[:41] + "½"), ("nothing",
        "receipt-length", ""),
    ):  # fmt: skip
        book.add(f"digits refused: {name}", name, "from-digits", code, text=text)
    book.add("begins like words", "letters", "looks-like-digits", text="abandon")


def padding() -> Book:
    """`vectors/padding.json`."""
    book = Book("padding", OPERATIONS)
    for size in (0, 1, 2, 3, 7, 8, 9, 10, 100, 1000, 1025, 65537, 524289, 1000000, 123456789, 2**40 + 1):
        book.add(f"padme {size}", "bytes", "padme", size=size)
    for size in (0, 2047, 2048, 2049, 8192, 8193, 32768, 131072, 131073, 524288, 524289, 10000000):
        book.add(f"class of {size}", "bytes", "size-class", size=size)
    return book
