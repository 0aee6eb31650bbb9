<?php
/**
 * A reprint site in one file: PHP 8.1 or later with pdo_sqlite, no framework. All it prints comes from the store
 * (docs/store.md), which it opens read-only.
 *
 *     NEWSCRAWL_DB=/srv/news/news.db php -S 127.0.0.1:8000 examples/php/reprint.php
 *
 * ?key=chinanews:10518665 is an article, ?topic=太原 a topic, ?q=太原 新区 a search; without any of them, the newest.
 * A withdrawn article answers 410, an unknown one 404, a store that cannot be read 503.
 */
declare(strict_types=1);

const ZONE = '+08:00';  // of your readers, as SQLite's date() takes it: the days in lists are counted in it
const SECONDS = 5;      // how long to wait for a store that is being put in place
const LISTED = 30;

const WORDS = [
    'zh' => [
        'hot' => '热点', 'newest' => '最新', 'search' => '搜索', 'handle' => '转载：', 'by' => '作者：',
        'correspondents' => '通讯员：', 'credit' => '来源：', 'editors' => '责任编辑：', 'stop' => '、',
        'source' => '文章来源：', 'disclaimer' => '免责声明：', 'whole' => '阅读全文，请至来源', 'related' => '相关',
        'story' => '同一报道', 'page' => '原文链接', 'topic' => '同一话题', 'none' => '没有找到。',
        'unknown' => '没有这篇文章', 'unknown_more' => '地址可能有误。',
        'gone' => '文章已撤下', 'gone_more' => '这篇文章已从本站撤下，不再提供。',
        'closed' => '暂时无法读取', 'closed_more' => '请稍后再试。',
    ],
    'en' => [
        'hot' => 'Hot topics', 'newest' => 'Newest', 'search' => 'Search', 'handle' => 'Reprinted by ', 'by' => 'By ',
        'correspondents' => 'Correspondents: ', 'credit' => 'Credit: ', 'editors' => 'Edited by ', 'stop' => ', ',
        'source' => 'Source: ', 'disclaimer' => 'Disclaimer: ', 'whole' => 'Read it all at the source', 'related' => 'Related',
        'story' => 'Same story', 'page' => 'Linked there', 'topic' => 'Same topic', 'none' => 'Nothing found.',
        'unknown' => 'No such article', 'unknown_more' => 'The address may be mistyped.',
        'gone' => 'Taken down', 'gone_more' => 'This article was taken down and is no longer offered here.',
        'closed' => 'Not readable now', 'closed_more' => 'Please try again in a moment.',
    ],
];

// -- reading ----------------------------------------------------------------------------------------------------------

function store(): PDO
{
    $path = implode('/', array_map('rawurlencode', explode('/', getenv('NEWSCRAWL_DB') ?: 'data/news.db')));
    return new PDO("sqlite:file:$path?mode=ro", null, null, [
        PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
        PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
        PDO::ATTR_TIMEOUT => SECONDS,
    ]);
}

/** All rows at once: a statement left half read would keep the store's log from being written back. */
function rows(PDO $store, string $sql, array $values = []): array
{
    $statement = $store->prepare($sql);
    $statement->execute($values);
    return $statement->fetchAll();
}

