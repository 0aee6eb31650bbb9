"""docs/operations.md: what can be run of it is run, as it stands but for its folders; nothing goes on the network."""

from __future__ import annotations

import fcntl
import grp
import os
import pwd
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from running import NOW

from newscrawl import options, settings
from newscrawl.outcome import Exit
from newscrawl.store.connection import BUSY_SECONDS

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs/operations.md").read_text("utf-8")
BOXES: dict[str, str] = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE, re.M | re.S))
"""The named code blocks: after the language stands the name."""
NOT_RUN = {
    "install": "needs root and a repository",
    "enable": "needs a running systemd",
    "readers": "tried by hand, with two users",
    "upgrade": "needs root and a repository",
    "litestream.conf": "an addition to a unit that comes with Litestream",
}
HERE = "/srv/newscrawl"
PATH = "/usr/bin:/bin"
CASE = ROOT / "tests/sources/cases/other-outlet-source-line/page.html"


@attrs.define
class Place:
    """A folder that stands for /srv/newscrawl; every crawl in it replays the bundled newsroom."""

    folder: Path
    replay: Path

    @property
    def db(self) -> Path:
        return self.folder / "data/news.db"

    def run(self, command: str, **env: str) -> subprocess.CompletedProcess[str]:
        """As cron does: by sh, with hardly any environment."""
        known = {"PATH": PATH, "HOME": str(self.folder), "NEWSCRAWL_REPLAY": str(self.replay), "NEWSCRAWL_NOW": NOW}
        return subprocess.run(
            ["/bin/sh", "-c", self.here(command)],
            cwd="/",
            env=known | env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
        )

    def box(self, title: str, **env: str) -> subprocess.CompletedProcess[str]:
        """A box of shell commands, stopped by the first that fails."""
        return self.run(f"set -e; cd {HERE}\n{BOXES[title]}", **env)

    def here(self, text: str) -> str:
        return text.replace(HERE, str(self.folder))

    def counts(self, db: str = "data/news.db") -> tuple[int, int]:
        """Of articles and changes, through stock sqlite3."""
        connection = sqlite3.connect(self.folder / db)
        try:
            query = "SELECT (SELECT count(*) FROM published), (SELECT count(*) FROM changes)"
            articles, changes = connection.execute(query).fetchone()
            return articles, changes
        finally:
            connection.close()


def crontab() -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Its settings, as cron gives them on, and its lines as (times, command)."""
    lines = BOXES["crontab"].splitlines()
    given = [line.split("=", 1) for line in lines if re.match(r"[A-Z0-9_]+=", line)]
    jobs = [line.split(None, 5) for line in lines if not re.match(r"[A-Z0-9_]+=", line)]
    return {name: value.strip("'") for name, value in given}, [(" ".join(job[:5]), job[5]) for job in jobs]


ENV, JOBS = crontab()
CRAWL, PUBLISH, SNAPSHOT, PRUNE, STATUS = (command for _, command in JOBS)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, bundled: Path) -> Place:
    """As the installation leaves it, and with an archive: a replay makes none."""
    folder = tmp_path_factory.mktemp("srv") / "newscrawl"
    for name in ("data/backup", "data/archive", "public"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "scrapy.cfg", folder)
    (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    return Place(folder, bundled)


@pytest.fixture(scope="module")
def place(fresh: Place) -> Place:
    """After the crontab's first crawl, which said nothing."""
    done = fresh.run(CRAWL, **ENV)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return fresh


@pytest.fixture
def copy(place: Place, tmp_path: Path) -> Place:
    """A place of one's own to break."""
    shutil.copytree(place.folder, tmp_path / "newscrawl", symlinks=True)
    return Place(tmp_path / "newscrawl", place.replay)


# -- cron ------------------------------------------------------------------------------------------------------------


def test_the_crontab_is_one_that_cron_reads():
    field = r"(\*|\d+(-\d+)?)(/\d+)?"
    for times, command in JOBS:
        assert re.fullmatch(rf"{field}( {field}){{4}}", times)
        assert "%" not in command, "cron makes a line end of it"
    assert not any("$" in value or "~" in value for value in ENV.values()), "cron expands nothing"
    for line in filter(re.compile(r"[A-Z0-9_]+=").match, BOXES["crontab"].splitlines()):
        value = line.partition("=")[2]
        assert re.fullmatch(r"'[^']*'|[^'\"\s]+", value), "cron and systemd take quotes away, a shell divides at blanks"
        assert len(line) < 1000, "the bound of Debian's cron"


