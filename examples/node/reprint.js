// Prints one article of the store as a reprint page in plain text. Node 22 or later, with better-sqlite3 (npm install).
//
//     node examples/node/reprint.js data/news.db chinanews:10518665

import Database from "better-sqlite3";

const ARTICLE = `
  SELECT site.name AS site, site.handle, p.*, (
      SELECT topic FROM published_topics WHERE article_id = p.id AND position = 1) AS topic
  FROM published AS p, site
  WHERE p.key = ?`;
const RELATED = `
  SELECT kind, date(published_at, '+08:00') AS day, headline, summary,
      min((CASE kind WHEN 'story' THEN 0 WHEN 'page' THEN 1 ELSE 2 END) * 1000 + position) AS place
  FROM published_related
  WHERE article_id = ?
  GROUP BY coalesce(related_id, url, headline)
  ORDER BY place
  LIMIT 6`;
const KINDS = { story: "同一报道", page: "原文链接", topic: "同一话题" };

/** The article and its related ones as of one moment; no article where it may not be shown. */
function read(path, key) {
  const store = new Database(path, { readonly: true });
  try {
    return store.transaction(() => {
      const article = store.prepare(ARTICLE).get(key);
      return { article, related: article ? store.prepare(RELATED).all(article.id) : [] };
    })();
  } finally {
    store.close();
  }
}

function* lines(article, related) {
  yield [article.site, "热点", article.topic, article.headline].filter(Boolean).join(" › ");
  yield* ["", article.headline];
  if (article.subheadline) yield article.subheadline;
  const authors = JSON.parse(article.authors);
  yield [
    article.published_local?.replace("T", " ").slice(0, 16),
    `转载：${article.handle}`,
    authors.length && `作者：${authors.join("、")}`,
    `来源：${article.credit ?? article.source_name}`,
  ].filter(Boolean).join("  ");
  if (article.correction) yield article.correction;
  const text = article.body_text ?? article.summary;
  if (text) yield* ["", text];
  yield* ["", `文章来源：${article.url}`];
  if (article.disclaimer) yield `免责声明：${article.disclaimer}`;
  if (related.length) yield* ["", "相关"];
  for (const item of related) {
    yield `${(item.day ?? "").padEnd(10)}  ${item.headline}  [${KINDS[item.kind]}]`;
    if (item.summary) yield " ".repeat(12) + item.summary;
  }
}

const [path, key] = process.argv.slice(2);
const { article, related } = read(path, key);
if (article) {
  console.log([...lines(article, related)].join("\n"));
} else {
  console.error(`${key}: not in the store, or withdrawn`);
  process.exitCode = 1;
}
