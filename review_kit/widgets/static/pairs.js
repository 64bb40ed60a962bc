// Judging pairs: two records side by side, the words that differ marked, one key per verdict.

function render({ model, el }) {
  const settings = model.get("settings");
  const deck = openDeck(model);
  let drawn = "";

  const page = openPage({
    model, el, label: "Judging pairs of records", heading: "Are these one paper?", bindings, draw,
    saved(message, act) {
      deck.settle(message.record_id, message.event_id);
      if (act?.kind === "undo") deck.show(message.record_id);
      if (message.card) deck.keep(message.card);
      page.redraw();
    },
    refused(message, act) { deck.settle(act?.pair, message.event_id); page.redraw(); },
    undone(target) { // an act under way names its pair, one that is saved has it as its record_id
      deck.show(target.pair ?? target.record_id);
      page.say(`Taking back: ${target.says}`);
    },
  });

  function bindings() {
    return [
      ...settings.verdicts.map((verdict) => ({ keys: verdict.keys, says: verdict.says, run: () => judge(verdict) })),
      { keys: ["k"], says: "Back to the pair before", run: back },
      { keys: ["o"], says: "Open the first web link of both records", run: openLinks },
    ];
  }

  function judge(verdict) {
    const card = deck.card;
    if (!card) return;
    const event_id = page.connection.act("judge_pair", { record_id: card.ids[0], record_id_2: card.ids[1], pair: card.id,
      verdict: verdict.value, says: `${verdict.label}: ${card.title}` });
    if (!event_id) return;
    deck.leave(card.id, event_id);
    page.say(`Saved: ${verdict.label}`);
    page.redraw();
  }

  function back() {
    const id = deck.back();
    if (!id) return page.say("This is where you began");
    page.connection.ask("card", { record_id: id }).then((card) => { if (card) deck.keep(card); page.redraw(); });
    page.redraw();
  }

  function openLinks() {
    for (const side of deck.card?.links ?? []) {
      const url = side.map((found) => safeUrl(found.url)).find(Boolean);
      if (url) window.open(url, "_blank", "noopener,noreferrer");
    }
  }

  const table = make("div", { class: "rk-pair" });
  const acts = make("div", { class: "rk-acts", role: "group", "aria-label": "Verdict" });
  page.body.append(table, acts);

  function draw() {
    const card = deck.card;
    const now = model.get("progress");
    page.progress.replaceChildren(progressBar(now.done, now.total, "Pairs judged"), make("p", { class: "rk-facts" },
      [`${now.done} of ${now.total} pairs judged`, ...settings.verdicts.map((v) => now.counts[v.value] && `${now.counts[v.value]} ${v.label.toLowerCase()}`)]
        .filter(Boolean).map((text) => make("span", { text }))));
    const fresh = JSON.stringify([card, card ? null : now]);
    if (fresh !== drawn) {
      if (card) table.replaceChildren(...sideBySide(card));
      else listJudged(now);
    }
    drawn = fresh;
    acts.hidden = !card;
    acts.replaceChildren(...settings.verdicts.map((verdict) => button(verdict.label, verdict.keys[0], {
      class: `rk-decision rk-${verdict.look}`, title: verdict.says, "data-act": true, "data-name": verdict.value,
      "aria-pressed": card?.verdict ? String(card.verdict === verdict.value) : null, onclick: () => judge(verdict) })));
  }

  // When nothing is left to judge: what was judged and by whom, so that a verdict can be changed.
  async function listJudged(now) {
    table.replaceChildren(make("p", { class: "rk-done", text: now.total ? "Every pair is judged. Choose one to look at it again." : "There are no pairs to judge." }));
    if (!now.done) return;
    const judged = await page.connection.ask("judged");
    if (deck.card) return;
    const row = (pair) => make("button", { class: "rk-row", type: "button", "data-name": pair.id, onclick: () => again(pair.id) },
      make("strong", { text: settings.verdicts.find((verdict) => verdict.value === pair.verdict)?.label ?? pair.verdict }), make("small", { text: ` ${pair.by ?? "you"}` }),
      pair.titles.map((text) => make("span", { class: "rk-clamp", dir: "auto", text })));
    keepFocus(page.root, () => table.replaceChildren(table.firstChild, ...judged.map(row)));
  }

  async function again(id) {
    const card = await page.connection.ask("card", { record_id: id });
    if (!card) return;
    deck.keep(card);
    deck.show(id);
    page.redraw();
  }

  function sideBySide(card) {
    const words = (parts) => parts.flatMap(([text, same]) => (same ? visible(text) : [make("mark", { class: "rk-differs", text: text.trimEnd() }), " "]));
    const linked = (side) => make("td", {}, make("span", { class: "rk-links" }, side.map(link)));
    const rows = card.fields.map((field) => make("tr", { class: field.same ? "rk-same" : null }, make("th", { scope: "row", text: field.label }),
      make("td", { dir: "auto" }, words(field.left)), make("td", { dir: "auto" }, words(field.right))));
    const evidence = [card.verdict && `${card.by ?? "you"} said: ${card.verdict}`, card.evidence, card.score !== null && `score ${card.score}`].filter(Boolean);
    return [make("p", { class: "rk-evidence", text: evidence.join(" · ") }),
      make("table", { class: "rk-compare" }, make("thead", {}, make("tr", {}, make("td"), ...card.ids.map((id) => make("th", { scope: "col", text: id })))),
        make("tbody", {}, rows, card.links.some((side) => side.length) && make("tr", {}, make("th", { scope: "row", text: "Links" }), card.links.map(linked))))];
  }

  const onCards = () => { deck.take(); page.redraw(); };
  const watched = ["change:cards", "change:progress", "change:undoable"];
  watched.forEach((name) => model.on(name, onCards));
  page.redraw();
  return () => { page.close(); watched.forEach((name) => model.off(name, onCards)); };
}

export default { render };
