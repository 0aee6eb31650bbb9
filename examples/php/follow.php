<?php
/**
 * Follows the store: what to publish, what to take down since the last time. Run it as often as you like.
 *
 *     php examples/php/follow.php data/news.db cursor.txt
 *
 * The cursor is written after what it covers was done: who is killed does the last batch again, and misses nothing.
 */
declare(strict_types=1);

// What the article is *now* decides, not what the change says: a later change may have overtaken it.
// By two subqueries: SQLite would work out all of `published` to LEFT JOIN it.
const CHANGES = <<<'SQL'
    SELECT seq, key,
        (SELECT revision FROM published WHERE key = changes.key) AS revision,
        (SELECT headline FROM published WHERE key = changes.key) AS headline
    FROM changes
    WHERE seq > ?
    ORDER BY seq
    LIMIT 500
    SQL;

function publish(array $row): void
{
    echo "publish {$row['key']} revision {$row['revision']}: {$row['headline']}\n";
}

function take_down(array $row): void
{
    echo "take down {$row['key']}\n";
}

[, $path, $cursor] = $argv;
$seen = is_file($cursor) ? (int) file_get_contents($cursor) : 0;
$path = implode('/', array_map('rawurlencode', explode('/', $path)));
$store = new PDO("sqlite:file:$path?mode=ro", null, null, [PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC]);
$changes = $store->prepare(CHANGES);
while ($changes->execute([$seen]) && $batch = $changes->fetchAll()) {
    foreach (array_column($batch, null, 'key') as $row) {  // once for each article
        $row['headline'] === null ? take_down($row) : publish($row);
    }
    $seen = end($batch)['seq'];
    file_put_contents("$cursor.new", "$seen\n");
    rename("$cursor.new", $cursor);
}
