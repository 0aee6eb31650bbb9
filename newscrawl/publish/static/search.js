// Searches the site's index (newscrawl/publish/searching.py tells what its files hold), newest first.
// Its words are the data- attributes of form#search; {n} in them is a number of results.
(() => {
  "use strict";
  const VERSION = 2;
  const PAGE = 20; // results at a time
  const AHEAD = 4; // files asked for before they are needed
  const PAUSE = 400; // milliseconds after the last key

  const form = document.getElementById("search");
  const input = document.getElementById("q");
  const list = document.getElementById("results");
  const status = document.getElementById("status");
  const { root } = form.dataset;
  const more = element("button", form.dataset.more);
  let running = new AbortController();
  let pause = 0;
  const normal = text => text.normalize("NFKC").toLowerCase().replaceAll("ς", "σ");
  const bare = word => word.replace(/^\p{P}+|\p{P}+$/gu, "") || word; // without marks round it
  const isNarrow = sign => sign < "\u2e80";

  // What is looked up of a word: three narrow neighbours, else two.
  function tokens(word) {
    const signs = [...word];
    const found = [];
    for (let at = 0; at + 1 < signs.length; at += 1) {
      const three = signs.slice(at, at + 3);
      const two = three.slice(0, 2);
      if (three.length === 3 && three.every(isNarrow)) found.push(three.join(""));
      else if (!two.every(isNarrow)) found.push(two.join(""));
    }
    return found.length || signs.length < 2 ? found : [word];
  }

  function shard(token) {
    let value = 0;
    for (const sign of token) value = (value * 31 + sign.codePointAt(0)) % 256;
    return value.toString(16).padStart(2, "0");
  }

  // What a file holds; null where there is none.
  async function get(name, signal) {
    const answer = await fetch(`${root}search/${name}.json`, { signal, cache: "no-cache" });
    if (answer.status === 404) return null;
    const told = answer.ok ? await answer.json() : {};
    if (told.version !== VERSION) throw new Error(name);
    return told;
  }

  // The parts of a month that may hold all words.
  async function likely({ month, map, days }, wanted, signal) {
    const parts = days.flatMap(([day, last]) => Array.from({ length: last }, (_, at) => `${day}/${last - at}`));
    const asked = map ? [...new Set(wanted.flatMap(tokens))] : [];
    const shards = new Map(asked.map(token => [shard(token), null]));
    await Promise.all([...shards.keys()].map(async name => {
      shards.set(name, (await get(`words/${month}/${name}`, signal))?.parts);
    }));
    return parts.filter(part => asked.every(token => {
      const told = shards.get(shard(token));
      return !told || ` ${told[part.slice(8)] ?? ""} `.includes(` ${token} `);
    }));
  }

  async function* hits(wanted, signal) {
    const index = await get("index", signal);
    for (const month of index.months) {
      const parts = await likely(month, wanted, signal);
      const coming = [];
      while (coming.length || parts.length) {
        while (coming.length < AHEAD && parts.length) {
          const docs = get(`docs/${parts.shift()}`, signal);
          docs.catch(() => {}); // it is heard of where it is awaited
          coming.push(docs);
        }
        for (const article of (await coming.shift())?.articles ?? []) {
          const text = normal(`${article[1]}\n${article[3]}\n${article[5]}`);
          if (wanted.every(word => text.includes(word))) yield article;
        }
      }
    }
  }

  function element(name, text = "", style = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (style) made.className = style;
    return made;
  }

  function result([id, headline, when, source, language]) {
    const item = element("li", "", "item");
    const title = element("h3");
    const link = element("a", headline);
    const facts = element("p", "", "facts");
    const time = element("time", when);
    link.href = `${root}a/${Number(id)}/`;
    link.dir = "auto";
    if (language && language !== document.documentElement.lang) link.lang = language;
    time.dateTime = when.slice(0, 16);
    title.append(link);
    facts.append(time, " ", element("span", source));
    item.append(title, facts);
    return item;
  }

  function say(name, count) {
    status.textContent = form.dataset[name].replace("{n}", count);
  }

  function search() {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const typed = input.value.trim();
    const wanted = normal(typed).split(/\s+/).filter(Boolean).map(bare);
    keep(typed);
    list.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    if (!wanted.length) return;
    const found = hits(wanted, signal);
    const show = async () => {
      more.onclick = null;
      const shown = list.childElementCount;
      let count = shown;
      say("searching");
      try {
        while (count < shown + PAGE) {
          const { value, done } = await found.next();
          if (signal.aborted) return;
          if (done) break;
          list.append(result(value));
          count += 1;
        }
        const isFull = count === shown + PAGE;
        if (shown) (list.children[shown] ?? list.lastChild).querySelector("a").focus();
        more.hidden = !isFull;
        more.onclick = show;
        say(isFull ? "some" : count ? "found" : "none", count);
      } catch {
        if (signal.aborted) return;
        more.hidden = true;
        say("failed");
      }
    };
    show();
  }

  // What is searched stands in the address, which can be kept and sent.
  function keep(typed) {
    const address = new URL(location.href);
    if (typed) address.searchParams.set("q", typed);
    else address.searchParams.delete("q");
    if (address.href !== location.href && location.protocol !== "file:") history.replaceState(null, "", address);
  }

  function later(event) {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(search, PAUSE);
  }

  more.type = "button";
  more.hidden = true;
  list.after(more);
  input.addEventListener("input", later);
  input.addEventListener("compositionend", later);
  form.addEventListener("submit", event => {
    event.preventDefault();
    clearTimeout(pause);
    search();
  });
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  search();
})();
