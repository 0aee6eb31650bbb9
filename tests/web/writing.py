"""``python tests/web/writing.py STORE``: writes as fast as it can until its standard input is closed; then says how
often it has committed.

Every commit adds an article and revises *lhasa:0*, all of whose parts speak of one number: a reader that sees two
numbers has seen half an article.
"""

from __future__ import annotations

import select
import sys
from pathlib import Path

from store_made import article

from newscrawl.items import Article, Related
from newscrawl.store.writer import Publisher, Writer


def told(number: int) -> Article:
    body = f"晨网拉萨11月19日电 (第{number}人)第{number}次播报，河谷晴。\n第{number}段，雪线上行。"
    return article(
        0,
        "lhasa",
        headline=f"拉萨第{number}次播报",
        subheadline=f"河谷第{number}日",
        body_text=body,
        body_html="<p>" + body.replace("\n", "</p><p>") + "</p>",
        authors=(f"第{number}人",),
        credit=f"第{number}报",
        disclaimer=f"第{number}次声明。",
        correction=f"更正：第{number}次。",
        related=tuple(Related(headline=f"第{number}条", url=f"https://lhasa.example/r/{n}") for n in range(6)),
    )


def main() -> None:
    commits = 0
    with Writer(Path(sys.argv[1]), sources=[Publisher(slug="lhasa", name="河谷网")]) as writer:
        while not select.select([sys.stdin], [], [], 0)[0]:
            commits += 1
            writer.add(told(commits))
            writer.add(article(commits, "lhasa"))
            writer.flush()
    print(commits)


if __name__ == "__main__":
    main()
