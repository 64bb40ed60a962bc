// The page that all acts share: text made of text nodes only, keys, alerts, search, help.

const CUT = 20100; // a little more than the kernel's cut, which says how much is missing
const FIELD = "input, textarea, select";

function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = visible(value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Long texts are cut; characters that turn the reading direction are written out, or a title could lie.
function visible(text) {
  const whole = String(text ?? "");
  const cut = whole.length > CUT ? `${whole.slice(0, CUT)} … (${whole.length - CUT} more characters)` : whole;
  return cut.replace(/[\u202a-\u202e\u2066-\u2069]/g, (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase()}]`);
}

// Finds the protocol's terms. A term stands for the words that begin with it, one in capitals (RAG) only for itself;
// where two terms meet, the longer one counts.
function termMarker(terms) {
  const all = Object.entries(terms ?? {}).flatMap(([kind, words]) => words.map((word) => ({ kind, word: word.trim() })))
    .filter(({ word }) => word && word.length <= LONGEST_TERM).sort((a, b) => b.word.length - a.word.length);
  const finder = (chosen, flags, ending) => chosen.length > 0 && {
    chosen, pattern: new RegExp(chosen.map(({ word }) => `(${termPattern(word, ending)})`).join("|"), flags) };
  const finders = [finder(all.filter(({ word }) => isAcronym(word)), "gu", "s?(?![\\p{L}\\p{N}])"),
    finder(all.filter(({ word }) => !isAcronym(word)), "giu", "[\\p{L}\\p{M}\\p{N}]*")].filter(Boolean);
  return (text) => {
    const found = finders.flatMap(({ chosen, pattern }) => [...text.matchAll(pattern)].map(({ index, 0: said, ...groups }) =>
      ({ index, said, ...chosen.find((_, place) => groups[place + 1] !== undefined) })));
    const nodes = [];
    let end = 0;
    for (const { index, said, kind } of found.sort((a, b) => a.index - b.index || b.said.length - a.said.length)) {
      if (index < end) continue;
      nodes.push(text.slice(end, index), make("mark", { class: `rk-term-${kind}`, title: `${kind} term`, text: said }));
      end = index + said.length;
    }
    return [...nodes, text.slice(end)];
  };
}

const LONGEST_TERM = 200; // longer ones stand in no paper, and a pattern may not grow without end
const isAcronym = (word) => /^[\p{Lu}\p{N}]{2,}$/u.test(word);
// Scripts that set no blanks between words: there a term is found anywhere.
const UNSPACED = /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Thai}|\p{sc=Laoo}|\p{sc=Khmr}|\p{sc=Mymr}/u;

function termPattern(word, ending) {
  const plain = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/[\s\u2010-\u2015-]+/g, "[\\s\\u2010-\\u2015-]+");
  return UNSPACED.test(word) ? plain : `(?<![\\p{L}\\p{M}\\p{N}])${plain}${ending}`;
}

// Six inline tags become elements of their own; everything else stays the text it is.
function rich(text, marker = (plain) => [plain]) {
  const top = document.createDocumentFragment();
  const open = [top];
  for (const part of visible(text).split(/(<\/?(?:b|i|em|strong|sub|sup)>)/i)) {
    const tag = /^<(\/?)([a-z]+)>$/i.exec(part);
    const here = open[open.length - 1];
    if (tag && !tag[1]) open.push(here.appendChild(document.createElement(tag[2].toLowerCase())));
    else if (tag && here.localName === tag[2].toLowerCase()) open.pop();
    else here.append(...marker(part));
  }
  return top;
}

function safeUrl(text) {
  try {
    const url = new URL(String(text));
    return ["http:", "https:"].includes(url.protocol) && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}

function link({ url, label }) {
  const href = safeUrl(url);
  if (!href) return make("span", { class: "rk-soft", text: `${label}: ${url} (not a web link)` });
  return make("a", { href, target: "_blank", rel: "noopener noreferrer", title: href, text: label });
}

function paperCard(card, { marker, hidden = new Set(), heading = "h3" } = {}) {
  const shown = card.meta.filter((field) => !hidden.has(field.name));
  const body = card.text
    ? [make("h4", { text: card.text_kind }), make("p", { class: "rk-abstract", dir: "auto" }, rich(card.text, marker))]
    : [make("p", { class: "rk-soft", text: "The sources give neither an abstract nor a summary." })];
  return make("article", { class: "rk-paper", "data-record": card.id },
    make(heading, { class: "rk-title", dir: "auto" }, rich(card.title ?? "(no title)", marker)),
    shown.length > 0 && make("dl", { class: "rk-meta" }, shown.map((field) => make("div", {},
      make("dt", { text: field.label }), make("dd", { dir: "auto", text: field.text })))),
    card.links.length > 0 && !hidden.has("links") && make("p", { class: "rk-links" }, card.links.map(link)), body);
}

function button(label, key, options = {}) {
  return make("button", { type: "button", ...(key && { "aria-keyshortcuts": key }), ...options },
    make("span", { text: label }), key && make("kbd", { "aria-hidden": "true", text: KEY_SIGNS[key] ?? key }));
}

const KEY_SIGNS = { ArrowDown: "↓", ArrowUp: "↑" };

// Words to look for, #number of a paper, or an identifier; the kernel searches, the list shows what it found.
function searchBox(ask, pick) {
  const results = make("ul", { class: "rk-results", hidden: true, "aria-label": "Search results" });
  const close = () => { results.hidden = true; results.replaceChildren(); };
  const choose = (card) => { close(); input.value = ""; pick(card); };
  const row = (found) => make("li", {}, make("button", { type: "button", onclick: () => choose(found) },
    make("span", { dir: "auto", text: found.title ?? "(no title)" }),
    make("small", { text: [`#${found.number}`, found.year, found.state].filter(Boolean).join(" · ") })));
  let timer = null;
  async function look() {
    const asked = input.value.trim();
    if (!asked) return close();
    const found = await ask("search", { text: asked });
    if (asked !== input.value.trim()) return;
    const more = found.total - found.cards.length;
    results.replaceChildren(...found.cards.map(row),
      ...(found.total === 0 ? [make("li", { class: "rk-soft", text: "Nothing found" })] : []),
      ...(more > 0 ? [make("li", { class: "rk-soft", text: `and ${more} more` })] : []));
    results.hidden = false;
  }
  const input = make("input", { type: "search", class: "rk-search", placeholder: "Search or #number",
    "aria-label": "Search titles, or jump to a paper by #number or identifier",
    oninput: () => { clearTimeout(timer); timer = setTimeout(look, 150); },
    onkeydown: (event) => {
      const firstRow = results.querySelector("button");
      if (event.key === "Escape") close();
      if (event.key === "ArrowDown") firstRow?.focus();
      if (event.key === "Enter") { if (firstRow) firstRow.click(); else look(); }
    } });
  return { node: make("div", { class: "rk-find" }, input, results), focus: () => input.focus() };
}

function progressBar(done, total, label) {
  const share = total ? Math.round((100 * done) / total) : 100;
  const fill = make("div", { class: "rk-fill" });
  fill.style.width = `${share}%`;
  return make("div", { class: "rk-bar", role: "progressbar", "aria-label": label, "aria-valuemin": 0,
    "aria-valuemax": total, "aria-valuenow": done, "aria-valuetext": `${done} of ${total}` }, fill);
}

// Plain keys stay in the widget, or JupyterLab would cut, merge or run cells; Ctrl+S and its like pass.
function guardKeys(root, bindings) {
  root.addEventListener("keydown", (event) => {
    const isRun = event.key === "Enter" && (event.ctrlKey || event.metaKey || event.altKey);
    if ((event.ctrlKey || event.metaKey || event.altKey) && !isRun) return;
    event.stopPropagation();
    if (isRun) { event.preventDefault(); return; }
    if (event.target.closest(FIELD)) {
      if (event.key === "Escape") root.focus();
      return;
    }
    // A keyboard of another script (Cyrillic, Greek) names its own letter; the place of the key says which one is meant.
    const place = event.key > "\u007f" && /^Key([A-Z])$/.exec(event.code);
    const key = place ? place[1].toLowerCase() : event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const bound = bindings().find((binding) => binding.keys.includes(key));
    if (!bound) return;
    event.preventDefault();
    if (!event.repeat || bound.repeats) bound.run(key);
  });
}

// The frame of a widget: bindings() gives [{keys, says, run}], draw() fills the slots, the rest is called when it happens.
function openPage({ model, el, label, heading, bindings, draw, saved = () => {}, refused = () => {}, undone = () => {}, unlocked = () => {} }) {
  const slots = Object.fromEntries(["tools", "progress", "body"].map((name) => [name, make("div", { class: `rk-${name}` })]));
  const news = make("p", { class: "rk-news", role: "status", hidden: true }, "Others have added to the log since you opened it. ",
    button("Refresh", null, { "data-name": "refresh", onclick: () => connection.refresh() }));
  const alert = make("div", { class: "rk-alert", role: "alert", hidden: true });
  const status = make("span", { class: "rk-status", role: "status", "aria-live": "polite" });
  const help = make("div", { class: "rk-help", hidden: true });
  const undo = button("Undo", "z", { class: "rk-undo", onclick: () => undoLast() });
  const keysButton = button("Keys", "?", { "aria-expanded": "false", onclick: () => toggleHelp() });
  const root = make("section", { class: "rk", role: "region", "aria-label": label, tabindex: "0" },
    make("header", { class: "rk-head" }, make("h2", { text: heading }), slots.tools, keysButton),
    help, slots.progress, news, alert, slots.body, make("footer", { class: "rk-foot" }, undo, status));
  const all = () => [...bindings(), { keys: ["z"], says: "Undo", run: () => undoLast() },
    { keys: ["?"], says: "Show or hide these keys", run: toggleHelp }];
  let word = "";
  let locked = false;

  function toggleHelp() {
    help.hidden = !help.hidden;
    keysButton.setAttribute("aria-expanded", String(!help.hidden));
    help.replaceChildren(make("dl", {}, all().filter((binding) => binding.says).map((binding) => make("div", {},
      make("dt", {}, binding.keys.map((key) => make("kbd", { text: KEY_SIGNS[key] ?? key }))), make("dd", { text: binding.says })))));
  }

  function undoLast() {
    const target = connection.undoTarget();
    if (!target) return say("Nothing to undo");
    if (connection.act("undo", { target: target.event_id, record_id: target.record_id })) undone(target);
    redraw();
  }

  function say(text) { word = text; show(); }

  function show() {
    const now = connection.state();
    const lost = now.late || now.silent;
    const kept = now.unsaved ? `${now.unsaved} ${now.unsaved === 1 ? "act is" : "acts are"} kept in this browser and sent again when it answers.` : "Nothing is waiting to be saved.";
    const rerun = now.alive ? "If you restarted the kernel, run this cell again." : "Run this cell to go on.";
    const lines = [
      lost && make("p", {}, make("strong", { text: now.unsaved ? "NOT SAVED - kernel not answering" : "Kernel not answering" }), ` ${kept} ${rerun}`),
      now.held && make("p", {}, make("strong", { text: "NOT SAVED" }), ` ${visible(now.held)} `, button("Try again", null, { onclick: () => connection.retry() })),
      ...now.refusals.map((text) => make("p", {}, make("strong", { text: "Refused" }), ` ${visible(text)}`)),
      now.refusals.length > 0 && button("Dismiss", null, { onclick: () => connection.dismiss() }),
    ].filter(Boolean);
    keepFocus(root, () => alert.replaceChildren(...lines));
    alert.hidden = !lines.length;
    keepFocus(root, () => { news.hidden = !model.get("news"); });
    root.classList.toggle("rk-locked", now.locked);
    for (const node of root.querySelectorAll("[data-act]")) node.setAttribute("aria-disabled", String(now.locked));
    const target = connection.undoTarget();
    undo.setAttribute("aria-disabled", String(now.locked || !target));
    undo.title = target ? `Undo: ${target.says}` : "Nothing to undo";
    status.textContent = now.locked ? "Not saved" : now.unsaved ? "saving…" : visible(word);
    status.dataset.state = now.locked ? "lost" : now.unsaved ? "saving" : "saved";
    const free = locked && !now.locked;
    locked = now.locked;
    if (free) unlocked();
  }

  function redraw() { keepFocus(root, draw); show(); }

  const connection = connect(model, { changed: show, saved, refused });
  model.on("change:news", show);
  guardKeys(root, all);
  el.append(root);
  return { root, ...slots, connection, say, show, redraw, close() { model.off("change:news", show); connection.close(); } };
}

// A redraw may remove the focused button; the focus must not fall to the notebook, whose keys edit cells.
function keepFocus(root, change) {
  const inside = root.contains(document.activeElement);
  const { name } = document.activeElement?.dataset ?? {};
  change();
  if (!inside || root.contains(document.activeElement)) return;
  ([...root.querySelectorAll("[data-name]")].find((node) => node.dataset.name === name) ?? root).focus({ preventScroll: true });
}
