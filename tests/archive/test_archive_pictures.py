"""The folder of mirrored images: what a killed run left half-written does not stay."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from newscrawl.archive import pictures
from newscrawl.archive.pictures import LEFT, put, sweep


def test_what_a_killed_run_left_is_emptied_and_removed_and_what_is_being_written_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    kept = put(tmp_path, b"whole", ".jpg")

    def killed(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pictures.Path, "replace", killed)
        for content in (b"old", b"new"):
            with pytest.raises(KeyboardInterrupt):
                put(tmp_path, content, ".jpg")
    old, new = sorted((path for path in tmp_path.rglob("*.part")), key=lambda path: path.read_bytes(), reverse=True)
    os.utime(old, (0, time.time() - LEFT - 60))
    (tmp_path / "linked").hardlink_to(old)
    sweep(tmp_path)
    assert not old.exists()
    assert (tmp_path / "linked").read_bytes() == b""
    assert new.read_bytes() == b"new"
    assert (tmp_path / kept).read_bytes() == b"whole"


def test_a_folder_that_is_not_there_has_nothing_to_be_swept(tmp_path: Path):
    sweep(tmp_path / "none")
