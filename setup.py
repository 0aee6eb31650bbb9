"""Puts the demo's newsroom (data/newsroom) into the wheel as newscrawl/newsroom. All else is in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithNewsroom(build_py):
    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            newsroom = Path(__file__).parent / "data" / "newsroom"
            shutil.copytree(newsroom, Path(self.build_lib) / "newscrawl" / "newsroom", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithNewsroom})
