// Notes and charting: the paper beside a form made from the protocol; a field is sent when the reader leaves it.

function render({ model, el }) {
  const settings = model.get("settings");
  const marker = termMarker(settings.highlight);
  const drafts = openStore(`draft/${model.get("project")}`);
  let shown = null; // the paper whose values are in the form
  let drawn = "";

  const page = openPage({
    model, el, label: "Notes and charting", heading: "Notes and data", bindings, draw,
    saved(message, act) { fieldOf(act)?.settled(); page.redraw(); },
    refused(message, act) { fieldOf(act)?.fail(message.text); page.redraw(); },
    undone(target) { if (target.record_id) go(() => row.show(target.record_id)); page.say(`Taking back: ${target.says}`); },
    unlocked: () => flush(),
  });
  const row = openRow(model, page.connection.ask, () => page.redraw());

  function bindings() {
    return [
      { keys: ["n"], says: "Write the note (Escape leaves it)", run: () => note.node.focus() },
      { keys: ["t"], says: "Take what others charted, where you have nothing and they agree", run: takeAll },
      { keys: ["c"], says: "Go to the first item of the form", run: () => form.querySelector(FIELD)?.focus() },
      { keys: ["j", "ArrowDown"], says: "Next paper", run: () => go(() => row.step(1)), repeats: true },
      { keys: ["k", "ArrowUp"], says: "Paper before", run: () => go(() => row.step(-1)), repeats: true },
      { keys: ["g"], says: "Next paper to chart", run: nextOpen },
      { keys: ["o"], says: "Open the paper's first link", run: openLink },
      { keys: ["/"], says: "Search or jump", run: () => search.focus() },
    ];
  }

  function go(move) { flush(); move(); }
  function flush() { for (const field of [note, ...fields]) field.flush(); }

  async function nextOpen() {
    flush();
    if (!await row.showNextOpen()) page.say("Every paper is charted");
  }

  function takeAll() {
    const taken = fields.filter((field) => field.takeAgreed()).length;
    page.say(taken ? `Taken: ${taken} ${taken === 1 ? "value" : "values"}` : "Nothing to take");
  }

  function openLink() {
    const url = safeUrl(row.card?.links[0]?.url);
    if (url) window.open(url, "_blank", "noopener,noreferrer");
    else page.say("This paper has no web link");
  }

  const title = () => row.card?.title ?? shown;
  const note = draftField(make("textarea", { rows: 3, "data-name": "note", "aria-label": "Note on this paper (Markdown)" }), drafts,
    (text) => page.connection.act("note", { record_id: shown, text, says: `note: ${title()}` }));
  note.settled = () => {};
  note.fail = () => note.restore(row.card?.note ?? "");
  const fields = settings.items.map((item) => itemField(item, drafts, (value) =>
    page.connection.act("extract", { record_id: shown, item: item.id, ...value, says: `${item.label}: ${title()}` })));
  const fieldOf = (act) => {
    if (act?.record_id !== shown) return null;
    return act.kind === "note" ? note : fields.find((field) => field.item.id === act.item) ?? null;
  };

  const search = searchBox(page.connection.ask, (found) => go(() => row.show(found.id)));
  const paper = make("div", { class: "rk-cards" });
  const notes = make("div", { class: "rk-notes", role: "group", "aria-label": "Notes of others" });
  const takeButton = button("Take all", "t", { class: "rk-quiet", "data-act": true, "data-name": "take all", title: "Chart as your own what others charted, where you have nothing and they agree", onclick: takeAll });
  const form = make("div", { class: "rk-form", role: "group", "aria-label": "Extraction items" }, fields.map((field) => field.node));
  page.tools.append(search.node, button("Before", "k", { onclick: () => go(() => row.step(-1)) }),
    button("Next", "j", { onclick: () => go(() => row.step(1)) }), button("Next to chart", "g", { onclick: nextOpen }));
  page.body.append(make("div", { class: "rk-halves rk-charting" }, paper, make("aside", { class: "rk-side", "aria-label": "Notes and items" },
    notes, make("label", { class: "rk-item" }, make("span", { class: "rk-label" }, "Note ", make("kbd", { text: "n", "aria-hidden": "true" })), note.node),
    make("div", { class: "rk-formhead" }, make("h4", { text: "Data" }), takeButton), form)));

  function draw() {
    const card = row.card;
    const now = model.get("progress");
    page.progress.replaceChildren(progressBar(now.done, now.total, "Charted"), make("p", { class: "rk-facts" },
      make("span", { text: `${now.done} of ${now.total} papers charted` }), now.mine !== now.done && make("span", { text: `${now.mine} by you` }), card && make("span", { text: `paper ${card.number}` })));
    if (JSON.stringify(card) !== drawn) {
      paper.replaceChildren(card ? paperCard(card, { marker }) : make("p", { class: "rk-done", text: "No papers to chart." }));
      drawn = JSON.stringify(card);
    }
    if (!card) return;
    shown = card.id;
    note.load(card.id, card.note);
    notes.replaceChildren(...card.others.notes.map((one) => make("p", { class: "rk-theirs", dir: "auto" }, make("b", { text: `${one.by}: ` }), visible(one.text))));
    for (const field of fields) field.load(card.id, card.values[field.item.id] ?? {}, card.others.values[field.item.id] ?? []);
    takeButton.hidden = !fields.some((field) => field.agreed());
  }

  const watched = ["change:cards", "change:progress", "change:undoable"];
  watched.forEach((name) => model.on(name, page.redraw));
  page.redraw();
  return () => { flush(); page.close(); watched.forEach((name) => model.off(name, page.redraw)); };
}

