# ruff: noqa: S608  SQL made of this folder's constants only
"""What downstream sites may rely on: the contract's views, as data, each column with its meaning.

``changes`` is a table and ``search`` the full-text index; readers use them like views.
"""

from __future__ import annotations

from newscrawl.store.schema import SHOWN

OPENING = 100
"""Characters of a related article's opening; a longer one ends with '…'."""

VIEWS: dict[str, str] = {
    "published": f"""
        CREATE VIEW published AS
        SELECT a.id, a.key, a.source, coalesce(s.name, a.source) AS source_name, a.url, r.headline, r.subheadline,
            r.section, r.breadcrumbs, r.language, r.dateline, r.agency, r.place, r.dateline_date, r.authors,
            r.correspondents, r.account, r.editors, r.credit, r.credit_url, a.published_at, r.published_local,
            r.published_raw, r.modified_at, CASE WHEN a.reprint <> 'link' THEN r.summary END AS summary,
            CASE WHEN a.reprint = 'full' THEN r.body_html END AS body_html,
            CASE WHEN a.reprint = 'full' THEN r.body_text END AS body_text,
            CASE WHEN a.reprint = 'full' THEN r.images ELSE '[]' END AS images,
            r.keywords, r.correction, r.disclaimer, a.reprint, a.noindex, a.story_id, r.number AS revision,
            a.first_seen_at, a.updated_at
        FROM articles AS a
        JOIN revisions AS r ON r.id = a.revision_id
        LEFT JOIN sources AS s ON s.slug = a.source
        WHERE {SHOWN}""",
    # One table, so that a join with it goes by its index. A related article that the store knows and may not show
    # (held, hidden, withdrawn) is left out; so is one on the topic that stands among the page's own links already, or
    # is another version of the story.
    "published_related": f"""
        CREATE VIEW published_related AS
        SELECT l.article_id, CASE WHEN l.kind = 'page' THEN l.position ELSE (
                SELECT count(*) FROM related AS x
                WHERE x.article_id = l.article_id AND x.kind = l.kind
                    AND (x.score, x.position) >= (l.score, l.position)) END AS position,
            l.kind, coalesce(l.headline, r.headline) AS headline, coalesce(l.url, b.url) AS url,
            coalesce(l.published_at, b.published_at) AS published_at,
            CASE WHEN b.reprint = 'link' THEN NULL
                WHEN length(coalesce(l.summary, r.summary)) > {OPENING}
                THEN substr(coalesce(l.summary, r.summary), 1, {OPENING}) || '…'
                ELSE coalesce(l.summary, r.summary) END AS summary,
            b.id AS related_id
        FROM related AS l
        JOIN articles AS a ON a.id = l.article_id
        LEFT JOIN articles AS b ON b.id = CASE WHEN l.kind = 'page'
            THEN (SELECT id FROM articles WHERE key = l.key) ELSE l.position END
        LEFT JOIN revisions AS r ON r.id = b.revision_id
        WHERE {SHOWN} AND (b.id IS NULL OR {SHOWN.replace("a.", "b.")}) AND NOT (l.kind = 'topic' AND (
            b.story_id IS NOT NULL AND b.story_id IS a.story_id OR EXISTS (
                SELECT 1 FROM related AS p
                WHERE p.article_id = l.article_id AND p.kind = 'page' AND p.key = b.key)))""",
    "published_topics": f"""
        CREATE VIEW published_topics AS
        SELECT t.article_id, t.topic, t.kind, t.position
        FROM article_topics AS t
        JOIN articles AS a ON a.id = t.article_id
        WHERE {SHOWN}""",
    # LEFT, so that who asks for no caption does not read the revision.
    "published_images": f"""
        CREATE VIEW published_images AS
        SELECT d.article_id, d.position, d.url,
            json_extract(r.images, '$[' || (d.position - 1) || '].caption') AS caption, p.file, p.width, p.height
        FROM pictured AS d
        JOIN articles AS a ON a.id = d.article_id
        JOIN pictures AS p ON p.url = d.url AND p.replaced_at IS NULL
        LEFT JOIN revisions AS r ON r.id = a.revision_id
        WHERE d.position IS NOT NULL AND a.reprint = 'full' AND {SHOWN}""",
    # A view cannot be told the time, so "now" is when the newest article came in: a store that is not being fed keeps
    # its last day's topics, and a test's clock moves them too.
    "hot_topics": f"""
        CREATE VIEW hot_topics AS
        WITH clock(now) AS (SELECT max(first_seen_at) FROM articles),
        span(day, fortnight) AS (
            SELECT strftime('%Y-%m-%dT%H:%M:%SZ', now, '-1 day'), strftime('%Y-%m-%dT%H:%M:%SZ', now, '-15 days')
            FROM clock),
        counted(topic, kind, fresh, past) AS (
            SELECT t.topic, t.kind, sum(a.published_at > span.day), sum(a.published_at <= span.day)
            FROM span
            CROSS JOIN articles AS a ON a.published_at > span.fortnight
            CROSS JOIN article_topics AS t ON t.article_id = a.id AND t.kind <> 'section'
            WHERE {SHOWN}
            GROUP BY t.topic, t.kind)
        SELECT topic, kind, round(fresh / (past / 14.0 + 1.0), 3) AS score, fresh AS articles
        FROM counted
        WHERE fresh > 0
        ORDER BY score DESC, articles DESC, topic""",
    "site": """
        CREATE VIEW site AS
        SELECT nullif(max(CASE WHEN name = 'site.name' THEN value END), '') AS name,
            nullif(max(CASE WHEN name = 'site.base' THEN value END), '') AS base,
            nullif(max(CASE WHEN name = 'site.handle' THEN value END), '') AS handle,
            nullif(max(CASE WHEN name = 'site.language' THEN value END), '') AS language,
            nullif(max(CASE WHEN name = 'site.contact' THEN value END), '') AS contact
        FROM settled""",
    "runs": """
        CREATE VIEW runs AS
        SELECT id, source, started_at, finished_at, outcome, exit_code, listings, links, known, fetched, added, revised,
            unchanged, rejected, missing, errors, requests, bytes, seconds
        FROM ledger""",
}

