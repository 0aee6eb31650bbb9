"""Where lists stand on the site: no two names at one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.publish.addresses import slug

NAMES = st.text(max_size=8) | st.text("Gg20-/._ !é太", max_size=6)


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_no_two_names_have_one_slug_not_even_a_name_and_the_slug_of_another(names: list[str]):
    every = {*names, *map(slug, names)}
    assert len({slug(name) for name in every}) == len(every)


@pytest.mark.parametrize("name", ["太原", "g20", "5g", "decade-of-tea", "a" * 50])
def test_a_plain_name_is_its_own_slug(name: str):
    assert slug(name) == name


@pytest.mark.parametrize("name", ["G20", "g20-d8694d", "d8694d", "!!!", "A/B", "太 原", "a" * 51, ".."])
def test_any_other_is_told_from_its_like_by_a_digest(name: str):
    assert slug(name) != name
    assert slug(slug(name)) not in (name, slug(name))
    assert len(slug(name).encode()) <= 60
