"""What a publisher's file rests on: a page that somebody read, a link to it on one, or what others say of the site."""

from __future__ import annotations

from typing import Any

from attrs import Attribute, field, frozen

from newscrawl.discover.declared import slip


def _said(instance: object, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise slip(instance, attribute.name, value, "it should say which page, or who says so")


@frozen
class Seen:
    """Verified on a real page."""

    where: str = field(validator=_said)
    """Which, with its day: 'article of 2024-05-09'."""

    def __str__(self) -> str:
        return f"seen: {self.where}"


@frozen
class Linked:
    """Known only by its link on a real page: what stands there was not seen."""

    on: str = field(validator=_said)
    """Which page links it, with its day: 'article of 2024-05-09'."""

    def __str__(self) -> str:
        return f"linked: {self.on}"


@frozen
class Hearsay:
    """Likely, and not verified: other people's code or documentation has it."""

    said_by: str = field(validator=_said)
    """Repository and path, or the documentation's address."""

    def __str__(self) -> str:
        return f"hearsay: {self.said_by}"


Basis = Seen | Linked | Hearsay


def is_basis(instance: object, attribute: Attribute[Any], value: object) -> None:
    """One of them, or None: nobody said."""
    if value is not None and not isinstance(value, (Seen, Linked, Hearsay)):
        raise slip(instance, attribute.name, value, "it should be Seen(…), Linked(…) or Hearsay(…)")
