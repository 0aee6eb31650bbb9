// Opens pages of this host in frames, some at once, and says of each what is in it that should not be. What runs calls
// xss(...), which tests/web/xss_watch.py gives to every frame, asks an address, or opens a dialog: that is heard there.
async ({ paths, together, rest, again }) => {
  const TAGS = new Set(`html head meta title link script body a header p nav ul li ol form label input button main
    article section h1 h2 h3 h4 h5 h6 div span time strong footer aside figure figcaption img table caption thead tbody
    tfoot tr th td blockquote em b i sub sup br hr dl dt dd noscript small abbr`.split(/\s+/));
  const ADDRESSES = ["href", "src", "action"];
  const RELS = new Set(["canonical", "stylesheet", "icon", "alternate", "license", "prev", "next", "search"]);
  const NAMES = new Set(["q"]);
  const wait = time => new Promise(done => setTimeout(done, time));

  function* everything(root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* everything(element.shadowRoot);
      if (element.localName === "template") yield* everything(element.content);
    }
  }

  function ofScript(element, host) {
    if (element.type === "application/ld+json" && !element.hasAttribute("src")) {
      try {
        return typeof JSON.parse(element.textContent) !== "object" && "JSON-LD that is no object";
      } catch (error) {
        return `JSON-LD: ${error.message}`;
      }
    }
    const { origin, pathname } = new URL(element.src || "about:blank", element.baseURI);
    return !(origin === host && pathname === "/static/search.js" && !element.textContent) && "a script";
  }

  function ofElement(element, host) {
    const { localName, namespaceURI } = element;
    if (namespaceURI !== "http://www.w3.org/1999/xhtml" || !TAGS.has(localName)) return "no element of ours";
    if (localName === "script") return ofScript(element, host);
    if (localName === "meta" && element.httpEquiv && element.httpEquiv !== "Content-Security-Policy") return "a pragma";
    if (localName === "link" && !RELS.has(element.rel)) return "a link of another kind";
    if (localName === "form" && new URL(element.action).origin !== host) return "a form that leads away";
    return false;
  }

  function ofAttribute(element, name, value) {
    if (/^on|^style$|^srcdoc$|^srcset$|^ping$|^formaction$|^background$|^poster$|:/.test(name)) return true;
    if (name === "name") return element.localName !== "meta" && !NAMES.has(value);
    if (!ADDRESSES.includes(name) || !URL.canParse(value, element.baseURI)) return false; // it leads nowhere
    return !["http:", "https:", "mailto:"].includes(new URL(value, element.baseURI).protocol);
  }

  function faults(page, host) {
    const found = [];
    const ids = new Set();
    for (const element of everything(page)) {
      const said = () => element.outerHTML.slice(0, 120);
      const fault = ofElement(element, host);
      if (fault) found.push(`${fault}: ${said()}`);
      for (const { name, value } of element.attributes) {
        if (ofAttribute(element, name, value)) found.push(`${name}=${value.slice(0, 60)}: ${said()}`);
      }
      if (element.id && ids.has(element.id)) found.push(`a second #${element.id}`);
      ids.add(element.id);
    }
    return found;
  }

  // Whatever handler there is is set off; everything is clicked. What leads to another page is kept from leading there.
  function poke(page, view) {
    const staying = event => {
      const target = event.type === "submit" ? event.submitter ?? event.target : event.target.closest("a, area");
      if (!target) return;
      const own = event.target.getAttribute("action") ?? "";
      const where = event.type === "submit" ? target.getAttribute("formaction") ?? own : target.href?.baseVal ?? target.href;
      const to = new URL(where, page.baseURI);
      if (!/^https?:$/.test(to.protocol) || (to.hash && to.href.split("#")[0] === page.URL.split("#")[0])) return;
      event.preventDefault();
      if (event.type === "submit" && to.host !== location.host) view.xss(`a form sends to ${to}`);
    };
    for (const kind of ["click", "submit"]) page.addEventListener(kind, staying);
    for (const element of [...everything(page)]) {
      for (const { name } of [...element.attributes]) {
        if (name.startsWith("on")) element.dispatchEvent(new view.Event(name.slice(2)));
      }
      if (element.click) element.click();
      else element.dispatchEvent(new view.MouseEvent("click", { bubbles: true, cancelable: true }));
    }
  }

  async function look(path) {
    const frame = document.createElement("iframe");
    frame.width = 300;
    frame.height = 200;
    const loaded = new Promise(done => { frame.onload = done; });
    frame.src = path;
    document.body.append(frame);
    await Promise.race([loaded, wait(5000)]);
    const told = { path, faults: [], title: null, pictures: [] };
    try {
      const page = frame.contentDocument;
      told.title = page.querySelector("h1")?.textContent ?? null;
      told.pictures = [...page.querySelectorAll("img")].map(image => image.src).filter(src => src.includes("/ran/"));
      told.faults = faults(page, location.origin);
      await wait(rest);
      poke(frame.contentDocument, frame.contentWindow);
      await wait(rest);
    } catch (error) {
      told.faults.push(`went away: ${error.message}`);
    }
    frame.remove();
    return told;
  }

  const waiting = [...paths];
  const told = [];
  await Promise.all(Array.from({ length: together }, async () => {
    while (waiting.length) {
      const path = waiting.shift();
      let seen = await look(path);
      if (seen.title === null && again) seen = await look(path); // a busy machine, or the page leads away: so it does twice
      told.push(seen);
    }
  }));
  return told;
}
