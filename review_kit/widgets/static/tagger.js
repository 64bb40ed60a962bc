// Tagging: the paper beside the taxonomy; suggestions carry the words that made them.

function render({ model, el }) {
  const settings = model.get("settings");
  const marker = termMarker(settings.highlight);
  const changing = new Map(); // `${record_id} ${tag}` -> the state on its way to the log
  let filter = "";

  const page = openPage({
    model, el, label: "Tagging", heading: "Tags", bindings, draw,
    saved(message, act) { if (act) forget(act); page.redraw(); },
    refused(message, act) { if (act) forget(act); page.redraw(); },
    undone(target) { if (target.record_id) row.show(target.record_id); page.say(`Taking back: ${target.says}`); },
  });
  const row = openRow(model, page.connection.ask, () => page.redraw());
  const forget = (act) => changing.delete(`${act.record_id} ${act.tag}`);

  function bindings() {
    return [
      { keys: ["1–9"], says: "Take the suggestion with this number", run: () => {} },
      ...Array.from({ length: 9 }, (_, i) => ({ keys: [String(i + 1)], says: null, run: () => takeSuggestion(i) })),
      { keys: ["a"], says: "Take all suggestions", run: () => suggested().forEach((hit) => change(hit.tag, true)) },
      { keys: ["c"], says: "Confirm all tags that others set", run: confirmAll },
      { keys: ["t"], says: "Go to the taxonomy (arrows move, Space tags)", run: () => tree.querySelector("button")?.focus() },
      { keys: ["f"], says: "Find a tag or write a new one (Enter takes it)", run: () => find.focus() },
      { keys: ["j"], says: "Next paper", run: () => row.step(1), repeats: true },
      { keys: ["k"], says: "Paper before", run: () => row.step(-1), repeats: true },
      { keys: ["g"], says: "Next paper to tag or to confirm", run: nextOpen },
      { keys: ["ArrowDown"], says: null, run: () => move(1), repeats: true },
      { keys: ["ArrowUp"], says: null, run: () => move(-1), repeats: true },
      { keys: ["/"], says: "Search or jump", run: () => search.focus() },
    ];
  }

  function move(by) {
    const buttons = [...tree.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (at >= 0) buttons[Math.min(Math.max(at + by, 0), buttons.length - 1)].focus();
    else row.step(by);
  }

  async function nextOpen() {
    if (!await row.showNextOpen()) page.say("Every paper is tagged and checked by you");
  }

  const entry = (tag) => row.card.tags.find((one) => one.tag === tag);
  const onItsWay = (tag) => changing.get(`${row.card.id} ${tag}`);
  const has = (tag) => onItsWay(tag) ?? Boolean(entry(tag)); // whoever set it
  const isMine = (tag) => onItsWay(tag) ?? Boolean(entry(tag)?.mine);
  const others = (tag) => visible((entry(tag)?.others ?? []).join(", "));
  const suggested = () => (row.card?.suggested ?? []).filter((hit) => !has(hit.tag)).slice(0, 9);
  const nodes = settings.axes.flatMap((axis) => axis.nodes.map((node) => ({ ...node, axis })));
  const labelOf = (tag) => nodes.find((node) => node.id === tag)?.label ?? tag;

  function takeSuggestion(place) {
    const hit = suggested()[place];
    if (hit) change(hit.tag, true);
  }

  function change(tag, on) {
    const card = row.card;
    if (!card || (on ? isMine(tag) : !has(tag))) return;
    const axis = nodes.find((node) => node.id === tag)?.axis;
    if (on && axis && !axis.many) axis.nodes.filter((node) => node.id !== tag && has(node.id)).forEach((node) => change(node.id, false));
    const says = `${on ? "tag" : "untag"} ${labelOf(tag)}: ${card.title ?? card.id}`;
    if (!page.connection.act(on ? "tag" : "untag", { record_id: card.id, tag, says })) return;
    changing.set(`${card.id} ${tag}`, on);
    page.say(`Saved: ${on ? "" : "no longer "}${labelOf(tag)}`);
    page.redraw();
  }

  function confirmAll() {
    const open = (row.card?.tags ?? []).filter((one) => has(one.tag) && !isMine(one.tag));
    open.forEach((one) => change(one.tag, true));
    page.say(open.length ? `Confirmed: ${open.length} ${open.length === 1 ? "tag" : "tags"}` : "No tag of others to confirm");
  }

  const search = searchBox(page.connection.ask, (found) => row.show(found.id));
  const paper = make("div", { class: "rk-cards" });
  const chips = make("div", { class: "rk-chips", role: "group", "aria-label": "Tags of this paper" });
  const hits = make("div", { class: "rk-hits", role: "group", "aria-label": "Suggested tags" });
  const tree = make("div", { class: "rk-tree" });
  const find = make("input", { type: "text", "data-name": "find", placeholder: "Find or add a tag", "aria-label": "Find a tag, or add a free one with Enter",
    oninput: () => { filter = find.value.trim().toLowerCase(); drawTree(); },
    onkeydown: (event) => {
      if (event.key === "Enter") takeFound();
      if (event.key === "ArrowDown") tree.querySelector("button")?.focus();
      if (event.key === "Escape") { find.value = filter = ""; drawTree(); }
    } });
  page.tools.append(search.node, button("Before", "k", { onclick: () => row.step(-1) }), button("Next", "j", { onclick: () => row.step(1) }),
    button("Next to tag", "g", { onclick: nextOpen }));
  page.body.append(make("div", { class: "rk-halves" }, paper, make("aside", { class: "rk-side", "aria-label": "Taxonomy" },
    chips, hits, make("label", { class: "rk-findtag" }, find, make("kbd", { text: "f", "aria-hidden": "true" })), tree)));

  function takeFound() {
    const word = find.value.trim();
    const node = matching()[0];
    if (!word || !row.card) return;
    if (node) change(node.id, !isMine(node.id));
    else change(word, true);
    find.value = filter = "";
    drawTree();
  }

  const matching = () => nodes.filter((node) => `${node.label} ${node.id}`.toLowerCase().includes(filter));

  let drawn = "";
  function draw() {
    const card = row.card;
    const now = model.get("progress");
    page.progress.replaceChildren(progressBar(now.done, now.total, "Tagged"), make("p", { class: "rk-facts" },
      make("span", { text: `${now.done} of ${now.total} papers tagged` }), now.mine !== now.done && make("span", { text: `${now.mine} checked by you` }), card && make("span", { text: `paper ${card.number}` })));
    if (JSON.stringify(card) !== drawn) {
      paper.replaceChildren(card ? paperCard(card, { marker }) : make("p", { class: "rk-done", text: "No papers to tag." }));
      drawn = JSON.stringify(card);
    }
    drawChips(card);
    drawTree();
  }

  function drawChips(card) {
    const tags = card ? [...new Set([...card.tags.map((one) => one.tag), ...[...changing.keys()].filter((key) => key.startsWith(`${card.id} `)).map((key) => key.slice(card.id.length + 1))])].filter(has) : [];
    chips.replaceChildren(...(tags.length ? tags.map(chip) : [make("span", { class: "rk-soft", text: card ? "No tags yet" : "" })]),
      ...(tags.some((tag) => !isMine(tag)) ? [button("Confirm all", "c", { class: "rk-quiet", "data-act": true, "data-name": "confirm all", onclick: confirmAll })] : []));
    const open = suggested();
    hits.replaceChildren(...(open.length ? [make("h4", { text: "Suggested" })] : []), ...open.map((hit, i) =>
      make("button", { type: "button", class: "rk-hit", "data-act": true, "data-name": `hit ${hit.tag}`, "aria-keyshortcuts": String(i + 1), onclick: () => change(hit.tag, true) },
        make("kbd", { text: String(i + 1), "aria-hidden": "true" }), make("span", { text: labelOf(hit.tag) }),
        make("small", { dir: "auto", text: hit.why }))));
  }

  // One's own tag is full; one that others set is an outline with their names, to be confirmed or taken off.
  function chip(tag) {
    const label = visible(labelOf(tag));
    const act = (name, says, on, ...content) => make("button", { type: "button", "data-act": true, "data-name": `${name} ${tag}`, "aria-label": `${says} ${label}`, title: says, onclick: () => change(tag, on) }, content);
    const cross = act("chip", "Remove tag", false, "×");
    if (isMine(tag)) return make("span", { class: "rk-chip rk-own", title: others(tag) ? `Also set by ${others(tag)}` : null }, make("span", { text: label }), cross);
    return make("span", { class: "rk-chip" }, make("span", { text: label }), make("small", { text: others(tag) }), act("confirm", "Confirm tag", true, "✓"), cross);
  }

  function drawTree() {
    const card = row.card;
    const shown = new Set(matching().map((node) => node.id));
    const counts = model.get("progress").tags;
    keepFocus(page.root, () => tree.replaceChildren(...settings.axes.map((axis) => {
      const visibleNodes = axis.nodes.filter((node) => shown.has(node.id));
      return visibleNodes.length > 0 && make("div", { role: "group", "aria-label": axis.label },
        make("h4", { text: axis.many ? axis.label : `${axis.label} (one)` }),
        visibleNodes.map((node) => nodeButton(node, card, counts[node.id] ?? 0)));
    }).filter(Boolean)));
  }

  function nodeButton(node, card, count) {
    const on = Boolean(card) && has(node.id);
    const mine = on && isMine(node.id);
    const toggle = make("button", { type: "button", class: "rk-node", role: "checkbox", "aria-checked": on && !mine ? "mixed" : String(on), "data-act": true,
      "data-name": `node ${node.id}`, title: node.definition || null, onclick: () => change(node.id, !isMine(node.id)) },
    make("span", { class: "rk-tick", "aria-hidden": "true", text: on ? "✓" : "" }), make("span", { text: node.label }),
    on && !mine && make("small", { class: "rk-by", text: others(node.id) }),
    count > 0 && make("small", { text: String(count) }));
    toggle.style.marginLeft = `${16 * node.depth}px`;
    return toggle;
  }

  const watched = ["change:cards", "change:progress", "change:undoable"];
  watched.forEach((name) => model.on(name, page.redraw));
  page.redraw();
  return () => { page.close(); watched.forEach((name) => model.off(name, page.redraw)); };
}

export default { render };
