// Reads sitemaps as strictly as the package `sitemap` can: `node sitemaps.mjs index|urls FILE...`. Prints, per file, what
// it holds or the first complaint.
import { createReadStream } from "node:fs";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ErrorLevel, XMLToSitemapIndexStream, XMLToSitemapItemStream, validateSMIOptions } from "sitemap";

const [kind, ...files] = process.argv.slice(2);
const Reader = kind === "index" ? XMLToSitemapIndexStream : XMLToSitemapItemStream;

async function read(file) {
    const items = [];
    const keep = new Writable({
        objectMode: true,
        write(item, _, done) {
            items.push(item);
            done();
        },
    });
    await pipeline(createReadStream(file), new Reader({ level: ErrorLevel.THROW, logger: false }), keep);
    if (kind === "urls") items.forEach((item) => validateSMIOptions(item, ErrorLevel.THROW));
    return items;
}

const told = {};
for (const file of files) {
    try {
        told[file] = { items: await read(file) };
    } catch (error) {
        told[file] = { complaint: String(error) };
    }
}
console.log(JSON.stringify(told));