ABOUT: dict[str, str] = {
    "published": "One row per article that may be shown now, in its current revision.",
    "published_related": "Articles to show beside an article. One that the store knows but may not show is left out.",
    "published_topics": "What an article is about.",
    "published_images": "The images of articles that are mirrored in the folder `NEWSCRAWL_IMAGES`, where `reprint` is "
    "`full`: what `published.images` names by its address is to be had there.",
    "hot_topics": "What the last day is about more than the fortnight before it, hottest first. A publisher's sections "
    "are no news.",
    "changes": "What happened to the articles, one row each, strictly growing and never rewritten.",
    "search": "The full-text index (FTS5, `unicode61`) of what may be shown. It gives `rowid` = `published.id` only; "
    "its columns are to be matched, not read (they are NULL).",
    "site": "The reprinting site, one row: what `NEWSCRAWL_SITE` says, as of the last command.",
    "runs": "One row per run of a source or a start address. What is not known before the end is NULL until then, "
    "and stays so where the run crashed.",
}

COLUMNS: dict[str, dict[str, str]] = {
    "published": {
        "id": "a number that never changes; it starts with the day of publication (20251119…), so falling ids are "
        "falling days",
        "key": "source + `:` + the publisher's own id; the same for every spelling of the address",
        "source": "slug of the publisher",
        "source_name": "the publisher's name: 中国新闻网",
        "url": "address at the publisher's, page 1",
        "headline": "标题",
        "subheadline": "副标题",
        "section": "the publisher's section (栏目)",
        "breadcrumbs": "JSON array of `{name, url}`: the publisher's own trail, outermost first; `url` may be null",
        "language": "BCP 47: `zh`, `zh-Hant`, `en`",
        "dateline": "电头 as printed: 中新网太原11月19日电 (刘小红)",
        "agency": "the outlet the dateline names",
        "place": "the dateline's place; several are joined by `/`",
        "dateline_date": "the dateline's day, `YYYY-MM-DD`",
        "authors": "JSON array: persons credited with writing; no editors, no 通讯员; on a page in another language "
        "than Chinese where no person is named, the agency or desk that its data name as author",
        "correspondents": "JSON array: 通讯员",
        "account": "自媒体号: a self-media account, not a person",
        "editors": "JSON array: 责任编辑",
        "credit": "来源: the outlet the text comes from, as the page says",
        "credit_url": "its address, where the page links it",
        "published_at": "UTC; a day without a time is that day's midnight at the publisher's",
        "published_local": "`2025-11-19` or `2025-11-19T16:29+08:00`: the precision the page shows",
        "published_raw": "as printed",
        "modified_at": "UTC; when the publisher says it last changed it",
        "summary": "the publisher's, else the first 100 characters after the dateline; NULL where `reprint` is `link`",
        "body_html": "sanitised HTML, the only column that is not plain text; NULL unless `reprint` is `full`",
        "body_text": "plain text, one paragraph a line, the dateline where it stood; NULL unless `reprint` is `full`",
        "images": "JSON array of `{url, caption, credit, alt}`, all but `url` may be null; `[]` unless `reprint` is "
        "`full`",
        "keywords": "JSON array: the publisher's own",
        "correction": "更正: a correction notice the page prints",
        "disclaimer": "免责声明, to be printed under the text; frozen with the revision",
        "reprint": "`full`, `excerpt` (no body, no images) or `link` (no summary either)",
        "noindex": "1 where the page asks search engines to keep out: put `noindex` on yours; else 0",
        "story_id": "the same number for all versions of one story, NULL where it stands alone",
        "revision": "1, 2, …",
        "first_seen_at": "UTC; when it was first stored",
        "updated_at": "UTC; when this revision was stored",
    },
    "published_related": {
        "article_id": "`published.id` of the article beside which it is shown",
        "position": "rising within the kind; what may not be shown leaves gaps",
        "kind": "`page` (the page's own links, in its order), `topic` (articles on the same topics, the nearest in "
        "topics and time first) or `story` (other versions of the same story, the true source first)",
        "headline": "plain text",
        "url": "address at the publisher's; NULL where a page lists it without one (reprint pages do)",
        "published_at": "UTC; NULL where neither the page nor the store knows",
        "summary": f"its opening, where the page or the store has one: at most {OPENING} characters and an ellipsis",
        "related_id": "its `published.id` where the store has it, else NULL",
    },
    "published_topics": {
        "article_id": "`published.id`",
        "topic": "太原, 国内, …",
        "kind": "`place`, `section` or `keyword`",
        "position": "1 = the breadcrumb's",
    },
    "published_images": {
        "article_id": "`published.id`",
        "position": "place in `published.images`, from 1; one that is not mirrored leaves a gap",
        "url": "its address, as in `published.images` and in `body_html`",
        "caption": "as in `published.images`; may be NULL",
        "file": "name below `NEWSCRAWL_IMAGES`; another content has another name. A JPEG (`.jpg`) or a PNG (`.png`) "
        "that newscrawl wrote itself, without what cameras and editors leave in them",
        "width": "pixels",
        "height": "pixels",
    },
    "hot_topics": {
        "topic": "as in `published_topics`",
        "kind": "as in `published_topics`",
        "score": "articles of the last 24 hours / (mean per day of the 14 days before + 1); the hours count back from "
        "the newest `first_seen_at` in the store",
        "articles": "how many in those 24 hours, by `published_at`",
    },
    "changes": {
        "seq": "strictly growing; keep the last one you have seen",
        "at": "UTC",
        "kind": "`added` (became visible), `revised`, `withdrawn` (is visible no more), `restored` (is visible again)",
        "article_id": "`published.id`",
        "key": "`published.key`",
        "fields": "JSON array: for `revised`, every column of `published` that changed, in the view's order, but for "
        "`revision` and `updated_at`; `[]` for the other kinds, and where only what `reprint` withholds has changed, "
        "or what it told of an article that was taken down is gone from `published_related`; "
        "`images` alone also where another image of it is mirrored now (`published_images`)",
        "origin": "`publisher`, `reread` (`scrapy reread --apply`: an archived page, read by newer code) or "
        "`operator` (`NEWSCRAWL_REPRINT` was changed, a site has a source file now, "
        "`scrapy takedown`, `scrapy restore`)",
    },
    "search": {
        "headline": "the headline, a space round every Han character",
        "body": "the body, likewise; the summary where `reprint` is `excerpt`, nothing where it is `link`",
    },
    "site": {
        "name": "of the site",
        "base": "its base address, without a trailing slash",
        "handle": "the reprinter's handle, printed under the headline",
        "language": "BCP 47",
        "contact": "where to write to have something removed",
    },
    "runs": {
        "id": "number of the run",
        "source": "slug of the publisher, or of any other site the start address that was walked: "
        "`feed:example.com/rss.xml`",
        "started_at": "UTC",
        "finished_at": "UTC; of a run that crashed: when the next run of its source found it open",
        "outcome": "one word: `done`, `stopped`, `bug`, `broken`, `unreachable`, `unwritable`; `crashed` for a run "
        "that was killed",
        "exit_code": "of `scrapy crawl`; NULL where `outcome` is `crashed`",
        "listings": "listing pages asked",
        "links": "article links found in them",
        "known": "of those, known before",
        "fetched": "articles fetched",
        "added": "articles stored for the first time",
        "revised": "articles whose text changed",
        "unchanged": "articles asked again and found the same",
        "rejected": "JSON object: how many by reason",
        "missing": "JSON object: how many articles lacked a field, by field",
        "errors": "JSON object: how many failures by kind; a name that begins with `looks broken: ` goes on in words",
        "requests": "requests sent, robots.txt and retries among them",
        "bytes": "bytes received",
        "seconds": "how long it took",
    },
}