// One planned item: its value, and the words of the paper with their place. send({value, quote, where}) as in draftField.
function itemField(item, drafts, send) {
  const input = inputFor(item);
  const quote = make("textarea", { rows: 2, "aria-label": `Quote for ${item.label}`, placeholder: "Words of the paper" });
  const where = make("input", { type: "text", "aria-label": `Place of the quote for ${item.label}`, placeholder: "p. 4, Table 2" });
  const theirs = make("div", { class: "rk-offers" });
  const trouble = make("p", { class: "rk-trouble", role: "alert", hidden: true });
  const summary = make("summary");
  const source = make("details", { class: "rk-source" }, summary, quote, where);
  const node = make("div", { class: "rk-item" },
    make(input.grouped ? "span" : "label", { class: "rk-label", for: input.grouped ? null : input.id }, item.label, item.unit && ` (${item.unit})`, item.required && make("em", { text: " needed" })),
    input.node, trouble, theirs, item.help && make("p", { class: "rk-soft", text: item.help }), source);
  let key = null;
  let saved = "";
  let own = null; // what the log has of this reviewer
  let offered = []; // what others charted
  const now = () => ({ value: input.read(), quote: quote.value.trim(), where: where.value.trim() });
  const text = () => JSON.stringify(now());

  function fill(charted) {
    input.write(charted.value ?? null);
    quote.value = charted.quote ?? "";
    where.value = charted.where ?? "";
    summary.textContent = sourceOf(charted) || "Quote and place";
  }

  const isOwn = (one) => JSON.stringify(one.value) === JSON.stringify(own);

  function offer(one) {
    return make("p", { class: "rk-theirs", dir: "auto" }, make("b", { text: `${one.by}: ` }), plainValue(one.value), one.where && ` (${visible(one.where)})`, " ",
      !isOwn(one) && make("button", { type: "button", class: "rk-take", "data-act": true, "data-name": `take ${item.id} ${one.by}`,
        "aria-label": `Take the value of ${visible(one.by)} for ${item.label}`, text: "take", onclick: () => field.take(one) }),
      one.quote && make("small", { class: "rk-clamp", title: visible(one.quote), text: `“${one.quote}”` }));
  }

  const field = {
    item, node,
    load(record, charted, others) {
      const name = `${record}/${item.id}`;
      own = charted.value ?? null;
      offered = others;
      theirs.replaceChildren(...offered.map(offer));
      if (name === key && text() !== saved) return; // being typed
      if (name !== key) field.settled();
      key = name;
      fill(charted);
      saved = text();
      const draft = drafts.get(key);
      if (draft) fill(draft);
    },
    flush() {
      if (!key || text() === saved) return;
      if (send(now())) {
        saved = text();
        drafts.drop(key);
      }
    },
    take(one) {
      fill(one);
      drafts.set(key, now());
      field.flush();
    },
    agreed: () => now().value === null && offered.length > 0 && new Set(offered.map((one) => JSON.stringify(one.value))).size === 1,
    takeAgreed() {
      const found = field.agreed();
      if (found) field.take(offered[0]);
      return found;
    },
    settled() { trouble.hidden = true; input.node.removeAttribute("aria-invalid"); },
    fail(message) { // a refused value stays in its field, unsaved
      trouble.textContent = visible(message);
      trouble.hidden = false;
      input.node.setAttribute("aria-invalid", "true");
      saved = "";
      drafts.set(key, now());
    },
  };
  node.addEventListener("input", () => drafts.set(key, now()));
  // Leaving the whole item sends it, so that a value and its quote are one act.
  node.addEventListener("focusout", (event) => { if (!node.contains(event.relatedTarget)) field.flush(); });
  return field;
}

