"""The tables, as data. What other sites may rely on are the views (``views``), not these.

Every table is STRICT (so SQLite >= 3.37). Times are stamps (:func:`newscrawl.clock.stamp`); a missing value is NULL,
never ''; a JSON column is never NULL: nothing is ``[]`` or ``{}``, so that ``json_each`` can always read it.
"""

from __future__ import annotations

VERSION = 6
"""PRAGMA user_version: the version of the contract. A change of a view or a column here takes a new one."""

APPLICATION_ID = 0x6E777363
"""PRAGMA application_id, 'nwsc': tells a newscrawl store from any other SQLite file."""

PAGE_SIZE = 4096
"""Bytes, set when the file is made. A revision of median length is longer than any of the usual pages would hold twice,
so larger pages only waste more at the end of each: 6 to 9 % more file for the same CPU (benchmarks/store.py)."""

ID_DAY = 10_000_000
"""An article's id is its day (UTC, of publication, else of storing) as a number yyyymmdd times this, plus a number
within the day. So ids in falling order are days in falling order, and the full-text index, which can only give its
finds by id, gives the newest first without sorting all of them. It never changes, even where the date is corrected."""

SHOWN = "a.state = 'shown' AND a.reprint <> 'hold' AND a.embargo_until IS NULL"
"""Of the table articles as ``a``: whether downstream sites may see the article."""

