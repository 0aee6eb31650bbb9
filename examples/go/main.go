// Reads the newscrawl store (docs/store.md) with database/sql and go-sqlite3:
//
//	reprint data/news.db chinanews:10518665    prints one article as a reprint page in plain text
//	reprint data/news.db --follow cursor.txt   prints what to publish and what to take down since the last time
//
// To build it: go mod init reprint && go get github.com/mattn/go-sqlite3 && go build -tags sqlite_fts5
package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	_ "github.com/mattn/go-sqlite3"
)

const articleSQL = `
	SELECT site.name, site.handle, p.id, p.headline, p.subheadline, p.published_local, p.authors,
		coalesce(p.credit, p.source_name), p.correction, coalesce(p.body_text, p.summary), p.url, p.disclaimer,
		(SELECT topic FROM published_topics WHERE article_id = p.id AND position = 1)
	FROM published AS p, site
	WHERE p.key = ?`

const relatedSQL = `
	SELECT kind, date(published_at, '+08:00') AS day, headline, summary,
		min((CASE kind WHEN 'story' THEN 0 WHEN 'page' THEN 1 ELSE 2 END) * 1000 + position) AS place
	FROM published_related
	WHERE article_id = ?
	GROUP BY coalesce(related_id, url, headline)
	ORDER BY place
	LIMIT 6`

// What the article is now decides, not what the change says: a later change may have overtaken it.
// By two subqueries: SQLite would work out all of `published` to LEFT JOIN it.
const changesSQL = `
	SELECT seq, key,
		(SELECT revision FROM published WHERE key = changes.key) AS revision,
		(SELECT headline FROM published WHERE key = changes.key) AS headline
	FROM changes
	WHERE seq > ?
	ORDER BY seq
	LIMIT 500`

var kinds = map[string]string{"story": "同一报道", "page": "原文链接", "topic": "同一话题"}

// text is a column that may be NULL, which is read as "".
type text struct{ sql.NullString }

func (t text) or(words string) string {
	if t.Valid {
		return t.String
	}
	return words
}

// reprint gives the lines of the article's page; none where it may not be shown.
func reprint(store *sql.DB, key string) ([]string, error) {
	moment, err := store.Begin() // both queries see the store as of one moment
	if err != nil {
		return nil, err
	}
	defer moment.Rollback()
	var id int64
	var site, handle, headline, authors, credit, address string
	var under, local, correction, body, disclaimer, topic text
	err = moment.QueryRow(articleSQL, key).Scan(&site, &handle, &id, &headline, &under, &local, &authors,
		&credit, &correction, &body, &address, &disclaimer, &topic)
	if err != nil {
		return nil, err
	}
	var names []string
	if err := json.Unmarshal([]byte(authors), &names); err != nil {
		return nil, err
	}
	by := ""
	if len(names) > 0 {
		by = "作者：" + strings.Join(names, "、")
	}
	when := strings.Replace((local.String + strings.Repeat(" ", 16))[:16], "T", " ", 1)
	lines := []string{joined(" › ", site, "热点", topic.String, headline), "", headline}
	lines = append(lines, said("%s", under)...)
	lines = append(lines, joined("  ", strings.TrimSpace(when), "转载："+handle, by, "来源："+credit))
	lines = append(lines, said("%s", correction)...)
	lines = append(lines, said("\n%s", body)...)
	lines = append(lines, "", "文章来源："+address)
	lines = append(lines, said("免责声明：%s", disclaimer)...)
	near, err := related(moment, id)
	return append(lines, near...), err
}

func related(moment *sql.Tx, id int64) ([]string, error) {
	rows, err := moment.Query(relatedSQL, id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var kind, headline string
		var day, summary text
		var place int
		if err := rows.Scan(&kind, &day, &headline, &summary, &place); err != nil {
			return nil, err
		}
		if lines == nil {
			lines = []string{"", "相关"}
		}
		lines = append(lines, fmt.Sprintf("%-10s  %s  [%s]", day.String, headline, kinds[kind]))
		lines = append(lines, said("            %s", summary)...)
	}
	return lines, rows.Err()
}

// follow says what to do since the cursor. The cursor is written after what it covers was done: who is killed does the
// last batch again, and misses nothing.
func follow(store *sql.DB, cursor string) error {
	seen := 0
	if written, err := os.ReadFile(cursor); err == nil {
		if seen, err = strconv.Atoi(strings.TrimSpace(string(written))); err != nil {
			return err
		}
	}
	for {
		last, keys, say, err := changes(store, seen)
		if err != nil || len(keys) == 0 {
			return err
		}
		for _, key := range keys {
			fmt.Println(say[key])
		}
		seen = last
		if err := os.WriteFile(cursor+".new", []byte(fmt.Sprintln(seen)), 0o644); err != nil {
			return err
		}
		if err := os.Rename(cursor+".new", cursor); err != nil {
			return err
		}
	}
}

// changes reads a batch: its last seq, the articles in the order in which they first changed, what to do with each.
func changes(store *sql.DB, seen int) (last int, keys []string, say map[string]string, err error) {
	say = map[string]string{}
	rows, err := store.Query(changesSQL, seen)
	if err != nil {
		return 0, nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		var revision, headline text
		if err := rows.Scan(&last, &key, &revision, &headline); err != nil {
			return 0, nil, nil, err
		}
		if _, known := say[key]; !known {
			keys = append(keys, key)
		}
		say[key] = "take down " + key
		if headline.Valid {
			say[key] = fmt.Sprintf("publish %s revision %s: %s", key, revision.String, headline.String)
		}
	}
	return last, keys, say, rows.Err()
}

// joined leaves out what is empty.
func joined(by string, parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, by)
}

func said(how string, column text) []string {
	if column.or("") == "" {
		return nil
	}
	return []string{fmt.Sprintf(how, column.String)}
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(words []string) error {
	if len(words) < 2 {
		return errors.New("usage: reprint STORE KEY, or: reprint STORE --follow CURSOR")
	}
	store, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: words[0]}).EscapedPath()+"?mode=ro")
	if err != nil {
		return err
	}
	defer store.Close()
	if words[1] == "--follow" && len(words) == 3 {
		return follow(store, words[2])
	}
	lines, err := reprint(store, words[1])
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s: not in the store, or withdrawn", words[1])
	}
	if err == nil {
		fmt.Println(strings.Join(lines, "\n"))
	}
	return err
}