// Where a value stands in the paper.
function sourceOf({ quote, where }) {
  return visible([quote && `“${quote}”`, where].filter(Boolean).join(" · "));
}

// A charted value in words.
function plainValue(value) {
  if (Array.isArray(value)) return visible(value.join("; "));
  return visible(typeof value === "boolean" ? (value ? "yes" : "no") : value);
}

let nextInput = 0;

// What a type of item is typed into: read() gives what is sent, write(value) shows what was charted.
function inputFor(item) {
  const id = `rk-input-${nextInput += 1}`;
  const plain = (node) => ({ id, node, read: () => node.value.trim() || null, write: (value) => { node.value = value ?? ""; } });
  const box = (type, more = {}) => plain(make("input", { id, type, ...more }));
  const select = (options) => plain(make("select", { id }, make("option", { value: "", text: "–" }),
    options.map(([value, label]) => make("option", { value, text: label }))));
  const area = (rows) => plain(make("textarea", { id, rows }));
  const makers = {
    text: () => box("text"),
    markdown: () => area(4),
    number: () => box("text", { inputmode: "decimal" }),
    date: () => box("text", { placeholder: "2025-03-18, 2025-03 or 2025" }),
    url: () => box("url", { placeholder: "https://" }),
    choice: () => select(item.choices.map((choice) => [choice, choice])),
    bool() {
      const chosen = select([["yes", "yes"], ["no", "no"]]);
      return { ...chosen, write: (value) => { chosen.node.value = value === true || value === "yes" ? "yes" : value === false || value === "no" ? "no" : ""; } };
    },
    list() {
      const lines = area(3);
      return { ...lines, write: (value) => { lines.node.value = Array.isArray(value) ? value.join("\n") : value ?? ""; } };
    },
    multi() {
      const boxes = item.choices.map((choice) => make("input", { type: "checkbox", value: choice }));
      const node = make("div", { class: "rk-choices", role: "group", "aria-label": item.label },
        boxes.map((input) => make("label", {}, input, input.value)));
      return { id, node, grouped: true,
        read() { const on = boxes.filter((input) => input.checked).map((input) => input.value); return on.length ? on : null; },
        write(value) { for (const input of boxes) input.checked = (value ?? []).includes(input.value); } };
    },
  };
  return (makers[item.type] ?? makers.text)();
}

export default { render };
