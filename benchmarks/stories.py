"""Near-duplicates: how many versions of a story join, and how many unlike stories do.

    python benchmarks/stories.py [--seen] [--each N] [--show] [--articles N [--folder FOLDER]] [--write]

More than a thousand pairs of made-up texts (stories_made.py, stories_pairs.py, stories_hand.json), labelled by how they
were made: wire copy under a new headline, cut, reordered, edited, in the other script; against bulletins of one
template, matches of one evening, follow-ups, long standing texts. A pair joins where its bands meet and ``same_story``
says so. ``--seen`` measures the set that the rules were tuned on, of other seeds and with fewer templates; ``--show``
prints what went wrong. Then the real pages beside the checkout, where they are: versions made of each must join it,
different pages must not; what joins among the real openings is printed for the eye.

``--articles`` grows two stores to so many articles, with grouping and without (stories_cost.py; 100,000 take 3 GB in
FOLDER and twenty minutes). ``--write`` puts what was measured into benchmarks/stories.md.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import attrs
import stories_cost
from attrs import define
from machine import machine
from stories_made import Text
from stories_pairs import Pair, pairs, version, version_names

from newscrawl import read_article
from newscrawl.errors import NotAnArticle
from newscrawl.topics.shingles import Sketch, bands, same_story, sketch

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "shared" / "corpus"
SEEN, UNSEEN = 1, 2
"""Seeds."""
EACH = 40
HEAD = """\
# Versions of one story: how many are found, and what it costs