TABLES: dict[str, str] = {
    # As version 1 made them; ADDED below has what came later.
    # -- who publishes ------------------------------------------------------------------------------------------------
    "sources": """
        CREATE TABLE sources (
            slug TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            home TEXT,
            language TEXT
        ) STRICT""",
    # -- what is kept -------------------------------------------------------------------------------------------------
    # articles: what an article is; revisions: what it says. state: 'shown', 'hidden' (gone upstream), 'withdrawn' (a
    # tombstone: the row stays without revisions, so that neither its key nor its id is given again; state_reason is the
    # operator's reason), 'returning' (was one, and is to be read anew).
    # reprint: the mode that the operator's policy and the page's signals give. text_hash finds the same text under
    # another key.
    "articles": """
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            source TEXT NOT NULL,
            url TEXT NOT NULL,
            state TEXT NOT NULL,
            state_reason TEXT,
            reprint TEXT NOT NULL,
            revision_id INTEGER,
            text_hash TEXT,
            story_id INTEGER,
            published_at TEXT,
            first_seen_at TEXT NOT NULL,
            updated_at TEXT NOT NULL
        ) STRICT""",
    # number: 1, 2, … within the article. fields: the changes that were the reason for it (changes.fields tells all that
    # readers see of it). answered_by: who gave each field.
    "revisions": """
        CREATE TABLE revisions (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id),
            number INTEGER NOT NULL,
            stored_at TEXT NOT NULL,
            origin TEXT NOT NULL,
            fields TEXT NOT NULL,
            language TEXT NOT NULL,
            headline TEXT,
            subheadline TEXT,
            section TEXT,
            breadcrumbs TEXT NOT NULL,
            dateline TEXT,
            agency TEXT,
            place TEXT,
            dateline_date TEXT,
            authors TEXT NOT NULL,
            correspondents TEXT NOT NULL,
            account TEXT,
            editors TEXT NOT NULL,
            credit TEXT,
            credit_url TEXT,
            published_at TEXT,
            published_local TEXT,
            published_raw TEXT,
            modified_at TEXT,
            summary TEXT,
            body_html TEXT,
            body_text TEXT,
            images TEXT NOT NULL,
            keywords TEXT NOT NULL,
            correction TEXT,
            robots TEXT NOT NULL,
            disclaimer TEXT,
            disclaimer_version TEXT,
            answered_by TEXT NOT NULL,
            UNIQUE (article_id, number)
        ) STRICT""",
    # kind 'page': the page's own links, of the current revision; key: where the source knows the address. Since
    # version 4 kind 'topic' and 'story' too (RELATED_4).
    "related": """
        CREATE TABLE related (
            article_id INTEGER NOT NULL REFERENCES articles(id),
            kind TEXT NOT NULL,
            position INTEGER NOT NULL,
            headline TEXT NOT NULL,
            url TEXT NOT NULL,
            key TEXT,
            published_at TEXT,
            summary TEXT,
            PRIMARY KEY (article_id, kind, position)
        ) STRICT, WITHOUT ROWID""",
    "article_topics": """
        CREATE TABLE article_topics (
            article_id INTEGER NOT NULL REFERENCES articles(id),
            position INTEGER NOT NULL,
            topic TEXT NOT NULL,
            kind TEXT NOT NULL,
            PRIMARY KEY (article_id, position)
        ) STRICT, WITHOUT ROWID""",
    # The WARC records of every fetch of an article. revision_id is NULL for one that gave no revision: unchanged,
    # rejected, a duplicate. All of them are known by key, so that a takedown can find every copy.
    "captures": """
        CREATE TABLE captures (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            revision_id INTEGER REFERENCES revisions(id),
            position INTEGER NOT NULL,
            url TEXT NOT NULL,
            file TEXT NOT NULL,
            "offset" INTEGER NOT NULL,
            length INTEGER NOT NULL,
            fetched_at TEXT NOT NULL
        ) STRICT""",
    "changes": """
        CREATE TABLE changes (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            kind TEXT NOT NULL,
            article_id INTEGER NOT NULL,
            key TEXT NOT NULL,
            fields TEXT NOT NULL,
            origin TEXT NOT NULL
        ) STRICT""",
    # -- what is to be fetched ----------------------------------------------------------------------------------------
    # links: the frontier, one row per key ever found. state: 'open' (asked when due_at has come), 'stored' (asked again
    # when due_at has come), 'gone' (was stored, vanished at the publisher's; likewise), 'rejected' (reason is an
    # errors.Reason), 'given_up' (failed too often). For a duplicate or a copy, same_as is the key that is kept.
    "links": """
        CREATE TABLE links (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            source TEXT NOT NULL,
            url TEXT NOT NULL,
            found_in TEXT NOT NULL,
            headline TEXT,
            section TEXT,
            time_at TEXT,
            time_local TEXT,
            time_raw TEXT,
            summary TEXT,
            state TEXT NOT NULL,
            reason TEXT,
            detail TEXT,
            same_as TEXT,
            attempts INTEGER NOT NULL,
            due_at TEXT,
            found_at TEXT NOT NULL,
            settled_at TEXT
        ) STRICT""",
    # A listing that is walked. finished_at: when a walk of it last reached its end or known ground.
    "listings": """
        CREATE TABLE listings (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            name TEXT NOT NULL,
            finished_at TEXT,
            UNIQUE (source, name)
        ) STRICT""",
    # seen: links met by the walk going on now; ground: links that a finished walk of the listing met.
    "seen": """
        CREATE TABLE seen (
            listing_id INTEGER NOT NULL REFERENCES listings(id),
            link_id INTEGER NOT NULL REFERENCES links(id),
            PRIMARY KEY (listing_id, link_id)
        ) STRICT, WITHOUT ROWID""",
    "ground": """
        CREATE TABLE ground (
            listing_id INTEGER NOT NULL REFERENCES listings(id),
            link_id INTEGER NOT NULL REFERENCES links(id),
            PRIMARY KEY (listing_id, link_id)
        ) STRICT, WITHOUT ROWID""",
    # -- how it went --------------------------------------------------------------------------------------------------
    "ledger": """
        CREATE TABLE ledger (
            id INTEGER PRIMARY KEY,
            source TEXT NOT NULL,
            started_at TEXT NOT NULL,
            finished_at TEXT,
            outcome TEXT,
            exit_code INTEGER,
            listings INTEGER,
            links INTEGER,
            known INTEGER,
            fetched INTEGER,
            added INTEGER,
            revised INTEGER,
            unchanged INTEGER,
            rejected TEXT,
            missing TEXT,
            errors TEXT,
            requests INTEGER,
            bytes INTEGER,
            seconds REAL
        ) STRICT""",
}

