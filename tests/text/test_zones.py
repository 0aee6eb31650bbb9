"""Where a site's clocks may stand, by its host, its declared region and its language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from newscrawl.text.zones import place_of, zone_named

SUMMER, WINTER = datetime(2025, 7, 1, 12, tzinfo=UTC), datetime(2025, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "tags", "host", "country", "zone"),
    [
        ("de", (), "www.zeitung.example", "", "Europe/Berlin"),
        ("de", ("de_AT",), "zeitung.example", "at", "Europe/Vienna"),
        ("fr", ("fr-CA", "fr_FR"), "journal.example", "ca", ""),
        ("fr", (), "journal.example", "", ""),
        ("pt", ("en_US",), "jornal.example", "", ""),
        ("pt", ("en_US",), "jornal.com.br", "br", "America/Sao_Paulo"),
        ("en", ("en_US",), "paper.co.uk", "gb", "Europe/London"),
        ("en", (None, "en-US"), "paper.example", "us", ""),
        ("en", (), "paper.example", "", ""),
        ("en", (), "paper.tv", "", ""),
        ("xx", (), "", "", ""),
    ],
)
def test_the_host_goes_before_the_region_and_that_before_the_language(
    language: str, tags: tuple[str | None, ...], host: str, country: str, zone: str
) -> None:
    place = place_of(language, tags, host)
    assert (place.country, place.zone) == (country, zone)


def test_an_offset_is_allowed_in_its_season_only() -> None:
    berlin = place_of("de", (), "")
    assert berlin.allows(timedelta(hours=2), SUMMER)
    assert berlin.allows(timedelta(hours=1), WINTER)
    assert not any(berlin.allows(timedelta(hours=hours), WINTER) for hours in (-12, 0, 2, 12))
    assert not place_of("xx", (), "").allows(timedelta(0), WINTER)


@pytest.mark.parametrize(
    ("language", "tags", "host", "named"),
    [
        ("en", (), "paper.com", {"IST": 5.5}),
        ("en", ("en_US",), "paper.com", {"IST": 5.5, "CST": -6}),
        ("en", (), "paper.ie", {"IST": 1}),
        ("en", (), "paper.co.il", {"IST": 3}),
        ("en", (), "paper.co.uk", {}),
        ("en", (), "daily.com.cn", {"CST": 8}),
        ("zh", (), "ribao.example", {"CST": 8}),
    ],
)
def test_names_of_several_zones_are_read_by_the_place(
    language: str, tags: tuple[str | None, ...], host: str, named: dict[str, float]
) -> None:
    found = place_of(language, tags, host).named
    offsets = {name: SUMMER.astimezone(zone).utcoffset() for name, zone in found.items()}
    assert offsets == {name: timedelta(hours=hours) for name, hours in named.items()}


def test_names_of_one_zone_need_no_place() -> None:
    eastern = zone_named("ET")
    assert eastern is not None
    assert [moment.astimezone(eastern).hour for moment in (SUMMER, WINTER)] == [8, 7]
    assert (zone_named("IST"), zone_named("NOV")) == (None, None)
    assert zone_named("UTC") is UTC


@pytest.mark.parametrize(
    ("language", "tags", "host", "first"),
    [
        ("pt", (), "jornal.com.br", True),
        ("es", (), "diario.example", True),
        ("en", (), "paper.example", False),
        ("en", ("en-GB",), "paper.example", True),
        ("en", ("en_US",), "paper.co.za", True),
        ("en", ("en-US",), "paper.example", False),
        ("es", ("es-US",), "diario.example", False),
    ],
)
def test_the_day_is_first_but_in_the_united_states(
    language: str, tags: tuple[str, ...], host: str, first: bool
) -> None:
    assert place_of(language, tags, host).day_first is first
