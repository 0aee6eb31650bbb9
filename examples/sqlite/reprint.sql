-- Prints one article of the store as a reprint page in plain text, with the sqlite3 program alone:
--
--     sqlite3 -list 'file:data/news.db?mode=ro' ".param set :key 'chinanews:10518665'" ".read examples/sqlite/reprint.sql"
--
-- One statement sees the store as of one moment, so it needs no BEGIN.

WITH article AS (
    SELECT site.name AS site, site.handle, p.*, (
        SELECT topic FROM published_topics WHERE article_id = p.id AND position = 1) AS topic
    FROM published AS p, site
    WHERE p.key = :key),
near AS (
    SELECT kind, date(published_at, '+08:00') AS day, headline, summary,
        min((CASE kind WHEN 'story' THEN 0 WHEN 'page' THEN 1 ELSE 2 END) * 1000 + position) AS place
    FROM published_related
    WHERE article_id = (SELECT id FROM article)
    GROUP BY coalesce(related_id, url, headline)
    ORDER BY place
    LIMIT 6),
lines(place, line) AS (
    SELECT 1, site || ' › 热点' || coalesce(' › ' || topic, '') || ' › ' || headline FROM article
    UNION ALL SELECT 2, char(10) || headline || coalesce(char(10) || subheadline, '') FROM article
    UNION ALL SELECT 3, coalesce(substr(replace(published_local, 'T', ' '), 1, 16) || '  ', '') || '转载：' || handle
        || coalesce('  作者：' || (SELECT group_concat(value, '、') FROM json_each(authors)), '')
        || '  来源：' || coalesce(credit, source_name) FROM article
    UNION ALL SELECT 4, correction FROM article
    UNION ALL SELECT 5, char(10) || coalesce(body_text, summary) FROM article
    UNION ALL SELECT 6, char(10) || '文章来源：' || url FROM article
    UNION ALL SELECT 7, '免责声明：' || disclaimer FROM article
    UNION ALL SELECT 8, char(10) || '相关' FROM article WHERE EXISTS (SELECT 1 FROM near)
    UNION ALL SELECT 10 + place, coalesce(day, '          ') || '  ' || headline
        || '  [' || CASE kind WHEN 'story' THEN '同一报道' WHEN 'page' THEN '原文链接' ELSE '同一话题' END || ']'
        || coalesce(char(10) || '            ' || summary, '') FROM near)
SELECT line FROM lines WHERE line IS NOT NULL ORDER BY place;
