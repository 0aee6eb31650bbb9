"""An installed wheel works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked into a folder of its own: nothing of the checkout is on its path."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    built = subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("newscrawl-*.whl")
    target = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(installed), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words], cwd=folder, env=env, capture_output=True, text=True, timeout=120
    )


def test_an_installed_wheel_lists_its_sources_from_any_folder(installed: Path, tmp_path: Path):
    done = run(installed, tmp_path, "list")
    assert done.returncode == 0, done.stderr
    assert "chinanews" in done.stdout.split()


def test_an_installed_wheel_has_the_template_of_sources(installed: Path, tmp_path: Path):
    done = run(installed, tmp_path, "genspider", "--dump", "news")
    assert done.returncode == 0, done.stderr
    assert "SOURCE = Source(" in done.stdout


def test_an_installed_wheel_runs_the_demo_from_any_folder(installed: Path, tmp_path: Path):
    done = run(installed, tmp_path, "demo")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "文章来源：" in done.stdout
    assert (tmp_path / "data" / "demo" / "news.db").exists()
    assert len(list((tmp_path / "data" / "demo" / "site" / "i").rglob("*.*"))) == 5


def test_the_package_that_runs_is_the_installed_one(installed: Path, tmp_path: Path):
    env = os.environ | {"PYTHONPATH": str(installed)}
    where = subprocess.run(
        [sys.executable, "-c", "import newscrawl; print(newscrawl.__file__)"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
    )
    assert where.stdout.startswith(str(installed))
