// Follows the store: what to publish, what to take down since the last time. Run it as often as you like.
//
//     node examples/node/follow.js data/news.db cursor.txt
//
// The cursor is written after what it covers was done: who is killed does the last batch again, and misses nothing.

import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import Database from "better-sqlite3";

// What the article is *now* decides, not what the change says: a later change may have overtaken it.
// By two subqueries: SQLite would work out all of `published` to LEFT JOIN it.
const CHANGES = `
  SELECT seq, key,
    (SELECT revision FROM published WHERE key = changes.key) AS revision,
    (SELECT headline FROM published WHERE key = changes.key) AS headline
  FROM changes
  WHERE seq > ?
  ORDER BY seq
  LIMIT 500`;

const publish = (row) => console.log(`publish ${row.key} revision ${row.revision}: ${row.headline}`);
const takeDown = (row) => console.log(`take down ${row.key}`);

const [path, cursor] = process.argv.slice(2);
let seen = existsSync(cursor) ? Number(readFileSync(cursor, "utf8")) : 0;
const store = new Database(path, { readonly: true });
const changes = store.prepare(CHANGES);
for (let batch; (batch = changes.all(seen)).length; ) {
  const last = new Map(batch.map((row) => [row.key, row]));  // once for each article
  for (const row of last.values()) (row.headline === null ? takeDown : publish)(row);
  seen = batch.at(-1).seq;
  writeFileSync(`${cursor}.new`, `${seen}\n`);
  renameSync(`${cursor}.new`, cursor);
}
store.close();
