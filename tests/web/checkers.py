"""What the published site is held against: the HTML checker of the W3C, the accessibility rules of axe-core, the strict
reader and the XSD of the package ``sitemap``. All of them run here; none asks anybody."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import attrs
from lxml import etree
from playwright.sync_api import Page
from web_made import program

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"


def vnu(*folders: Path) -> dict[str, list[str]]:
    """What the checker says of every HTML, CSS and SVG file under ``folders``, by its kind: error or info."""
    java = [program("java"), "-jar", str(MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")]
    flags = ["--format", "json", "--stdout", "--skip-non-html", "--also-check-css", "--also-check-svg"]
    env = os.environ | {"LC_ALL": "C.UTF-8"}  # else Java opens no file with a Chinese name
    command = [*java, *flags, *map(str, folders)]
    done = subprocess.run(command, capture_output=True, env=env, timeout=120, check=False)
    said: dict[str, list[str]] = {}
    for message in json.loads(done.stdout)["messages"]:
        where = unquote(urlsplit(message.get("url", "")).path)
        line = f"{where}:{message.get('lastLine')}: {message['message']} {message.get('extract', '')!r}"
        said.setdefault(message["type"], []).append(line)
    return said


@attrs.frozen
class Finding:
    impact: str
    rule: str
    where: str
    why: str


def axe(page: Page) -> list[Finding]:
    """What axe-core finds wrong with the open page: by its own choice of rules, those of good practice included, and by
    WCAG 2.2's of how large a target is."""
    page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text("utf-8"))
    options = {"resultTypes": ["violations"], "preload": False, "rules": {"target-size": {"enabled": True}}}
    told: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    assert told["passes"], "it has looked at nothing"
    return [
        Finding(rule["impact"], rule["id"], str(node["target"]), node["failureSummary"])
        for rule in told["violations"]
        for node in rule["nodes"]
    ]


def sitemaps(kind: str, files: Iterable[Path]) -> dict[str, Any]:
    """Per file what it holds (``items``) or what is wrong (``complaint``); ``kind``: index or urls."""
    command = [program("node"), str(HERE / "sitemaps.mjs"), kind, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def against_schema(file: Path) -> list[str]:
    """What the protocol's XSD says against a sitemap of addresses."""
    schema = etree.XMLSchema(file=str(MODULES / "sitemap" / "schema" / "sitemap.xsd"))
    schema.validate(etree.parse(str(file)))
    return [str(error) for error in schema.error_log]