`benchmarks/stories.py` wrote this; its first lines say what was done. The made pairs are of another seed than those
the rules were tuned on; six of the templates, two kinds of version and the texts by hand are in this set alone. The
real pages and openings lie beside the checkout and were looked at in tuning.
"""
COST = "Milliseconds of CPU an article, a fifth of them versions of another, as `benchmarks/stories_cost.py` says:"


@define
class Score:
    """Pairs of a kind."""

    same: int = 0
    met: int = 0
    """Of ``same``: their bands meet."""
    joined: int = 0
    """Of ``same``."""
    unlike: int = 0
    wrong: int = 0
    """Of ``unlike``: joined."""

    @property
    def precision(self) -> float:
        found = self.joined + self.wrong
        return self.joined / found if found else 1.0

    @property
    def recall(self) -> float:
        return self.joined / self.same if self.same else 1.0


def scored(given: Iterable[Pair], *, show: bool = False) -> dict[str, Score]:
    """By kind; the whole is under ''."""
    scores: dict[str, Score] = defaultdict(Score)
    for pair in given:
        meet = bool(set(bands(*pair.one)) & set(bands(*pair.other)))
        joined = meet and same_story(sketch(*pair.one), sketch(*pair.other))
        for score in (scores[pair.kind], scores[""]):
            score.same += pair.same
            score.unlike += not pair.same
            score.met += pair.same and meet
            score.joined += pair.same and joined
            score.wrong += joined and not pair.same
        if show and joined != pair.same:
            print(f"--- {pair.kind}, bands meet: {meet}", *pair.one, "---", *pair.other, "", sep="\n")
    return scores


def told(scores: dict[str, Score]) -> list[str]:
    """A line for each kind, and one for all."""
    lines = []
    for kind in sorted(scores, key=lambda kind: (not kind, kind)):
        score = scores[kind]
        if kind and score.same:
            lines.append(f"{kind:52} {score.joined:4} of {score.same:4} joined, bands meet {score.met}")
        elif kind:
            lines.append(f"{kind:52} {score.wrong:4} of {score.unlike:4} joined")
    whole = scores[""]
    lines.append(
        f"{whole.same} pairs of one story, {whole.unlike} of two: "
        f"precision {whole.precision:.4f}, recall {whole.recall:.4f}"
    )
    return lines


# -- real texts --------------------------------------------------------------------------------------------------------
def real_texts() -> list[tuple[str, str | None, str]]:
    """Name, headline and body of the pages beside the checkout."""
    found = []
    for path in sorted(CORPUS.glob("*/*.html.gz")):
        try:
            article = read_article(gzip.decompress(path.read_bytes()))
        except NotAnArticle:
            continue
        found.append((path.name, article.headline, article.body_text))
    return found


def openings() -> list[tuple[str, str | None, str]]:
    path = CORPUS / "datelines" / "unlabelled.jsonl.gz"
    if not path.exists():
        return []
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines()]
    return [(row["id"], None, row["text"].replace("  ", "\n")) for row in rows]


def joined_among(texts: Sequence[tuple[str, str | None, str]]) -> tuple[list[tuple[int, int]], int]:
    """The pairs that join, and how many pairs had a band in common."""
    sketches: dict[int, Sketch] = {}
    holders: dict[int, list[int]] = defaultdict(list)
    candidates: set[tuple[int, int]] = set()
    for number, (_, headline, body) in enumerate(texts):
        for band in bands(headline, body):
            candidates.update((other, number) for other in holders[band])
            holders[band].append(number)
    for number in {one for pair in candidates for one in pair}:
        sketches[number] = sketch(*texts[number][1:])
    return sorted(pair for pair in candidates if same_story(sketches[pair[0]], sketches[pair[1]])), len(candidates)


def versions_of_real(texts: Sequence[tuple[str, str | None, str]], seed: int) -> list[Pair]:
    """Each real text long enough against versions made of it."""
    rng, found = random.Random(seed), []
    for _, headline, body in texts:
        lines = [line for line in body.split("\n") if line.strip()]
        if len(body) < 400 or len(lines) < 3:
            continue
        text = Text(headline=headline or "", paragraphs=tuple(lines))
        chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in body) * 2 > len(body)
        for name in version_names(text):
            if chinese or not ("edit" in name or "traditional" in name):
                changed = version(text, name, rng)
                found.append(
                    Pair(
                        kind=f"real page: {name}",
                        same=True,
                        one=(headline, body),
                        other=(changed.headline, changed.body),
                    )
                )
    return found


def real(seed: int, *, show: bool) -> tuple[list[str], list[str]]:
    """What was measured on the real texts, and the pairs that join, for the eye."""
    pages = real_texts()
    if not pages:
        return [f"The corpus of real pages is not at {CORPUS}"], []
    lines, seen = told(scored(versions_of_real(pages, seed), show=show)), []
    for name, texts in (("pages", pages), ("openings", openings())):
        joined, candidates = joined_among(texts)
        lines.append(f"{len(texts)} real {name}: {candidates} pairs share a band, {len(joined)} join")
        for one, other in joined:
            seen += [
                f"{name}: {texts[one][0]} {texts[one][2][:60]!r}",
                f"    {texts[other][0]} {texts[other][2][:60]!r}",
            ]
    return lines, seen


def cost(texts: Sequence[tuple[str | None, str]]) -> str:
    """CPU of a text's bands, and of comparing a pair whose sketches are there."""
    sketch.cache_clear()
    began = time.process_time()
    for text in texts:
        bands(*text)
    first = (time.process_time() - began) * 1000 / len(texts)
    sketches = [sketch(*text) for text in texts]
    seconds = {}
    for name, others in (("alike", sketches), ("unlike", [*sketches[1:], sketches[0]])):
        began = time.process_time()
        for one, other in zip(sketches, others, strict=True):
            same_story(attrs.evolve(one, text=one.text[1:]), other)
        seconds[name] = (time.process_time() - began) * 1000 / len(texts)
    signs = sum(len(body) for _, body in texts) // len(texts)
    return (
        f"{len(texts)} texts of {signs} characters: bands {first:.2f} ms; a pair compared {seconds['alike']:.2f} ms "
        f"where it is one story, {seconds['unlike']:.2f} where not"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seen", action="store_true", help="the set that the rules were tuned on")
    parser.add_argument("--each", type=int, default=EACH, help="pairs of a kind")
    parser.add_argument("--show", action="store_true", help="print the texts that went wrong")
    parser.add_argument("--articles", type=int, help="grow stores to so many")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--write", action="store_true", help="put what is measured into benchmarks/stories.md")
    given = parser.parse_args()
    seed = SEEN if given.seen else UNSEEN
    chosen = pairs(seed, given.each, unseen=not given.seen)
    scores = scored(chosen, show=given.show)
    texts = {pair.one for pair in chosen} | {pair.other for pair in chosen}
    long = [text for text in sorted(texts) if 600 <= len(text[1]) <= 1400 and not text[1].isascii()]
    measured, seen = real(seed, show=given.show)
    lines = [HEAD, f"{machine()}.\n", "```", *told(scores), "```", "", cost(long), "", "```", *measured, "```"]
    print("\n".join([*lines, *seen]))
    if given.articles:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            table = stories_cost.told(Path(folder), given.articles)
        lines += ["", COST, "", *table]
        print("\n".join(table))
    if given.write:
        (HERE / "stories.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    whole = scores[""]
    if whole.precision < 0.98 or whole.recall < 0.9:
        sys.exit("below precision .98 or recall .9")


if __name__ == "__main__":
    main()
