"""Short lines anywhere on a page that name an editor: 【编辑:…】, 责任编辑：…, names in the run or behind."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from newscrawl.extract.slots import is_button, lines_with
from newscrawl.extract.surface import surface_of
from newscrawl.text.byline import read_editors
from newscrawl.text.traditional import simplified

_WORDS = ("编辑", "責編", "责编", "編輯")
_LABEL = re.compile(r"(?:编辑|责编)[\s\u3000]*[:：|｜丨/／]|责任编辑|^\W*责编[\s\u3000]")
_ENDS = re.compile(r"(?:编辑|责编)[\s\u3000]*[:：|｜丨/／]?[\s\u3000]*$")
_NAMING = re.compile(
    r"[\s\u3000]*[A-Za-z\u3400-\u9fff][\w·、，,\s\u3000-]{0,30}[\])）】]{0,2}[\s\u3000]*$|[、，,\s]{1,4}$"
)
"""What may stand behind a label in a run of its own: names, or what divides them."""
_LATEST = 60
"""Characters of a run before the label."""
_MOST = 3
"""Lines; a page with more of them is a list of stories."""


def editor_lines(tree: HtmlElement) -> list[str]:
    """In page order, each once, at most three."""
    lines: dict[str, None] = {}
    for first, *following in lines_with(surface_of(tree).runs, _WORDS, within=_LATEST):
        text = simplified(first)
        if not _LABEL.search(text):
            continue
        said = [first]
        for run in following if _ENDS.search(text) else ():
            if not _NAMING.match(run) or is_button(run):
                break
            said.append(run)
        line = " ".join(said)
        if read_editors(line):
            lines[line] = None
    return list(lines)[:_MOST]
