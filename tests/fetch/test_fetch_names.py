"""What a failure is called, how newscrawl names itself, and where relative paths count from."""

from __future__ import annotations

from pathlib import Path

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectionLost, NoRouteError, TCPTimedOutError
from twisted.python.failure import Failure
from twisted.web.client import RequestTransmissionFailed

from newscrawl.errors import BadOption, StoreUnwritable
from newscrawl.fetch import failures
from newscrawl.fetch.failures import Refused, RobotsForbidden, RobotsUnreachable, failure_word, is_bug
from newscrawl.fetch.project import HonestUserAgent, options_of, project_folder, user_agent


@pytest.mark.parametrize(
    ("problem", "word"),
    [
        (HttpError(Response("http://a.example/", status=410)), "http_410"),
        (DownloadTimeoutError(), "timeout"),
        (CannotResolveHostError(), "dns"),
        (DownloadConnectionRefusedError(), "connection_refused"),
        (ResponseDataLossError(), "connection_lost"),
        (IgnoreRequest("max redirections reached"), "ignored"),
        (RobotsForbidden("no"), "robots_forbidden"),
        (RobotsUnreachable("not now", "http_503"), "robots_http_503"),
        (NotSupported("ftp"), "scheme"),
        (TCPTimedOutError(), "timeout"),
        (NoRouteError(), "connection_failed"),
        (ConnectionLost(), "connection_lost"),
        (RequestTransmissionFailed([]), "connection_lost"),
    ],
)
def test_a_failure_has_one_word_and_is_no_bug(problem: Exception, word: str) -> None:
    assert failure_word(problem) == word
    assert failure_word(Failure(problem)) == word
    assert not is_bug(problem)
    assert not is_bug(Failure(problem))


@pytest.mark.parametrize("kind", [TypeError, KeyError, ValueError, UnicodeError, OSError, AssertionError, RuntimeError])
def test_what_no_wire_can_bring_about_is_a_bug_by_its_class_name(kind: type[Exception]) -> None:
    assert is_bug(kind("a bug"))
    assert is_bug(Failure(kind("a bug")))
    assert failure_word(kind("a bug")) == kind.__name__


def test_an_archive_that_cannot_be_written_is_no_failure_of_the_link() -> None:
    assert is_bug(StoreUnwritable("disk full"))


def test_every_refusal_has_a_word_of_its_own_and_stands_in_the_tree() -> None:
    kinds = Refused.__subclasses__()
    assert len({kind.word for kind in kinds} | {Refused.word}) == len(kinds) + 1
    for kind in kinds:
        assert kind.__name__ in (failures.__doc__ or "")


def test_the_user_agent_names_the_contact() -> None:
    assert user_agent("https://desk.example/bot").endswith(" (+https://desk.example/bot)")
    assert user_agent("").startswith("newscrawl/")
    assert "(" not in user_agent("")
    assert "\n" not in user_agent("a@desk.example\r\nX-Evil: 1")


def test_somebodys_own_user_agent_goes_before() -> None:
    settings = Settings({"USER_AGENT": "our-desk/1"})
    HonestUserAgent().update_settings(settings)
    assert settings["USER_AGENT"] == "our-desk/1"


def test_relative_paths_count_from_the_folder_of_scrapy_cfg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scrapy.cfg").write_text("[settings]\n")
    (tmp_path / "deep" / "down").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "deep" / "down")
    assert project_folder() == tmp_path
    assert options_of(Settings({"NEWSCRAWL_DB": "data/x.db"})).db == tmp_path / "data/x.db"


def test_without_a_project_they_count_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert options_of(Settings({"NEWSCRAWL_ARCHIVE": "kept"})).archive == tmp_path / "kept"


def test_a_setting_that_cannot_be_used_is_named() -> None:
    with pytest.raises(BadOption, match="NEWSCRAWL_REPLAY"):
        options_of(Settings({"NEWSCRAWL_REPLAY": "no-such-file.warc.gz"}))
