"""Vectors of strict JSON."""

from __future__ import annotations

from fairline.seal import jsontext as text
from fairline.seal.primitives import b64, unb64
from fairline.seal.vectors.cases import Book, Operations

OPERATIONS: Operations = {
    "parse": lambda given: text.parse(unb64(given["text"]), given.get("limit", text.TEXT_LIMIT)),
    "write": lambda given: b64(text.write(given["value"])),
}

READ = {
    "object": b'{"a":1,"b":[true,false,null],"c":{"a":""}}',
    "white space": b' \t\r\n{ "a" : 1 } \n',
    "largest number": b"9007199254740991",
    "smallest number": b"-9007199254740991",
    "zero": b"0",
    "escapes": rb'"\"\\\/\b\f\n\r\t\u0041\u00e9"',
    "pair of surrogates": rb'"\ud83d\ude00"',
    "UTF-8": '"吹哨 بلاغ 😀"'.encode(),
    "delete and line separators": '"\x7f\u2028\u2029"'.encode(),
    "sixteen deep": b"[" * 16 + b"]" * 16,
    "brackets in a text": b'["[[[[[[[[[[[[[[[[[[[[\\"[[[["]',
    "same name in two objects": b'[{"a":1},{"a":2}]',
    "names like prototypes": b'{"__proto__":1,"constructor":2}',
}
REFUSED = {
    "json-duplicate": {
        "twice": b'{"a":1,"a":1}',
        "twice by an escape": rb'{"a":1,"\u0061":2}',
        "twice inside": b'[{"b":{"a":1,"c":2,"a":3}}]',
    },
    "json-number": {
        "fraction": b"1.0",
        "exponent": b"1e3",
        "capital exponent": b"1E3",
        "minus zero": b"-0",
        "fraction in a list": b"[0.5]",
    },
    "json-range": {
        "too large": b"9007199254740992",
        "too small": b"-9007199254740992",
        "hundred digits": b"9" * 100,
    },
    "json-surrogate": {
        "high alone": rb'"\ud800"',
        "low alone": rb'"\udc00"',
        "wrong way round": rb'"\ude00\ud83d"',
        "high before a letter": rb'"\ud800A"',
        "in a name": rb'{"\ud800":1}',
        "deep inside": rb'[[[["\ud800"]]]]',
    },
    "json-depth": {
        "seventeen lists": b"[" * 17 + b"]" * 17,
        "seventeen objects": b'{"a":' * 17 + b"1" + b"}" * 17,
    },
    "json-malformed": {
        "nothing": b"",
        "only white space": b" ",
        "two values": b"1 2",
        "text behind": b"{}x",
        "comma at the end of a list": b"[1,]",
        "comma at the end of an object": b'{"a":1,}',
        "no comma": b"[1 2]",
        "no colon": b'{"a" 1}',
        "name without quotes": b"{a:1}",
        "single quotes": b"'a'",
        "comment": b"/**/1",
        "open list": b"[1",
        "open object": b'{"a":1',
        "open text": b'"a',
        "leading zero": b"01",
        "plus": b"+1",
        "only minus": b"-",
        "point without digits": b"1.",
        "exponent without digits": b"1e",
        "point first": b".5",
        "hexadecimal": b"0x10",
        "NaN": b"NaN",
        "Infinity": b"Infinity",
        "minus Infinity": b"-Infinity",
        "True": b"True",
        "line feed in a text": b'"\n"',
        "zero byte in a text": b'"\0"',
        "unknown escape": rb'"\x41"',
        "short escape": rb'"\u004"',
        "form feed": b"\f1",
        "no-break space": b"\xc2\xa01",
        "byte order mark": b"\xef\xbb\xbf1",
        "not UTF-8": b'"\xff"',
        "overlong UTF-8": b'"\xc0\x80"',
        "surrogate in UTF-8": b'"\xed\xa0\x80"',
        "cut UTF-8": b'"\xe5\x90"',
        "beyond Unicode": b'"\xf4\x90\x80\x80"',
        "UTF-16": '"a"'.encode("utf-16"),
    },
}


def jsontext() -> Book:
    """`vectors/jsontext.json`."""
    book = Book("jsontext", OPERATIONS)
    for name, value in READ.items():
        book.add(f"read {name}", name, "parse", text=b64(value))
    for code, texts in REFUSED.items():
        for name, value in texts.items():
            book.add(f"{code}: {name}", name, "parse", code, text=b64(value))
    book.add("json-long", "one byte over the limit", "parse", "json-long", text=b64(b'"aaaa"'), limit=5)
    book.add("at the limit", "exactly as long as allowed", "parse", text=b64(b'"aaaa"'), limit=6)
    for name, written in (
        ("order", {"z": 1, "a": [True, False, None], "m": {}}),
        ("escapes", '"\\/\b\f\n\r\t\x00\x1f\x7f\u2028\u2029'),
        ("words", "吹哨 بلاغ é 😀"),
        ("numbers", [0, -1, 9007199254740991, -9007199254740991]),
    ):
        book.add(f"write {name}", "compact, names in the order given", "write", value=written)
    return book
