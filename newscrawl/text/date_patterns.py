"""The patterns of printed dates: Chinese, English, and those of digits alone.

They are asked of a text that :data:`FOLD` has folded and that is in simplified script.
"""

from __future__ import annotations

import re

FOLD = str.maketrans("０１２３４５６７８９：／．－，\u3000\u00a0\u2002\u2003\u2009\u202f\t", "0123456789:/.-,       ")
"""Same length, so that offsets in the folded text are offsets in the text as printed."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = (
    r"(?P<half>上午|下午|凌晨|早上|早晨|清晨|中午|傍晚|晚上|晚间|晚)? {0,2}"
    r"(?P<hour>\d{1,2}) ?(?::|时|点) ?(?:(?P<minute>\d{1,2})(?!\d)(?: ?分)?"
    r"(?: ?[:分]? ?(?P<second>\d{2})(?!\d) ?秒?)?(?:[.,](?P<fraction>\d{1,9}))?)?"
)
_ZONE = r"(?: ?(?P<zone>Z|(?:UTC|GMT)? ?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,4})(?![\w:]))"
YEAR_FIRST = re.compile(
    r"(?<![\d./-])(?P<year>(?:19|20)\d{2}) ?(?:年|[-/.]) ?(?P<month>\d{1,2}) ?(?:月|[-/.]) ?"
    r"(?P<day>\d{1,2})(?!\d)(?: ?[日号])?"
    rf"(?:(?P<gap>T| {{0,6}}(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)? {{0,4}},? ?){_CLOCK}{_ZONE}?)?"
)
HAN_DATE = re.compile(
    r"(?P<year>[〇零○Ｏ一二三四五六七八九]{4}) ?年 ?(?P<month>[一二三四五六七八九十]{1,2}) ?月 ?"
    rf"(?P<day>[一二三四五六七八九十廿卅]{{1,3}}) ?[日号]?(?: {{0,6}}{_CLOCK})?"
)
_WEEKDAY = r"(?:\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?"
_MONTH_NAME = r"(?P<name>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})\.?"
_ENGLISH_CLOCK = (
    r"(?:(?: ?,? ?(?:at|\||·|-|–|—)?| T) ?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?!\d)(?::(?P<second>\d{2}))?"
    rf"(?: ?(?P<half>[AaPp])\.?[Mm]\b\.?)?{_ZONE}?)?"
)
ENGLISH = (
    re.compile(
        r"(?<![\d:.])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))? ?(?P<half>[AaPp])\.?[Mm]\b\.?"
        rf"{_ZONE}?,? (?:on )?{_WEEKDAY}(?:(?P<before>\d{{1,2}}) )?{_MONTH_NAME}"
        r"(?(before)| (?P<day>\d{1,2})(?!\d)),? (?P<year>(?:19|20)\d{2})(?!\d)"
    ),
    re.compile(
        rf"{_WEEKDAY}(?<![\d.])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -]{_MONTH_NAME},?[ -]"
        rf"(?P<year>(?:19|20)\d{{2}})(?!\d){_ENGLISH_CLOCK}"
    ),
    re.compile(
        rf"{_WEEKDAY}\b{_MONTH_NAME} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? "
        rf"(?P<year>(?:19|20)\d{{2}})(?!\d){_ENGLISH_CLOCK}"
    ),
)
NUMERIC = re.compile(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<sign>[./-])(?P<next>\d{1,2})(?P=sign)(?P<year>(?:19|20)\d{2})(?![\d/-])"
    r"(?:(?:,| -| –| \||\.)? {0,2}(?:(?:um|kl|at|a las|las|ore|alle|à|às|om|o|klo|saat)\b\.?)? {0,2}"
    rf"(?P<hour>\d{{1,2}})[:.hH](?P<minute>\d{{2}})(?!\d)(?::(?P<second>\d{{2}})(?!\d))?"
    rf"(?: ?(?P<half>[AaPp])\.?[Mm]\b\.?)?{_ZONE}?)?"
)
"""05/10/2018 14:30: the day or the month first, as the site has it; with dots the day."""
YEARLESS = re.compile(
    r"(?<![\d./年-])(?<!\d:)(?P<month>\d{1,2})(?:(?P<sign>[-/])| ?月 ?)(?P<day>\d{1,2})(?![\d./-])(?: ?[日号])?"
    rf"(?:(?: {{0,6}}{_CLOCK})|(?(sign)(?![\u3400-\u9fff])))"
)
NAMED_DAY = re.compile(rf"(?P<named>今天|今日|昨天|昨日|前天)(?: {{0,4}}{_CLOCK})?")
AGO = re.compile(r"(?P<count>\d{1,3}|半) ?(?:个)?(?P<unit>秒钟?|分钟|小时|天|周|星期)(?:之|以)?前|刚刚|刚才")
BARE_CLOCK = re.compile(r"(?<![\d./:-])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?![\d:./-])")