def test_the_crontabs_crawl_fills_the_store_the_readers_copy_and_the_log(place: Place):
    articles, changes = place.counts()
    assert articles > 10
    assert place.counts("public/news.db") == (articles, changes)
    assert (place.folder / "data/chinanews.log").read_text("utf-8").rstrip().endswith("(exit 0)")


def test_the_crontabs_crawl_mails_the_last_line_of_a_bad_run(copy: Place):
    bad = copy.run(CRAWL, **ENV | {"NEWSCRAWL_DB": "scrapy.cfg/news.db"})
    assert re.search(r"scrapy.cfg.*\(exit 6\)$", bad.stdout)
    assert len(bad.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("command", "env", "words"),
    [
        (CRAWL, {"NEWSCRAWL_REPRINT": "{"}, "newscrawl: NEWSCRAWL_REPRINT"),
        (CRAWL.replace(" >>", " -a limit=none >>"), {}, "newscrawl: -a limit"),
        (CRAWL.replace(" >>", " twice >>"), {}, "scrapy: error: name one source"),
        (CRAWL, {"NEWSCRAWL_SNAPSHOT": "data/news.db"}, "newscrawl: NEWSCRAWL_SNAPSHOT"),
    ],
    ids=["setting", "argument", "command line", "snapshot"],
)
def test_the_crontabs_crawl_mails_what_was_refused_and_not_the_run_before(
    copy: Place, command: str, env: dict[str, str], words: str
):
    assert "(exit 0)" in (copy.folder / "data/chinanews.log").read_text("utf-8").splitlines()[-1]
    refused = copy.run(command, **ENV | env)
    assert refused.stdout.startswith(words)
    assert (len(refused.stdout.splitlines()), refused.stderr) == (1, "")


def test_the_crontabs_log_is_utf_8_under_any_locale(copy: Place):
    refused = copy.run(CRAWL, **ENV | {"LC_ALL": "en_US.ISO-8859-1", "NEWSCRAWL_REPRINT": "太原"})
    assert "太原" in refused.stdout


