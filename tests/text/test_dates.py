"""Printed dates: what pages print is read with its precision and zone; what is no date is None."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newscrawl.text.dates import read_printed
from newscrawl.text.numbers import number, year_number

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YEAR = datetime(2026, 1, 1, 2, 0, tzinfo=UTC)  # ten in the morning in Shanghai


@pytest.mark.parametrize(
    ("text", "local", "at"),
    [
        ("2025年11月19日 16:29", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("2025年11月19日16:29:05", "2025-11-19T16:29:05+08:00", "2025-11-19T08:29:05"),
        ("2025-11-19 16:29", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("2025/11/19", "2025-11-19", "2025-11-18T16:00:00"),
        ("2025.11.19", "2025-11-19", "2025-11-18T16:00:00"),
        ("2025-1-5", "2025-01-05", "2025-01-04T16:00:00"),
        ("2025年11月19日\u300016:29", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("2025年11月19日\u00a016:29", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("２０２５年１１月１９日１６：２９", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("二〇二五年十一月十九日", "2025-11-19", "2025-11-18T16:00:00"),
        ("2025年11月19日下午4:29", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("2025年11月19日 下午4時29分", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("2025年11月19日 週三 16點29分", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("2025年11月19日 星期三 16时29分", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("2025-11-19T16:29:05+08:00", "2025-11-19T16:29:05+08:00", "2025-11-19T08:29:05"),
        ("2025-11-19T16:29+0800", "2025-11-19T16:29+08:00", "2025-11-19T08:29:00"),
        ("2025-11-19T16:29:05.123Z", "2025-11-19T16:29:05+00:00", "2025-11-19T16:29:05"),
        ("2025-11-19T16:29:05-05:00", "2025-11-19T16:29:05-05:00", "2025-11-19T21:29:05"),
        ("Mon, 7 Sep 2026 15:54:04 +0800", "2026-09-07T15:54:04+08:00", "2026-09-07T07:54:04"),
        ("Mon, 07 Sep 2026 15:54:04 GMT", "2026-09-07T15:54:04+00:00", "2026-09-07T15:54:04"),
        ("November 19, 2025", "2025-11-19", "2025-11-18T16:00:00"),
        ("Nov. 19, 2025 4:29 p.m. EST", "2025-11-19T16:29-05:00", "2025-11-19T21:29:00"),
        ("19 November 2025 at 16:29 GMT", "2025-11-19T16:29+00:00", "2025-11-19T16:29:00"),
    ],
)
def test_what_news_pages_print_is_read_with_the_precision_shown(text: str, local: str, at: str) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert printed.local == local
    assert printed.at == datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert printed.raw == text


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("2020年07月04日 12:10　来源：某某网　参与互动", "2020年07月04日 12:10"),
        ("发布时间：2024-05-09 17:20", "2024-05-09 17:20"),
        ("  2025-1-5  ", "2025-1-5"),
        ("Published: Nov 19, 2025, 4:29 PM | Updated", "Nov 19, 2025, 4:29 PM"),
        ("2025-11-19 16:29-17:30 现场", "2025-11-19 16:29"),
    ],
)
def test_a_date_inside_a_longer_line_is_found_and_raw_is_the_piece_that_prints_it(text: str, raw: str) -> None:
    printed = read_printed(text)
    assert printed is not None
    assert printed.raw == raw


def test_a_printed_zone_wins_over_the_pages_own() -> None:
    printed = read_printed("2025-11-19 16:29 GMT", zone="America/New_York")
    assert printed is not None
    assert printed.at == datetime(2025, 11, 19, 16, 29, tzinfo=UTC)


def test_the_pages_zone_is_a_name_or_a_tzinfo() -> None:
    named, given_zone = (
        read_printed("2025-11-19 16:29", zone=zone) for zone in ("Asia/Tokyo", timezone(timedelta(hours=9)))
    )
    assert named is not None
    assert named == given_zone
    assert named.at == datetime(2025, 11, 19, 7, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("2025年13月01日", "2025年02月30日 10:00", "2025-11-19 25:00", "2024-06-31"),
        *("1", "May", "12345", "2025", "2025年11月", "20251119", "16:29-17:30", "Reuters 2025", "", "   ", "第3版"),
        "A sentence of some length that goes on and on and mentions the year 1999 and chapter 12 of a book, page 7.",
    ],
)
def test_impossible_dates_and_what_is_none_are_none(text: str) -> None:
    assert read_printed(text) is None


@pytest.mark.parametrize("text", ["9-11 14:38", "01-14 17:58", "21:27", "昨天 14:38", "3小时前", "刚刚", "9月11日"])
def test_without_a_reference_nothing_is_guessed(text: str) -> None:
    assert read_printed(text) is None


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("9-11 14:38", "2025-09-11T14:38+08:00"),
        ("发布时间：01-14 17:58", "2025-01-14T17:58+08:00"),
        ("12-31 23:10", "2025-12-31T23:10+08:00"),
        ("1-1 09:10", "2026-01-01T09:10+08:00"),
        ("1-2 08:00", "2026-01-02T08:00+08:00"),  # a day of grace: a clock that runs ahead
        ("1-3 08:00", "2025-01-03T08:00+08:00"),
        ("9月11日", "2025-09-11"),
        ("2月29日", "2024-02-29"),
        ("09:30", "2026-01-01T09:30+08:00"),
        ("21:27", "2025-12-31T21:27+08:00"),
        ("今天 09:10", "2026-01-01T09:10+08:00"),
        ("昨天14:38", "2025-12-31T14:38+08:00"),
        ("前天", "2025-12-30"),
        ("3小时前", "2026-01-01T07:00+08:00"),
        ("半小时前", "2026-01-01T09:30+08:00"),
        ("5分钟前", "2026-01-01T09:55+08:00"),
        ("2天前", "2025-12-30"),
        ("3小時前", "2026-01-01T07:00+08:00"),
        ("5分鐘前", "2026-01-01T09:55+08:00"),
        ("剛剛", "2026-01-01T10:00+08:00"),
        ("刚刚", "2026-01-01T10:00+08:00"),
        ("2 hours ago", "2026-01-01T08:00+08:00"),
    ],
)
def test_a_reference_makes_partial_dates_whole_across_new_year(text: str, local: str) -> None:
    printed = read_printed(text, reference=NEW_YEAR)
    assert printed is not None
    assert printed.local == local


@pytest.mark.parametrize("text", ["13-45 10:00", "1-0", "3:2", "10-12岁", "0-0 00:00", "99:99"])
def test_a_reference_makes_no_date_of_scores_and_spans(text: str) -> None:
    assert read_printed(text, reference=NEW_YEAR) is None


def test_a_naive_reference_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        read_printed("9-11 14:38", reference=datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "language", "local"),
    [
        ("19 novembre 2025 à 16:29", "fr", "2025-11-19T16:29+01:00"),
        ("Mittwoch, 19. November 2025", "de", "2025-11-19"),
        ("19 ноября 2025, 16:29", "ru-RU", "2025-11-19T16:29+01:00"),
        ("19 de noviembre de 2025", None, "2025-11-19"),
        ("19 novembre 2025", "xx-unknown", "2025-11-19"),
    ],
)
def test_other_languages_are_dateparsers(text: str, language: str | None, local: str) -> None:
    printed = read_printed(text, zone="Europe/Paris", language=language)
    assert printed is not None
    assert printed.local == local


@pytest.mark.parametrize(
    ("text", "local"),
    [
        ("4:29 p.m. EST November 19, 2025", "2025-11-19T16:29-05:00"),
        ("04:29:05 PM, Wed Nov 19, 2025", "2025-11-19T16:29:05+01:00"),
        ("4.29pm on 19 November 2025", "2025-11-19T16:29+01:00"),
        ("Nov 19, 2025 at 4:29 pm ET", "2025-11-19T16:29-05:00"),
        ("Jul 9, 2025 at 4:29 pm ET", "2025-07-09T16:29-04:00"),
        ("3:45 pm EST Nov 2025", None),
    ],
)
def test_an_english_clock_may_stand_first_and_its_zone_may_keep_summer_time(text: str, local: str | None) -> None:
    printed = read_printed(text, zone="Europe/Paris", language="en")
    assert (printed and printed.local) == local
    assert printed is None or printed.raw == text


@pytest.mark.parametrize(
    ("text", "language", "day_first", "local"),
    [
        ("05/10/2018", "pt", None, "2018-10-05"),
        ("05/10/2018", "en", None, "2018-05-10"),
        ("05/10/2018", "en", True, "2018-10-05"),
        ("05.10.2018", "en", False, "2018-10-05"),
        ("25/12/2018", "en", False, "2018-12-25"),
        ("12-25-2018", "fr", None, "2018-12-25"),
        ("05/10/2018 às 14h30", "pt", None, "2018-10-05T14:30+01:00"),
        ("05/10/2018 - 14:30 MEZ", "de", None, "2018-10-05T14:30+01:00"),
        ("10/05/2018 2:30 PM", "en", False, "2018-10-05T14:30+01:00"),
        ("31/31/2018", "en", None, None),
        ("1/2/3/2018", "en", None, None),
    ],
)
def test_of_a_date_in_digits_the_day_is_first_but_in_america(
    text: str, language: str, day_first: bool | None, local: str | None
) -> None:
    printed = read_printed(text, zone="Africa/Lagos", language=language, day_first=day_first)
    assert (printed and printed.local) == local


@pytest.mark.parametrize("text", ["November 5, 2025, 5:09: Uhr", "5. November 2025, 5:09: Uhr", "05.11.2025, 5:09 Uhr"])
def test_a_stray_colon_before_uhr_makes_no_other_clock(text: str) -> None:
    printed = read_printed(text, zone="Europe/Berlin", language="de")
    assert printed is not None
    assert printed.local == "2025-11-05T05:09+01:00"


def test_letters_that_name_several_zones_mean_what_the_caller_says() -> None:
    text, there = "Nov 20, 2019 01:38 PM IST", {"IST": ZoneInfo("Asia/Kolkata")}
    printed = [read_printed(text, zone="UTC", language="en", named=named) for named in ({}, there)]
    assert [one and one.local for one in printed] == ["2019-11-20T13:38+00:00", "2019-11-20T13:38+05:30"]


def test_chinese_pages_never_import_dateparser() -> None:
    program = (
        "import sys; from newscrawl.text.dates import read_printed; "
        "assert read_printed('2025年11月19日 16:29'); assert read_printed('作者：某某') is None; "
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [("8", 8), ("０８", 8), ("十", 10), ("十九", 19), ("二十", 20), ("二十七", 27), ("廿七", 27), ("卅", 30)],
)
def test_numbers_are_read_as_printed(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "十十", "二七", "百", "x"])
def test_what_is_no_number_raises(text: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        number(text)


def test_years_are_read_as_printed() -> None:
    assert [year_number(text) for text in ("2025", "２０２５", "二〇二五", "二○○六")] == [2025, 2025, 2025, 2006]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.times())
def test_every_moment_printed_the_usual_way_is_read_back(day: date, time: object) -> None:
    moment = datetime.fromisoformat(f"{day.isoformat()}T{time}"[:16]).replace(tzinfo=SHANGHAI)
    printed = read_printed(f"{day.year}年{day.month:02}月{day.day}日 {moment:%H:%M}")
    assert printed is not None
    assert printed.at == moment.astimezone(UTC)
    assert printed.local[:16] == f"{moment:%Y-%m-%dT%H:%M}"


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1)),
    st.datetimes(datetime(2022, 1, 1), datetime(2039, 1, 1)),
)
def test_a_day_without_its_year_is_never_later_than_a_day_after_the_reference(day: date, now: datetime) -> None:
    reference = now.replace(tzinfo=UTC)
    printed = read_printed(f"{day.month}-{day.day} 00:00", reference=reference)
    assert printed is not None
    assert printed.at <= reference + timedelta(days=1)
    assert printed.local[5:10] == f"{day.month:02}-{day.day:02}"


@given(st.text(alphabet="0123456789年月日-/:. TZ+时分上午昨天前小MaySep，", max_size=60))
@example("2025-11-19T16:29:05+99:99")
@example("2025年11月19日" * 5)
def test_no_wild_text_raises_and_what_is_found_stands_in_it(text: str) -> None:
    printed = read_printed(text, reference=NEW_YEAR)
    if printed is not None:
        assert printed.at.tzinfo is UTC
        assert printed.raw in text or printed.raw == " ".join(text.split())


@given(st.text(max_size=60), st.sampled_from([None, NEW_YEAR]), st.sampled_from([None, "zh", "zh-Hant", "en", "x"]))
@example("1² 月 ٣ 2025", NEW_YEAR, None)
@example("2025年０月０日", NEW_YEAR, "zh")
def test_any_unicode_text_is_read_without_an_error(text: str, reference: datetime | None, language: str | None) -> None:
    printed = read_printed(text, reference=reference, language=language)
    if printed is not None:
        assert printed.raw in " ".join(text.split()) or printed.raw in text
        assert printed.at.tzinfo is UTC
