"""Checks of what a source's file declares, made where it is declared: a slip is a sentence there, no riddle at night.

attrs validators. Each raises ValueError that names the class, the field, what stands there and what should.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from string import Formatter
from typing import Any

from attrs import Attribute
from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from newscrawl.text.urls import split

Validator = Callable[[Any, "Attribute[Any]", Any], None]


def slip(instance: object, field: str, said: object, should: str) -> ValueError:
    """The sentence: 'Source.hosts is 'example.org': …'."""
    return ValueError(f"{type(instance).__name__}.{field} is {said!r}: {should}")


def tuple_of(*kinds: type) -> Validator:
    """A tuple with nothing but these in it: a lone value and a forgotten comma are the usual slips."""
    names = " or ".join(kind.__name__ for kind in kinds)

    def check(instance: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, tuple):
            raise slip(instance, attribute.name, value, f"it should be a tuple of {names}; one alone is written (it,)")
        for one in value:
            if not isinstance(one, kinds):
                raise slip(instance, attribute.name, value, f"every one should be a {names}, {one!r} is none")

    return check


def is_address(instance: object, attribute: Attribute[Any], value: object) -> None:
    """An absolute http(s) address."""
    if not isinstance(value, str) or split(value) is None:
        raise slip(instance, attribute.name, value, "it should be an address with http:// or https:// and a host")


def is_selector(instance: object, attribute: Attribute[Any], value: object) -> None:
    """A CSS selector, in the grammar and with the pseudo-classes that reading knows."""
    if not isinstance(value, str):
        raise slip(instance, attribute.name, value, "it should be a CSS selector")
    try:
        CSSSelector(value, translator="html")
    except SelectorError as error:
        raise slip(instance, attribute.name, value, f"it is no CSS selector that can be asked ({error})") from None


def placeholders(instance: object, field: str, value: str) -> set[str]:
    """The names in curly brackets."""
    try:
        return {name for _, name, _, _ in Formatter().parse(value) if name is not None}
    except ValueError as error:
        raise slip(instance, field, value, f"its curly brackets cannot be read ({error})") from None


def only_known(instance: object, field: str, value: str, known: Collection[str], what: str) -> None:
    """Every name in curly brackets is among the known ones."""
    for name in sorted(placeholders(instance, field, value) - set(known)):
        there = ", ".join(f"{{{one}}}" for one in sorted(known)) or "none"
        raise slip(instance, field, value, f"{{{name}}} is no {what}; there are {there}")


def address_with(name: str, example: int | date) -> Validator:
    """An address with ``{name}`` in it and no other name, that can be filled in with what ``example`` is like."""

    def check(instance: object, attribute: Attribute[Any], value: str) -> None:
        is_address(instance, attribute, value)
        if placeholders(instance, attribute.name, value) != {name}:
            raise slip(instance, attribute.name, value, f"it should have {{{name}}} in it, and no other name")
        try:
            value.format(**{name: example})
        except (ValueError, TypeError) as error:
            raise slip(instance, attribute.name, value, f"{{{name}}} cannot be filled in ({error})") from None

    return check