def test_the_crontabs_crawl_says_nothing_where_the_lock_is_held(copy: Place):
    with (copy.folder / "data/news.db.chinanews.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held = copy.run(CRAWL, **ENV)
    assert (held.returncode, held.stdout, held.stderr) == (0, "", "")
    assert "another run holds the lock" in (copy.folder / "data/chinanews.log").read_text("utf-8")


@pytest.mark.parametrize("command", [PUBLISH, SNAPSHOT, PRUNE, STATUS], ids=["publish", "snapshot", "prune", "status"])
def test_the_crontabs_other_lines_say_nothing_when_all_is_well(place: Place, command: str):
    done = place.run(command, **ENV)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_crontabs_site_has_its_name_its_sitemaps_and_the_policy_of_the_crawl(copy: Place):
    before = copy.counts()
    assert copy.run(PUBLISH, **ENV).stdout == ""
    site = copy.folder / "public/site"
    assert "湖畔新闻" in (site / "index.html").read_text("utf-8")
    assert "https://news.example.org/sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    assert (site / "sitemap.xml").exists()
    assert copy.counts() == before


def test_the_crontabs_publish_mails_what_fails_and_what_is_missing_and_not_that_the_lock_is_held(copy: Place):
    assert copy.run(PUBLISH, **ENV).stdout == ""
    with (copy.folder / "public/site/.newscrawl/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held = copy.run(PUBLISH, **ENV)
    assert (held.returncode, held.stdout, held.stderr) == (0, "", "")
    nameless = copy.run(PUBLISH, **{name: value for name, value in ENV.items() if name != "NEWSCRAWL_SITE"})
    assert nameless.stdout.count("WARNING") == 2
    missing = copy.run(PUBLISH, **ENV | {"NEWSCRAWL_DB": "data/none.db"})
    assert "there is no store" in missing.stdout


def test_a_shell_that_reads_the_units_settings_has_what_the_crontab_has(copy: Place):
    (copy.folder / "all.env").write_text(BOXES["all.env"], "utf-8")
    line = 'set -a; . "$HOME/all.env"; set +a'
    assert "`set -a; . /etc/newscrawl/all.env; set +a`" in PAGE
    told = copy.run(f"{line}; env").stdout.splitlines()
    assert {f"{name}={value}" for name, value in ENV.items() if name != "MAILTO"} <= set(told)


def test_the_hourly_copy_is_made_without_a_word_and_is_the_one_that_runs_make(copy: Place):
    times, command = (BOXES["hourly"].strip().rsplit("    ", 1)[0], BOXES["hourly"].split(None, 5)[5])
    assert times == "5 * * * *"
    assert ENV["NEWSCRAWL_SNAPSHOT"] in command
    (copy.folder / "public/news.db").unlink()
    done = copy.run(command)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert copy.counts("public/news.db") == copy.counts()


def test_the_line_for_any_site_says_nothing_of_a_good_run_and_its_last_line_of_a_bad_one(copy: Place):
    times, command = BOXES["anywhere"].strip().split(" * * * * ")
    assert times == "2-59/15"
    bad = copy.run(command)
    assert bad.stdout.rstrip().endswith("(exit 3)")
    assert "feed:news.example.org/rss.xml: the source looks broken: no listing gave an article link" in bad.stdout
    feed = "https://www.chinanews.com.cn/rss/scroll-news.xml"
    good = copy.run(command.replace("https://news.example.org/rss.xml", feed))
    assert (good.returncode, good.stdout, good.stderr) == (0, "", "")
    assert "feed:chinanews.com.cn/rss/scroll-news.xml: done" in (copy.folder / "data/anywhere.log").read_text("utf-8")


def test_the_crontabs_status_is_mailed_when_the_source_is_not_healthy(copy: Place):
    with sqlite3.connect(copy.db) as connection:
        connection.execute("UPDATE ledger SET outcome = 'broken', exit_code = 3")
    connection.close()
    done = copy.run(STATUS, **ENV)
    assert "chinanews" in done.stdout


# -- systemd, logrotate ----------------------------------------------------------------------------------------------


@pytest.fixture
def units(place: Place, tmp_path: Path) -> list[Path]:
    """The units' files, templates filled with a source."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    instances = {"newscrawl@": "newscrawl@chinanews", "newscrawl-failed@": "newscrawl-failed@chinanews"}
    for title, text in BOXES.items():
        stem, _, suffix = title.rpartition(".")
        instances.setdefault(stem, stem)
        if suffix in ("service", "timer"):
            assert text.startswith(f"# /etc/systemd/system/{title}\n")
            (tmp_path / f"{instances[stem]}.{suffix}").write_text(place.here(text))
    return sorted(tmp_path.glob("newscrawl*"))


def test_systemd_has_nothing_to_say_against_the_units(units: list[Path]):
    assert len(units) == 5
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["newscrawl@chinanews", "newscrawl-publish"])
def test_the_service_is_hardened(units: list[Path], name: str):
    (service,) = [unit for unit in units if unit.name == f"{name}.service"]
    words = ["systemd-analyze", "security", "--offline=true", "--no-pager", service]
    done = subprocess.run(words, capture_output=True, text=True)
    if not (level := re.search(r"exposure level for .*: (\d+\.\d+) ", done.stdout)):
        pytest.skip(f"this systemd-analyze does not judge files: {done.stderr[:100]}")
    assert float(level[1]) <= 2.0


def test_the_service_knows_how_newscrawl_ends(place: Place):
    service = BOXES["newscrawl@.service"]
    assert f"\nSuccessExitStatus={Exit.LOCKED:d}\n" in service
    seconds = re.search(r"^TimeoutStopSec=(\d+)s$", service, re.M)
    assert seconds is not None
    assert int(seconds[1]) > settings.STOP_SECONDS + BUSY_SECONDS
    assert f"waits at most {settings.STOP_SECONDS} seconds" in " ".join(PAGE.split())
    assert f"\nSuccessExitStatus={Exit.LOCKED:d}\n" in BOXES["newscrawl-publish.service"]
    assert set(BOXES["all.env"].splitlines()) < set(BOXES["crontab"].splitlines())


def test_logrotate_takes_the_log_away_and_the_next_run_begins_a_new_one(copy: Place, tmp_path: Path):
    logrotate = shutil.which("logrotate", path=f"{PATH}:/usr/sbin:/sbin")
    if logrotate is None:
        pytest.skip("logrotate is not installed")
    user, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    config = tmp_path / "logrotate.conf"
    config.write_text(copy.here(BOXES["logrotate"]).replace("su newscrawl newscrawl", f"su {user} {group}"))
    config.chmod(0o644)
    words = [logrotate, "--force", "--verbose", "--state", tmp_path / "state", config]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr
    log = copy.folder / "data/chinanews.log"
    assert not log.exists()
    assert log.with_name("chinanews.log.1").read_text("utf-8").rstrip().endswith("(exit 0)")
    assert copy.run(CRAWL, **ENV).returncode == 0
    lines = log.read_text("utf-8").splitlines()
    assert len(lines) == 4, "a run without news writes as many lines as the page says"


# -- backup, mending, backfill ---------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("sqlite3", path=PATH) is None, reason="the sqlite3 shell is not installed")
def test_the_drill_shows_a_whole_copy(copy: Place):
    articles, changes = copy.counts()
    done = copy.box("drill")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:4] == ["ok", str(articles), str(changes)]
    assert copy.counts("data/backup/news.db") == (articles, changes)


def test_a_store_is_restored_from_its_copy_and_the_next_crawl_goes_on(copy: Place):
    before = copy.counts()
    shutil.copy(copy.folder / "public/news.db", copy.folder / "data/backup/news.db")
    copy.db.write_bytes(b"damaged" * 4096)
    done = copy.box("restore")
    assert done.returncode == 0, done.stderr
    assert copy.counts() == before


def test_what_is_said_of_a_source_that_looks_broken_can_be_done(copy: Place):
    case = copy.folder / "data/quarantine/chinanews-2025-11-19-authors"
    case.mkdir(parents=True)
    shutil.copy(CASE, case)
    done = copy.box("mend")
    assert done.returncode == 0, done.stderr
    assert case.name in done.stdout


def test_the_backfill_tells_a_line_a_day_in_the_shape_that_is_shown(copy: Place):
    done = copy.box("backfill")
    assert done.returncode == 0, done.stderr
    (shown,) = re.findall(r"^backfill chinanews: .*$", PAGE, re.M)
    pattern = re.sub(r"\\?\d+ (links|added)", r"\\d+ \1", re.escape(shown).replace(r"\ ", " "))
    assert re.search(pattern, done.stderr)


# -- Litestream ------------------------------------------------------------------------------------------------------


def test_litestreams_configuration_is_yaml_of_the_shape_it_reads():
    """No YAML library is at hand: what is here is a mapping of two levels and one list."""
    lines = [line for line in BOXES["litestream.yml"].splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"( {2})*(- )?[a-z-]+:( \S+)?", line) for line in lines)
    named = {line.strip().removeprefix("- ").split(":")[0] for line in lines}
    assert named == {"snapshot", "interval", "retention", "dbs", "path", "replica", "url"}
    assert f"  - path: {HERE}/data/news.db" in lines


@pytest.mark.skipif(shutil.which("litestream") is None, reason="Litestream is not installed")
def test_litestream_brings_back_what_a_crawl_stored_beside_it(copy: Place, tmp_path: Path):
    litestream, config = shutil.which("litestream"), tmp_path / "litestream.yml"
    bucket = "s3://example-bucket/newscrawl"
    assert bucket in BOXES["litestream.yml"]
    config.write_text(copy.here(BOXES["litestream.yml"]).replace(bucket, f"file://{tmp_path}/replica"))
    crawl = f"{copy.folder}/.venv/bin/scrapy crawl chinanews -a since=2025-11-17 -a until=2025-11-18"
    done = copy.run(f"cd {HERE} && {litestream} replicate -config {config} -exec '{crawl}'")
    assert done.returncode == 0, done.stderr
    restore = BOXES["litestream-restore"].replace("litestream restore", f"{litestream} restore -config {config}")
    done = copy.run(f"cd {HERE} && {restore}")
    assert done.returncode == 0, done.stderr
    assert copy.counts("data/restored.db") == copy.counts()


# -- what is stated as fact ------------------------------------------------------------------------------------------


def test_every_box_is_run_here_or_it_is_said_why_not():
    source = Path(__file__).read_text("utf-8")
    tried = {title for title in BOXES if source.count(f'"{title}"') > 0 or title.endswith((".service", ".timer"))}
    assert tried == set(BOXES)
    assert set(NOT_RUN) < set(BOXES)
    assert len(re.findall(r"^```\w+", PAGE, re.M)) == len(BOXES) + 1, "only a line of a log has no name"


def test_every_setting_and_command_it_names_exists():
    named = set(re.findall(r"\bNEWSCRAWL_[A-Z_]+\b", PAGE))
    assert named <= set(options.MEANING)
    commands = {path.stem for path in (ROOT / "newscrawl/commands").glob("*.py")}
    said = set(re.findall(r"\bscrapy (?!cfg\b)([a-z]+)\b", PAGE))
    assert said <= commands
    assert said >= {"crawl", "snapshot", "prune", "status", "read", "reread"}


def test_the_disks_figures_are_those_that_were_measured():
    table = re.search(r"^\| what \| grows by \|\n(.*?)\n\n", PAGE, re.M | re.S)
    measured = (ROOT / "benchmarks/growth.md").read_text("utf-8").partition("## Disk for 100,000 articles")[2]
    assert table is not None
    figures = re.findall(r"[\d.]+ GB", table[1])
    assert len(figures) == 6
    assert set(figures) <= set(re.findall(r"[\d.]+ GB", measured))


def test_every_exit_code_has_its_row():
    assert {int(code) for code in re.findall(r"^\| (\d) \|", PAGE, re.M)} == {int(code) for code in Exit}