ADDED: tuple[tuple[str, str], ...] = (
    # -- version 2 ----------------------------------------------------------------------------------------------------
    # kept_at: when its article was first stored; anchor_at: when that was published, else kept_at; what counts back
    # from them is due.next_due's business. gone_at: when the publisher first answered that it is not there, of an
    # unbroken row of such answers. etag, last_modified: of the page that was read last, where the article has one page.
    # lane: 'backfill' for what a backfill is to ask, the name of a start address ('feed:example.com/rss.xml') for what
    # is its own, NULL for a named source's fresh runs.
    *(("links", column) for column in ("kept_at TEXT", "anchor_at TEXT", "gone_at TEXT", "etag TEXT")),
    *(("links", column) for column in ("last_modified TEXT", "lane TEXT")),
    # What the listing's first page (page_url) said of itself when it was last read whole, full_at.
    *(("listings", column) for column in ("page_url TEXT", "etag TEXT", "last_modified TEXT", "full_at TEXT")),
    # kind: 'whole' (an incremental run), 'part' (-a url, -a limit), 'backfill'. sample: JSON, what the run's articles
    # had and lacked and who answered, as events.Tally.sample has it; the view runs does not show either.
    ("ledger", "kind TEXT NOT NULL DEFAULT 'whole'"),
    ("ledger", "sample TEXT"),
)
"""Columns that version 2 added, by table."""

ADDED_4: tuple[tuple[str, str], ...] = (
    # noindex: the page asks search engines to keep out, and so does ours. embargo_until: not shown before; NULL where
    # there is none or its time has come. story_rank: 1 = the true source of its story. last_number: of a tombstone, the
    # number of its last revision.
    ("articles", "noindex INTEGER NOT NULL DEFAULT 0"),
    *(("articles", column) for column in ("embargo_until TEXT", "story_rank INTEGER", "last_number INTEGER")),
    # embargo_at: what the page says of an embargo.
    ("revisions", "embargo_at TEXT"),
)

RELATED_4 = """
    CREATE TABLE related_4 (
        article_id INTEGER NOT NULL REFERENCES articles(id),
        kind TEXT NOT NULL,
        position INTEGER NOT NULL,
        headline TEXT,
        url TEXT,
        key TEXT,
        published_at TEXT,
        summary TEXT,
        score REAL,
        PRIMARY KEY (article_id, kind, position)
    ) STRICT, WITHOUT ROWID"""
"""Of kind 'topic' and 'story', ``position`` is the id of the other article, in which all else is found, and ``score``
says how near it is: the greatest comes first."""

TABLES_4: tuple[str, ...] = (
    # What texts are alike is found by: topics.bands of each article's text, by the week of its id.
    """
        CREATE TABLE bands (
            week INTEGER NOT NULL,
            band INTEGER NOT NULL,
            article_id INTEGER NOT NULL,
            PRIMARY KEY (week, band, article_id)
        ) STRICT, WITHOUT ROWID""",
    # What the store was last brought up to date with: 'policy', 'site.name', …; and what is still to be done (settled).
    "CREATE TABLE settled (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
)

TABLES_5: tuple[str, ...] = (
    # Mirrored images. file: name below NEWSCRAWL_IMAGES; one may stand under several addresses. replaced_at: since when
    # its address gives another one; NULL for the one that is shown. etag, last_modified: as the address sent them.
    """
        CREATE TABLE pictures (
            url TEXT NOT NULL,
            file TEXT NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            bytes INTEGER NOT NULL,
            type TEXT NOT NULL,
            fetched_at TEXT NOT NULL,
            etag TEXT,
            last_modified TEXT,
            replaced_at TEXT,
            PRIMARY KEY (url, file)
        ) STRICT, WITHOUT ROWID""",
    # Which articles show, or did in an earlier revision, the image at an address. position: 1, 2, … among the images of
    # the current revision; NULL where that has it no more. What a page gave that was not stored (a duplicate) is the
    # article's that is.
    """
        CREATE TABLE pictured (
            article_id INTEGER NOT NULL REFERENCES articles(id),
            url TEXT NOT NULL,
            position INTEGER,
            PRIMARY KEY (article_id, url)
        ) STRICT, WITHOUT ROWID""",
)

