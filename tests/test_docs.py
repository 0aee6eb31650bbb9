"""What the docs state as fact is what the code does, both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawl import options, settings
from newscrawl.outcome import Exit

ROOT = Path(__file__).resolve().parent.parent


def test_every_setting_is_documented_and_nothing_else_is():
    real = {name for name in vars(settings) if name.startswith("NEWSCRAWL_")}
    assert set(options.MEANING) == real
    printed = set(re.findall(r"^\| `(NEWSCRAWL_\w+)`", (ROOT / "docs/settings.md").read_text(), re.M))
    assert printed == real


def test_every_command_is_documented_and_nothing_else_is():
    real = {
        path.stem for path in (ROOT / "newscrawl/commands").glob("*.py") if "class Command(" in path.read_text("utf-8")
    }
    assert real >= {"crawl", "show", "read", "search", "sources", "demo"}
    printed = set(re.findall(r"^## `scrapy (\w+)", (ROOT / "docs/commands.md").read_text(), re.M))
    assert printed == real


def test_every_exit_code_is_documented():
    printed = {int(code) for code in re.findall(r"^\| (\d) \|", (ROOT / "docs/commands.md").read_text(), re.M)}
    assert printed == {int(code) for code in Exit}


def test_the_walls_in_the_docs_are_the_walls_in_the_linter():
    import tomllib

    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = [layer.replace("newscrawl.", "") for layer in contracts[0]["layers"]]
    assert "\n".join(layers) in (ROOT / "docs/architecture.md").read_text()


def test_every_room_stands_behind_a_wall_and_in_the_picture():
    import tomllib

    real = {
        path.stem for path in (ROOT / "newscrawl").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    walled = {name for layer in contracts[0]["layers"] for name in layer.replace("newscrawl.", "").split(" | ")}
    assert walled == real - {"__init__", "settings"}
    picture = (ROOT / "docs/architecture.md").read_text().split("```")[1]
    assert set(re.findall(r"^  (\w+)", picture, re.M)) == real - {"__init__"}


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 120


def test_the_readme_counts_no_more_publishers_than_there_are():
    from newscrawl.sources import registry

    assert "first, and more than a dozen others; `scrapy sources`" in (ROOT / "README.md").read_text("utf-8")
    assert len(list(registry())) - 1 > 12


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_every_page_of_the_docs_can_be_reached_from_the_readme(page):
    assert f"docs/{page.name}" in (ROOT / "README.md").read_text()


def test_the_way_in_is_short_and_its_commands_and_class_attributes_exist():
    """And every class attribute by which a publisher's page is mended is named."""
    from pkgutil import iter_modules

    import scrapy.commands

    import newscrawl.commands
    from newscrawl.extract.chain import Chain

    text = (ROOT / "docs/sources.md").read_text("utf-8")
    assert len(text.splitlines()) < 80
    commands = {found.name for found in iter_modules([*newscrawl.commands.__path__, *scrapy.commands.__path__])}
    asked = re.findall(r"^scrapy (\w+)|`scrapy (\w+)", text, re.M)
    assert len(asked) > 4
    assert {first or second for first, second in asked} <= commands
    for file in re.findall(r"tests/[\w/]+\.py", text):
        assert (ROOT / file).is_file()
    attributes = {name for name, kind in Chain.__annotations__.items() if str(kind).startswith("ClassVar")}
    assert attributes > {"headline_css", "related"}
    named = set(re.findall(r"\b\w+_css\b|\bbody_roles\b|\bpage_bars\b|\brelated\b", text))
    assert named == attributes - {"home_names"}
