"""Numbers as dates print them: Arabic, full-width, and Chinese (十九, 廿七, 二〇二五)."""

from __future__ import annotations

_HAN_DIGIT = {"〇": 0, "零": 0, "○": 0, "Ｏ": 0} | {sign: n for n, sign in enumerate("一二三四五六七八九", 1)}


def number(text: str) -> int:
    """A number from 0 to 99 as printed: '8', '０８', '二十七', '廿七', '三十'. ValueError for what is none."""
    if text.isdecimal():
        return int(text)
    tens, plain = 0, text
    if plain[:1] in {"廿", "卅"}:
        tens, plain = (2 if plain[0] == "廿" else 3), plain[1:]
    elif "十" in plain:
        head, _, plain = plain.partition("十")
        if head and head not in _HAN_DIGIT:
            raise ValueError(f"no number: {text!r}")
        tens = _HAN_DIGIT.get(head, 1)
    if not text or (plain and (len(plain) > 1 or plain not in _HAN_DIGIT)):
        raise ValueError(f"no number: {text!r}")
    return tens * 10 + (_HAN_DIGIT[plain] if plain else 0)


def year_number(text: str) -> int:
    """A year of four digits as printed: '2025', '２０２５', '二〇二五'. ValueError for what is none."""
    if text.isdecimal():
        return int(text)
    try:
        return int("".join(str(_HAN_DIGIT[sign]) for sign in text))
    except KeyError:
        raise ValueError(f"no year: {text!r}") from None
