"""What is wrong with an operator's templates that Jinja says nothing of, or only when a page is made: one that extends
itself, one that no page is made of, a block that is printed nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import jinja2
from attrs import frozen
from jinja2 import nodes
from jinja2.meta import find_referenced_templates

from newscrawl.errors import BadFile

OURS = "newscrawl/"
"""Before the name of a template of the package that one of the same name overrides."""


@frozen(kw_only=True)
class _Template:
    needs: frozenset[str | None]
    """Names of all it asks for; None is one that only the making of a page tells."""
    extends: str | None
    loads: frozenset[str]
    """What it extends or imports: all of it is run before a page is there."""
    blocks: Mapping[str, int]
    """Those not within another, and their lines."""
    all_blocks: frozenset[str]


def check(made: jinja2.Environment, texts: Mapping[str, bytes], templates: Path) -> None:
    """``texts``: by their names all templates that compile, those of the folder ``templates`` before the package's.

    Raises :class:`~newscrawl.errors.BadFile`.
    """
    known = {name: _read(made, text.decode()) for name, text in texts.items()}
    pages = {name.removeprefix(OURS) for name in known if name.startswith(OURS)}
    used = _reached(known, pages)
    for name in known:
        path = templates / name
        if name.startswith(OURS) or not path.is_file():
            continue
        if name in _loaded(known, name):
            raise BadFile(path, f'it extends itself; what it overrides is to be had as "{OURS}{name}"')
        if name not in used and None not in used:
            raise BadFile(path, f"no page is made of it; those that newscrawl asks for: {', '.join(sorted(pages))}")
        above = _above(known, name)
        for block, line in known[name].blocks.items():
            if above and block not in above:
                raise BadFile(
                    path, f"line {line}: nothing prints its block {block}; there are: {', '.join(sorted(above))}"
                )


def _read(made: jinja2.Environment, text: str) -> _Template:
    tree = made.parse(text)
    extends = [found.template for found in tree.find_all(nodes.Extends)]
    imports: list[nodes.Import | nodes.FromImport] = [*tree.find_all(nodes.Import), *tree.find_all(nodes.FromImport)]
    loads = [*extends, *(found.template for found in imports)]
    return _Template(
        needs=frozenset(find_referenced_templates(tree)),
        extends=next(map(_name, extends), None),
        loads=frozenset(filter(None, map(_name, loads))),
        blocks={block.name: block.lineno for block in _outer_blocks(tree)},
        all_blocks=frozenset(block.name for block in tree.find_all(nodes.Block)),
    )


def _name(asked: nodes.Node) -> str | None:
    return asked.value if isinstance(asked, nodes.Const) and isinstance(asked.value, str) else None


def _outer_blocks(node: nodes.Node) -> Iterator[nodes.Block]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child
        else:
            yield from _outer_blocks(child)


def _reached(known: Mapping[str, _Template], pages: set[str]) -> set[str | None]:
    """All that is needed for ``pages``."""
    reached: set[str | None] = set()
    due: list[str | None] = [*pages]
    while due:
        name = due.pop()
        if name not in reached:
            reached.add(name)
            due.extend(known[name].needs if name is not None and name in known else ())
    return reached


def _loaded(known: Mapping[str, _Template], name: str) -> set[str]:
    """All that is loaded when it is."""
    loaded: set[str] = set()
    due = [name]
    while due:
        new = (known[one].loads if (one := due.pop()) in known else frozenset()) - loaded
        loaded |= new
        due.extend(new)
    return loaded


def _above(known: Mapping[str, _Template], name: str) -> set[str]:
    """The blocks of what it extends; none where that is not known."""
    blocks: set[str] = set()
    parent = known[name].extends
    while above := known.get(parent or ""):
        blocks |= above.all_blocks
        parent = above.extends
    return blocks