function site(PDO $store): array
{
    return rows($store, "SELECT coalesce(name, '') AS name, coalesce(handle, '') AS handle,
        coalesce(language, 'zh') AS language FROM site")[0];
}

function article(PDO $store, string $key): ?array
{
    $found = rows($store, 'SELECT * FROM published WHERE key = ?', [$key]);
    return $found[0] ?? null;
}

/** Whether it was shown once: `changes` outlives the article. */
function was_withdrawn(PDO $store, string $key): bool
{
    $last = rows($store, 'SELECT kind FROM changes WHERE key = ? ORDER BY seq DESC LIMIT 1', [$key]);
    return $last !== [] && $last[0]['kind'] === 'withdrawn';
}

/** Six to show beside it: other versions of the story first, then what its page links, then its topic; each once. */
function related(PDO $store, int $id): array
{
    return rows($store, <<<'SQL'
        SELECT r.kind, date(r.published_at, :zone) AS day, r.headline, r.summary, r.url,
            (SELECT key FROM published WHERE id = r.related_id) AS key,
            min((CASE r.kind WHEN 'story' THEN 0 WHEN 'page' THEN 1 ELSE 2 END) * 1000 + r.position) AS place
        FROM published_related AS r
        WHERE r.article_id = :id
        GROUP BY coalesce(r.related_id, r.url, r.headline)
        ORDER BY place
        LIMIT 6
        SQL, ['id' => $id, 'zone' => ZONE]);
}

function topic_of(PDO $store, int $id): ?string
{
    return rows($store, 'SELECT topic FROM published_topics WHERE article_id = ? AND position = 1', [$id])[0]['topic'] ?? null;
}

function hot(PDO $store): array
{
    return rows($store, 'SELECT topic FROM hot_topics GROUP BY topic ORDER BY max(score) DESC, topic LIMIT 12');
}

const LINE = "SELECT p.key, p.headline, p.summary, p.source_name, date(p.published_at, '" . ZONE . "') AS day FROM ";

function newest(PDO $store): array
{
    return rows($store, LINE . 'published AS p ORDER BY p.published_at DESC LIMIT ?', [LISTED]);
}

function on_topic(PDO $store, string $topic): array
{
    return rows($store, LINE . 'published AS p WHERE p.id IN (SELECT article_id FROM published_topics WHERE topic = ?) '
        . 'ORDER BY p.published_at DESC LIMIT ?', [$topic, LISTED]);
}

function found(PDO $store, string $words): array
{
    return rows($store, LINE . 'search JOIN published AS p ON p.id = search.rowid WHERE search MATCH ? '
        . 'ORDER BY p.published_at DESC LIMIT ?', [match_words($words), LISTED]);
}

/** The index has a space round every Han character, so a word is asked for as a phrase of single characters. */
function match_words(string $words): string
{
    $phrases = [];
    foreach (preg_split('/[\s\x00]+/u', $words, -1, PREG_SPLIT_NO_EMPTY) as $word) {
        if (preg_match('/[\p{L}\p{N}]/u', $word)) {  // signs alone are in no index
            $phrases[] = '"' . str_replace('"', '""', preg_replace('/\p{Han}/u', ' $0 ', $word)) . '"';
        }
    }
    return implode(' AND ', $phrases) ?: '""';  // "" finds nothing
}

// -- printing ---------------------------------------------------------------------------------------------------------

/** Every value of the store but body_html is plain text and goes through here. */
function e(?string $text): string
{
    return htmlspecialchars($text ?? '', ENT_QUOTES | ENT_SUBSTITUTE | ENT_HTML5, 'UTF-8');
}

function own(string $name, string $value): string
{
    return '?' . $name . '=' . rawurlencode($value);
}

/** A link to a page of this site or to the web; of anything else only its words. */
function link_to(string $address, string $text, string $more = ''): string
{
    return !preg_match('#^(\?|https?://)#i', $address) ? e($text) : '<a href="' . e($address) . '"' . $more . '>' . e($text) . '</a>';
}

/** '作者：甲、乙' of a JSON array; null where it names nobody. */
function names(string $label, string $json, array $words): ?string
{
    $names = json_decode($json, true);
    return $names ? $words[$label] . implode($words['stop'], $names) : null;
}

function facts(array $article, array $site, array $words): string
{
    $facts = [
        $words['handle'] . $site['handle'],
        names('by', $article['authors'], $words),
        names('correspondents', $article['correspondents'], $words),
        $words['credit'] . ($article['credit'] ?? $article['source_name']),
    ];
    $time = substr(strtr($article['published_local'] ?? '', 'T', ' '), 0, 16);  // as the publisher's page shows it
    $spans = array_map(fn (string $fact) => '<span>' . e($fact) . '</span>', array_filter($facts));
    return '<p class="facts"><time>' . e($time) . '</time>' . implode('', $spans) . '</p>';
}

function paragraph(string $class, ?string $text): string
{
    return $text === null || $text === '' ? '' : '<p class="' . $class . '">' . e($text) . '</p>';
}

function print_article(array $article, array $related, ?string $topic, array $site, array $words): string
{
    $trail = [link_to('?', $site['name']), link_to('?#hot', $words['hot'])];
    $trail[] = $topic === null ? '' : link_to(own('topic', $topic), $topic);
    $trail[] = '<span aria-current="page">' . e($article['headline']) . '</span>';
    return '<nav class="trail" aria-label="breadcrumb">' . implode(' <i>›</i> ', array_filter($trail)) . '</nav>'
        . '<article lang="' . e($article['language']) . '"><header><h1>' . e($article['headline']) . '</h1>'
        . paragraph('under', $article['subheadline'])
        . facts($article, $site, $words) . '</header>'
        . paragraph('correction', $article['correction'])
        . '<div class="body">' . body($article, $words) . '</div>'
        . '<footer>' . paragraph('editors', names('editors', $article['editors'], $words))
        . '<p class="source">' . e($words['source']) . link_to($article['url'], $article['url'], ' rel="external noopener"') . '</p>'
        . paragraph('disclaimer', $article['disclaimer'] === null ? null : $words['disclaimer'] . $article['disclaimer'])
        . '</footer></article>' . print_related($related, $topic, $words);
}

/** The text where it may be shown, else its opening, and the way to the whole. */
function body(array $article, array $words): string
{
    return $article['body_html'] ?? paragraph('opening', $article['summary'])
        . '<p class="whole">' . link_to($article['url'], $words['whole'], ' rel="external noopener"') . '</p>';
}

function print_related(array $related, ?string $topic, array $words): string
{
    if ($related === []) {
        return '';
    }
    $items = '';
    foreach ($related as $item) {
        $address = $item['key'] === null ? $item['url'] : own('key', $item['key']);
        $items .= '<li><p class="when"><time>' . e($item['day']) . '</time><span>' . e($words[$item['kind']]) . '</span></p><h3>'
            . ($address === null ? e($item['headline']) : link_to($address, $item['headline'])) . '</h3>'
            . paragraph('opening', $item['summary']) . '</li>';
    }
    $title = $words['related'] . ($topic === null ? '' : ' · ' . $topic);
    return '<section class="related"><h2>' . e($title) . '</h2><ol>' . $items . '</ol></section>';
}

function print_list(string $title, array $articles, array $words): string
{
    $items = '';
    foreach ($articles as $item) {
        $items .= '<li><p class="when"><time>' . e($item['day']) . '</time><span>' . e($item['source_name']) . '</span></p><h3>'
            . link_to(own('key', $item['key']), $item['headline']) . '</h3>' . paragraph('opening', $item['summary']) . '</li>';
    }
    $list = $items === '' ? paragraph('none', $words['none']) : '<ol class="list">' . $items . '</ol>';
    return '<h1 class="title">' . e($title) . '</h1>' . $list;
}

function print_hot(array $topics, array $words): string
{
    $links = array_map(fn (array $row) => link_to(own('topic', $row['topic']), $row['topic']), $topics);
    return $links === [] ? '' : '<p class="hot" id="hot"><b>' . e($words['hot']) . '</b> ' . implode(' ', $links) . '</p>';
}

// -- answering --------------------------------------------------------------------------------------------------------

/** @return array{status: int, title: string, main: string, index?: bool, canonical?: string, about?: ?string} */
function answer(PDO $store, array $site, array $words): array
{
    $asked = fn (string $name) => is_string($_GET[$name] ?? null) && preg_match('//u', $_GET[$name]) ? $_GET[$name] : '';
    if ($asked('key') !== '') {
        return answer_article($store, $asked('key'), $site, $words);
    }
    if ($asked('topic') !== '') {
        $articles = on_topic($store, $asked('topic'));
        $main = print_list($asked('topic'), $articles, $words);
        return ['status' => $articles === [] ? 404 : 200, 'title' => $asked('topic'), 'main' => $main];
    }
    if (trim($asked('q')) !== '') {
        preg_match('/^.{0,100}/us', $asked('q'), $query);
        $title = $words['search'] . ' · ' . $query[0];
        return ['status' => 200, 'title' => $title, 'main' => print_list($title, found($store, $query[0]), $words), 'index' => false];
    }
    $main = print_hot(hot($store), $words) . print_list($words['newest'], newest($store), $words);
    return ['status' => 200, 'title' => '', 'main' => $main];
}

function answer_article(PDO $store, string $key, array $site, array $words): array
{
    $article = article($store, $key);
    if ($article === null) {
        return was_withdrawn($store, $key) ? notice(410, 'gone', $words) : notice(404, 'unknown', $words);
    }
    $topic = topic_of($store, $article['id']);
    return [
        'status' => 200, 'title' => $article['headline'],
        'main' => print_article($article, related($store, $article['id']), $topic, $site, $words),
        'index' => !$article['noindex'], 'canonical' => $article['url'], 'about' => $article['summary'],
    ];
}

function notice(int $status, string $what, array $words): array
{
    $main = '<h1 class="title">' . e($words[$what]) . '</h1>' . paragraph('none', $words[$what . '_more']);
    return ['status' => $status, 'title' => $words[$what], 'main' => $main, 'index' => false];
}

function send(array $page, array $site, array $words): void
{
    $style = base64_encode(hash('sha256', STYLE, true));
    http_response_code($page['status']);
    header('Content-Type: text/html; charset=utf-8');
    header("Content-Security-Policy: default-src 'none'; img-src http: https:; style-src 'sha256-$style'; "
        . "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
    header('X-Content-Type-Options: nosniff');
    header('Referrer-Policy: no-referrer');
    header('Cache-Control: no-cache');  // what is withdrawn is gone at the next look
    $head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        . '<title>' . e(($page['title'] === '' ? '' : $page['title'] . ' - ') . $site['name']) . '</title>'
        . (($page['index'] ?? true) ? '' : '<meta name="robots" content="noindex">')
        . (isset($page['canonical']) ? '<link rel="canonical" href="' . e($page['canonical']) . '">' : '')
        . (isset($page['about']) ? '<meta name="description" content="' . e($page['about']) . '">' : '');
    $query = is_string($_GET['q'] ?? null) ? $_GET['q'] : '';
    echo '<!DOCTYPE html><html lang="' . e($site['language']) . '"><head>' . $head . '<style>' . STYLE . '</style></head><body>'
        . '<header class="top">' . link_to('?', $site['name'], ' class="name"') . '<form role="search"><input type="search" name="q" '
        . 'aria-label="' . e($words['search']) . '" placeholder="' . e($words['search']) . '" value="' . e($query) . '"></form></header>'
        . '<main>' . $page['main'] . '</main></body></html>';
}

const STYLE = <<<'CSS'
:root { color-scheme: light dark; --paper: #fbfaf6; --ink: #211f1b; --quiet: #6f6a60; --line: #e2ddd1; --red: #9c2a20; --wash: #f3efe5; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #171614; --ink: #dcd7cc; --quiet: #968f82; --line: #35322d; --red: #e08a7c; --wash: #201e1b; }
  img { filter: brightness(.88); }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 42rem; padding: 0 1.25rem 5rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.85 "Source Han Serif SC", "Noto Serif SC", "Noto Serif CJK SC", "Songti SC", STSong, SimSun, serif;
  line-break: strict; overflow-wrap: anywhere; text-spacing-trim: trim-start;
}
a { color: inherit; text-decoration: none; }
a:hover, a:focus-visible { color: var(--red); }
.top, .trail, .facts, .when, .hot, .related h2, .source, .disclaimer, .editors, .whole, figcaption, input {
  font-family: "PingFang SC", "Source Han Sans SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif;
}
.top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: 1.1rem 0; border-bottom: 1px solid var(--line); }
.name { font-weight: 600; letter-spacing: .08em; }
input { width: 9.5rem; max-width: 45vw; padding: .3rem .8rem; font-size: .875rem; color: inherit; background: var(--wash); border: 1px solid var(--line); border-radius: 1rem; }
.trail { margin: 1.4rem 0 0; font-size: .8125rem; color: var(--quiet); display: flex; gap: .45em; white-space: nowrap; }
.trail i { font-style: normal; color: var(--line); }
.trail span { overflow: hidden; text-overflow: ellipsis; }
h1 { margin: 1.6rem 0 .7rem; font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2rem); line-height: 1.38; font-weight: 700; text-wrap: balance; }
.under { margin: -.2rem 0 .7rem; font-size: 1.125rem; color: var(--quiet); }
.facts { margin: 0; padding-bottom: 1.2rem; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-size: .8125rem; color: var(--quiet); border-bottom: 1px solid var(--line); }
.correction { margin: 1.4rem 0 0; padding: .7rem 1rem; background: var(--wash); border-left: 3px solid var(--red); font-size: .9375rem; }
.body { margin-top: 1.6rem; }
.body p { margin: 0 0 1em; text-align: justify; }
:lang(zh) .body > p { text-indent: 2em; }
.body > p:has(> img:first-child), .body .whole { text-indent: 0; }
.body h2, .body h3, .body h4 { margin: 1.8em 0 .6em; font-size: 1.125rem; }
.body a { border-bottom: 1px solid var(--line); }
.body img { font-size: .8125rem; display: block; max-width: 100%; height: auto; margin: 0 auto; background: var(--wash); }
.body figure { margin: 1.6em 0; }
.body table { display: block; overflow-x: auto; border-collapse: collapse; font-size: .9375rem; }
.body td, .body th { padding: .35em .8em; border: 1px solid var(--line); }
.body blockquote { margin: 1.2em 0; padding-left: 1.2em; border-left: 2px solid var(--line); color: var(--quiet); }
figcaption { margin-top: .6em; font-size: .8125rem; line-height: 1.6; color: var(--quiet); text-align: center; }
.whole a { color: var(--red); }
footer { margin-top: 2.2rem; padding-top: 1.1rem; border-top: 1px solid var(--line); font-size: .8125rem; line-height: 1.75; color: var(--quiet); }
footer p { margin: 0 0 .5rem; }
.source a { border-bottom: 1px solid var(--line); }
.related { margin-top: 3rem; }
.related h2 { margin: 0; padding-bottom: .6rem; font-size: .875rem; font-weight: 600; letter-spacing: .06em; border-bottom: 2px solid var(--ink); }
.related ol, .list { margin: 0; padding: 0; list-style: none; }
.related li, .list li { padding: 1.05rem 0; border-bottom: 1px solid var(--line); }
.when { margin: 0; display: flex; gap: .9em; font-size: .75rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
h3 { margin: .1rem 0 0; font-size: 1.0625rem; line-height: 1.5; font-weight: 600; }
.opening { margin: .25rem 0 0; font-size: .875rem; line-height: 1.7; color: var(--quiet); }
.body .opening { font-size: inherit; line-height: inherit; color: inherit; }
.list .opening, .related .opening { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden; }
.title { font-size: 1.25rem; margin: 2rem 0 .4rem; }
.none { color: var(--quiet); }
.hot { margin: 1.6rem 0 0; font-size: .875rem; line-height: 2.1; }
.hot b { color: var(--red); font-weight: 600; margin-right: .8em; }
.hot a { display: inline-block; line-height: 1.5; margin-right: .8em; border-bottom: 1px solid var(--line); }
@media (min-width: 46rem) { .related ol { display: grid; grid-template-columns: 1fr 1fr; column-gap: 2.2rem; } }
CSS;

function main(): void
{
    ini_set('display_errors', '0');
    $site = ['name' => '', 'handle' => '', 'language' => 'zh'];
    $words = WORDS['zh'];
    try {
        $store = store();
        $store->beginTransaction();  // all below sees the store as of one moment
        $site = site($store);
        $words = WORDS[explode('-', $site['language'])[0]] ?? WORDS['en'];
        $page = answer($store, $site, $words);
        $store->commit();
    } catch (PDOException $problem) {
        error_log('newscrawl: ' . $problem->getMessage());
        $page = notice(503, 'closed', $words);
    }
    send($page, $site, $words);
}

main();
