"""What is cut off a story that nobody declared: the lines between headline and story, and what the page's own data of
the article does not hold.

schema.org's ``articleBody`` is the publisher's own word of what is story. Often it is cut short or missing; where it
holds nearly all that was found on the page, the rest of what was found is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newscrawl.extract.blocks import Block

_HEAD = 12
_AGAIN = 30
"""Characters; a shorter line may well stand twice."""
_LONG = 100
"""Characters; a longer line is story."""
_DATED = re.compile(
    r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}|\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*(?:(?:19|20)?\d\d)\b"
    r"|\d{1,2}(?:st|nd|rd|th|er|º|\.)?,?\s+(?:de\s+)?[^\W\d]{3,10}\.?,?\s+(?:de\s+)?(?:19|20)\d\d\b"
    r"|\b[^\W\d]{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b"
)
_FULL_STOP = re.compile(r"[。！？!?.…”\"»]\s*$")
_KNOWN = 0.9
"""Share of the words found that the publisher's own text must hold to be believed."""
_LEAST = 400
_SIGNS = re.compile(r"[\W_]+")
_START = 40


def without_head(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without the short lines above the story up to the last one that prints a date, and without an opening
    that is printed again (a lead that is the first paragraph too)."""
    last, sentences = -1, 0
    again = {place for place in range(1, min(_HEAD, len(blocks))) if _is_again(blocks, place)}
    for place, block in enumerate(blocks[:_HEAD]):
        text = block.text
        if not text:
            continue
        ends = _FULL_STOP.search(text) is not None
        sentences += ends
        if len(text) > _LONG or block.kind == "table" or sentences:
            break
        if not ends and "://" not in text and _DATED.search(text):
            last = place
    return tuple(block for place, block in enumerate(blocks) if (place > last or block.image) and place not in again)


def _is_again(blocks: Sequence[Block], place: int) -> bool:
    text = blocks[place].text
    return len(text) > _AGAIN and any(block.text == text for block in blocks[:place])


def held_by(blocks: Sequence[Block], told: str | None) -> tuple[Block, ...] | None:
    """The blocks whose words the publisher's own ``told`` (articleBody) holds; None where it holds too few."""
    if not told or len(told) < _LEAST:
        return None
    own = bare(told)
    words_of = [bare(block.text) for block in blocks]
    held = [not words or words[:_START] in own or words[-_START:] in own for words in words_of]
    size = sum(map(len, words_of))
    known = sum(len(words) for words, fits in zip(words_of, held, strict=True) if fits)
    if not size or known < _KNOWN * size or len(own) > 1.5 * size:
        return None
    return tuple(block for block, fits in zip(blocks, held, strict=True) if fits)


def bare(text: str) -> str:
    """Letters and digits only."""
    return _SIGNS.sub("", text)