ADDED_5: tuple[tuple[str, str], ...] = (
    # feed: address of the source's own, where its declaration has one.
    ("sources", "feed TEXT"),
)

SEARCH = "CREATE VIRTUAL TABLE search USING fts5(headline, body, content='', tokenize='unicode61')"
"""The full-text index, rowid = articles.id. It is fed ``spaced`` text, and only what the article's reprint mode shows.

Contentless, for two reasons: it takes half the room (benchmarks/store.py), and it cannot hand out the body of an
article that may only be shown as an excerpt. SQLite 3.37 can take a row out of such an index only when told the very
text that was put in; the writer makes it again from the revision (``rows.indexed``)."""

INDEXES: tuple[str, ...] = (
    "CREATE INDEX articles_newest ON articles(published_at) WHERE state = 'shown' AND reprint <> 'hold'",
    "CREATE INDEX articles_first_seen ON articles(first_seen_at)",
    "CREATE INDEX articles_text ON articles(text_hash) WHERE text_hash IS NOT NULL",
    "CREATE INDEX articles_url ON articles(url)",
    "CREATE INDEX topics_topic ON article_topics(topic, article_id)",
    "CREATE INDEX captures_key ON captures(key)",
    "CREATE INDEX captures_revision ON captures(revision_id, position) WHERE revision_id IS NOT NULL",
    "CREATE INDEX changes_article ON changes(article_id)",
    "CREATE INDEX links_open ON links(source, id) WHERE state = 'open'",
    "CREATE INDEX ledger_source ON ledger(source)",
)

INDEXES_2: tuple[str, ...] = (
    "CREATE INDEX links_again ON links(source, due_at) WHERE state IN ('stored', 'gone') AND due_at IS NOT NULL",
    "CREATE INDEX links_same ON links(same_as) WHERE same_as IS NOT NULL",
    "CREATE INDEX links_given_up ON links(source, settled_at) WHERE state = 'given_up'",
    "CREATE INDEX links_gone ON links(source) WHERE state = 'gone'",
    "CREATE INDEX ledger_when ON ledger(source, started_at)",
    "CREATE INDEX ledger_open ON ledger(source) WHERE finished_at IS NULL",
)

INDEXES_4: tuple[str, ...] = (
    "DROP INDEX articles_newest",
    f"CREATE INDEX articles_newest ON articles(published_at) WHERE {SHOWN.replace('a.', '')}",
    "CREATE INDEX articles_story ON articles(story_id) WHERE story_id IS NOT NULL",
    "CREATE INDEX articles_embargo ON articles(embargo_until) WHERE embargo_until IS NOT NULL",
    "CREATE INDEX articles_withdrawn ON articles(key) WHERE state = 'withdrawn'",
)

INDEXES_5: tuple[str, ...] = (
    "CREATE INDEX pictures_file ON pictures(file)",
    "CREATE INDEX pictured_url ON pictured(url)",
)

START_RUNS = "kind = 'whole' AND source GLOB '*:*'"
"""Of the table ledger: the incremental runs of start addresses."""

INDEXES_6: tuple[str, ...] = (
    "CREATE INDEX links_lane ON links(lane, state, id) WHERE lane IS NOT NULL",
    "CREATE INDEX links_lane_again ON links(lane, due_at) "
    "WHERE lane IS NOT NULL AND state IN ('stored', 'gone') AND due_at IS NOT NULL",
    f"CREATE INDEX ledger_starts ON ledger(started_at, source) WHERE {START_RUNS}",
)

TRIGGERS: tuple[str, ...] = tuple(
    f"CREATE TRIGGER changes_no_{verb} BEFORE {verb} ON changes "
    "BEGIN SELECT RAISE(ABORT, 'changes is never rewritten'); END"
    for verb in ("update", "delete")
)
