"""``scrapy export``: what it writes, how a reader goes on where it stopped, and what it never lets out."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import attrs
import feedparser
import pytest
from exported import FORMS, changes, last_seq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import Desk, Done
from store_made import CLOCK, article, full_article, operate, rows

from newscrawl.items import Image
from newscrawl.publish.records import record
from newscrawl.store.reader import CHUNK, Reader
from newscrawl.store.views import COLUMNS
from newscrawl.store.writer import Writer
from newscrawl.terms import Policy


@pytest.fixture
def three(writer: Writer) -> Writer:
    for number in (1, 2, 3):
        writer.add(article(number))
    writer.flush()
    return writer


def hold(writer: Writer, number: int) -> None:
    """The article is withdrawn: its publisher now credits one whose texts are held back."""
    writer.add(article(number, credit="hold"))
    writer.flush()


def export(desk: Desk, *words: str, form: str = "jsonl") -> Done:
    return desk.scrapy("export", "--format", form, *words)


def records(done: Done) -> list[dict[str, Any]]:
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def keys(done: Done) -> list[str]:
    return [each["key"] for each in records(done)]


# -- the command ------------------------------------------------------------------------------------------------------


def test_every_article_that_may_be_shown_is_a_record_with_the_views_columns(desk: Desk, writer: Writer, path: Path):
    writer.add(full_article())
    writer.add(article(7, credit="hold"))
    writer.flush()
    done = export(desk)
    (told,) = records(done)
    assert list(told) == [*COLUMNS["published"], "related", "topics", "change"]
    assert (told["authors"], told["images"][0]["caption"]) == (["林一", "周二"], "新馆外景")
    assert [list(each) for each in told["related"]] == [list(COLUMNS["published_related"])] * 2
    assert {"太原", "社会", "阅读"} <= {each["topic"] for each in told["topics"]}
    assert [list(each) for each in told["topics"]][:1] == [list(COLUMNS["published_topics"])]
    said = {"seq": 1, "at": "2025-11-19T09:00:00Z", "kind": "added", "origin": "publisher", "fields": []}
    assert told["change"] == said
    assert done.last_line == "changes up to 1"


def test_each_form_is_only_data(desk: Desk, three: Writer):
    assert len(records(export(desk))) == 3
    assert [each["pubStatus"] for each in records(export(desk, form="ninjs"))] == ["usable"] * 3
    read = feedparser.parse(export(desk, form="atom").out.encode())
    assert (read.bozo, len(read.entries)) == (False, 3)


def test_the_site_that_settings_name_is_in_what_is_written(desk: Desk, three: Writer):
    desk.settings["NEWSCRAWL_SITE"] = json.dumps({"name": "湖畔", "base": "https://reprint.example/"})
    (entry, *_) = feedparser.parse(export(desk, form="atom").out.encode()).entries
    (first, *_) = records(export(desk))
    assert entry.link == f"https://reprint.example/a/{first['id']}/"
    (first, *_) = records(export(desk, form="ninjs"))
    assert first["infoSources"][-1] == {"name": "湖畔", "role": "reprinter", "uri": "https://reprint.example/"}


def test_it_is_utf8_whatever_the_locale(desk: Desk, three: Writer):
    desk.inside = ("env", "LC_ALL=C", "PYTHONIOENCODING=ascii", "PYTHONUTF8=0")
    assert [each["headline"] for each in records(export(desk))] == [f"晋阳湖畔第{n}座图书馆开馆" for n in (1, 2, 3)]


def test_an_empty_store_gives_nothing_or_an_empty_feed(desk: Desk, writer: Writer):
    done = export(desk)
    assert (done.code, done.out, done.last_line) == (0, "", "changes up to 0")
    assert not feedparser.parse(export(desk, form="atom").out.encode()).bozo


def test_without_a_store_it_says_so(desk: Desk):
    done = export(desk)
    assert (done.code, done.out) == (6, "")
    assert "there is no store at" in done.err


# -- going on ---------------------------------------------------------------------------------------------------------


def test_after_a_seq_only_the_last_change_of_what_changed_since(desk: Desk, three: Writer):
    writer = three
    hold(writer, 1)
    writer.add(article(2, headline="另一座图书馆开馆"))
    writer.add(article(4))
    writer.flush()
    writer.add(article(4, headline="第四座图书馆改期开馆"))
    writer.flush()
    done = export(desk, "--after", "3")
    gone, revised, new = records(done)
    assert set(gone) == {"key", "id", "change"}
    assert (gone["key"], gone["change"]["kind"], gone["change"]["fields"]) == ("morning:1", "withdrawn", [])
    assert (revised["key"], revised["change"]["fields"]) == ("morning:2", ["headline"])
    assert (new["key"], new["headline"], new["change"]["kind"]) == ("morning:4", "第四座图书馆改期开馆", "revised")
    assert done.last_line == "changes up to 7"
    assert keys(export(desk)) == ["morning:3", "morning:2", "morning:4"]
    assert keys(export(desk, "--after", "0")) == ["morning:3", "morning:1", "morning:2", "morning:4"]
    assert export(desk, "--after", "7").out == ""


def test_what_comes_back_is_told_whole(desk: Desk, three: Writer):
    hold(three, 1)
    three.add(article(1))
    three.flush()
    (back,) = records(export(desk, "--after", "4"))
    assert (back["key"], back["change"]["kind"]) == ("morning:1", "restored")
    assert back["body_text"] == article(1).body_text


@pytest.mark.parametrize(
    ("after", "code", "words"),
    [
        ("-1", 2, "--after is a number from 0"),
        ("soon", 2, "--after is a number from 0"),
        ("１", 2, "--after is a number from 0"),
        ("1" * 5000, 2, "--after is a number from 0"),
        ("4", 1, "--after: 4 is too much: the store's changes end at 3"),
        ("9" * 18, 1, "is too much"),
    ],
)
def test_a_wrong_seq_is_refused_in_words(desk: Desk, three: Writer, after: str, code: int, words: str):
    done = export(desk, f"--after={after}")
    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert "changes up to" not in done.err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ((), "--format jsonl|ninjs|atom"),
        (("--format", "rss"), "invalid choice: 'rss'"),
        (("--format", "atom", "太原"), "takes options only"),
        (("--format", "atom", "--after", "1", "--state", "seq"), "give one of them"),
    ],
)
def test_a_command_line_that_does_not_hold_together_is_refused(desk: Desk, line: tuple[str, ...], words: str):
    done = desk.scrapy("export", *line)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_a_state_file_goes_on_by_itself(desk: Desk, three: Writer):
    state = desk.folder / "reader.seq"
    hold(three, 3)
    assert keys(export(desk, "--state", "reader.seq")) == ["morning:1", "morning:2"]
    assert state.read_text() == "4\n"
    assert keys(export(desk, "--state", "reader.seq")) == []
    hold(three, 1)
    assert [each["change"]["kind"] for each in records(export(desk, "--state", "reader.seq"))] == ["withdrawn"]
    assert state.read_text() == "5\n"
    assert sorted(path.name for path in desk.folder.iterdir() if "seq" in path.name) == ["reader.seq"]


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "it holds no `seq`"), ("-1", "it holds no `seq`"), ("九", "it holds no `seq`"), ("4", "end at 3")],
)
def test_a_state_file_that_does_not_serve_is_named_and_stays(desk: Desk, three: Writer, content: str, words: str):
    state = desk.folder / "reader.seq"
    state.write_text(content)
    done = export(desk, "--state", "reader.seq")
    assert (done.code, done.out, state.read_text()) == (1, "", content)
    assert words in done.err
    assert "reader.seq" in done.err


def test_a_state_file_without_a_folder_is_told_before_anything_is_written(desk: Desk, three: Writer):
    done = export(desk, "--state", "nowhere/reader.seq")
    assert (done.code, done.out) == (1, "")
    assert "there is no folder nowhere" in done.err
    assert export(desk, "--state", ".").code == 1


# -- where the output goes --------------------------------------------------------------------------------------------


def test_a_reader_that_goes_away_is_no_error_and_moves_no_state(desk: Desk, writer: Writer):
    for number in range(120):
        writer.add(article(number, body_text=f"第{number}座图书馆开馆。" * 200))
    writer.flush()
    for form in FORMS:
        desk.inside = ("sh", "-c", '"$@" | head -c 20 >/dev/null', "sh")
        done = export(desk, "--state", "reader.seq", form=form)
        assert not [word for word in ("Traceback", "rror", "Broken", "changes up to") if word in done.err]
        assert not (desk.folder / "reader.seq").exists()


def test_a_full_disk_is_told_in_words_and_moves_no_state(desk: Desk, three: Writer):
    desk.inside = ("sh", "-c", 'exec "$@" >/dev/full', "sh")
    done = export(desk, "--state", "reader.seq")
    assert done.code == 1
    assert done.last_line == "newscrawl: standard output: it cannot be written (No space left on device)"
    assert not (desk.folder / "reader.seq").exists()


# -- what is let out --------------------------------------------------------------------------------------------------

SECRET = "湖心亭下埋着旧信"
HIDDEN = {
    "excerpt": ("body_text", "body_html", "caption", "credit of a picture", "address of a picture"),
    "link": ("body_text", "body_html", "summary", "caption", "credit of a picture", "address of a picture"),
    "hold": ("headline", "body_text", "body_html", "summary", "caption", "correction", "keyword", "author"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("mode", "place"), [(mode, place) for mode, places in HIDDEN.items() for place in places])
def test_what_the_reprint_mode_withholds_is_nowhere(writer: Writer, path: Path, form: str, mode: str, place: str):
    """Also where an article was shown before, and what stands in one place stood in no other."""
    image = Image(url="https://img.example/1.jpg")
    values: dict[str, Any] = {"summary": "摘要。", "images": (image,)}
    match place:
        case "caption":
            values["images"] = (attrs.evolve(image, caption=SECRET, alt=SECRET),)
        case "credit of a picture":
            values["images"] = (attrs.evolve(image, credit=SECRET),)
        case "address of a picture":
            values["images"] = (attrs.evolve(image, url=f"https://img.example/{SECRET}.jpg"),)
        case "keyword":
            values["keywords"] = (SECRET,)
        case "author":
            values["authors"] = (SECRET,)
        case _:
            values[place] = f"{SECRET}。" if place != "body_html" else f"<p>{SECRET}。</p>"
    writer.add(article(1, **values))
    writer.flush()
    assert SECRET in _unescaped(b"".join(FORMS["jsonl"](changes(path))))
    writer.add(article(1, **values, credit=mode))
    writer.flush()
    for after in (None, 0, 1):
        assert SECRET not in _unescaped(b"".join(FORMS[form](changes(path, after))))


def _unescaped(written: bytes) -> str:
    from urllib.parse import unquote

    return unquote(written.decode())


def test_a_record_of_a_withdrawn_article_holds_no_text(writer: Writer, path: Path):
    writer.add(full_article())
    writer.flush()
    writer.add(attrs.evolve(full_article(), credit="hold"))
    writer.flush()
    (gone,) = changes(path, after=0)
    assert set(record(gone)) == {"key", "id", "change"}


def test_an_article_that_no_change_has_told_hidden_yet_is_told_as_withdrawn(three: Writer, path: Path):
    """The view has the last word, not the change."""
    operate(path, "UPDATE articles SET state = 'hidden' WHERE key = 'morning:2'")
    assert [change.key for change in changes(path)] == ["morning:1", "morning:3"]
    assert [(change.key, change.kind) for change in changes(path, after=1)] == [
        ("morning:2", "withdrawn"),
        ("morning:3", "added"),
    ]


# -- reading the store ------------------------------------------------------------------------------------------------


def test_what_is_written_meanwhile_is_not_in_it(three: Writer, path: Path):
    with Reader(path) as reader:
        with reader.steady() as last:
            three.add(article(4))
            hold(three, 1)
            assert [change.key for change in reader.changed_since(0)] == ["morning:1", "morning:2", "morning:3"]
            assert last.seq == 3
        assert last_seq(path) == 5


@pytest.mark.parametrize("count", [CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_every_article_comes_once_and_in_order_however_many_there_are(writer: Writer, path: Path, count: int):
    for number in range(count):
        writer.add(article(number, keywords=(f"词{number}",)))
    writer.flush()
    told = changes(path)
    assert [change.seq for change in told] == list(range(1, count + 1))
    assert all(f"词{change.seq - 1}" in {topic["topic"] for topic in change.topics} for change in told)


def test_two_thousand_articles_take_no_more_memory_than_a_few_hundred(writer: Writer, path: Path):
    for number in range(2000):
        writer.add(article(number, body_text=f"第{number}座。"))
    writer.flush()
    operate(path, "UPDATE revisions SET body_html = replace(hex(zeroblob(4000)), '00', '书')")
    for form in FORMS.values():
        with Reader(path) as reader, reader.steady():
            tracemalloc.start()
            try:
                written = sum(len(piece) for piece in form(reader.changed_since(None)))
                _, peak = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
        assert written > 20_000_000
        assert peak < 8_000_000


STEPS = st.lists(
    st.tuples(
        st.integers(1, 4),
        st.sampled_from("山水木火"),
        st.sampled_from(["shown", "excerpt", "link", "hold"]),
        st.sampled_from(["add", "flush", "export"]),
    ),
    max_size=20,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_a_reader_that_goes_on_step_by_step_has_what_a_full_read_has(tmp_path_factory, steps):
    path = tmp_path_factory.mktemp("store") / "news.db"
    policy = {"*": "full", **{f"credit:{mode}": mode for mode in ("excerpt", "link", "hold")}}
    kept: dict[str, dict[str, Any]] = {}
    seq: int | None = None

    def go_on() -> None:
        nonlocal seq
        with Reader(path) as reader, reader.steady() as last:
            for line in b"".join(FORMS["jsonl"](reader.changed_since(seq))).splitlines():
                told = json.loads(line)
                kept.pop(told["key"], None)
                if told["change"]["kind"] != "withdrawn":
                    kept[told["key"]] = {name: told[name] for name in COLUMNS["published"]}
            seq = last.seq

    with Writer(path, policy=Policy(reprint=policy, outlets={}), clock=CLOCK, batch=1000, seconds=3600) as writer:
        for number, word, mode, what in steps:
            writer.add(article(number, headline=f"{word}讯", body_text=f"{number}号{word}。" * 30, credit=mode))
            if what != "add":
                writer.flush()
            if what == "export":
                go_on()
        writer.flush()
        go_on()
        with Reader(path) as reader:
            shown = [reader.article(key) for (key,) in rows(path, "SELECT key FROM published")]
    assert kept == {row["key"]: row for row in shown if row}
