// Screening: one paper or a list on screen, a decision by key or button, the next paper at once.

function render({ model, el }) {
  const settings = model.get("settings");
  const marker = termMarker(settings.highlight);
  const view = openView(model);
  const deck = openDeck(model);
  const drafts = openStore(`draft/${model.get("project")}`);
  const hidden = new Set(view.get("hidden", []));
  let list = view.get("list", false);
  let choosing = false; // an exclusion waits for its reason
  let drawn = "";

  const page = openPage({
    model, el, label: `Screening: ${settings.stage_label}`, heading: settings.stage_label,
    bindings, draw, saved, refused,
    undone(target) { choosing = false; if (target.record_id) deck.show(target.record_id); page.say(`Taking back: ${target.says}`); },
    unlocked: () => note.flush(),
  });
  const ask = page.connection.ask;

  const queue = () => model.get("progress").queue;
  const keymap = () => settings.keymaps[model.get("key_preset")];

  function bindings() {
    const map = keymap();
    return [
      ...settings.decisions.map((d) => ({ keys: map[d.action], says: d.label, run: () => decide(d.value) })),
      ...settings.reasons.slice(0, 9).map((reason, i) => ({
        keys: [String(i + 1)], says: `${settings.exclude_label}: ${reason}`, run: () => decide(settings.exclude, reason) })),
      { keys: ["j", "ArrowDown"], says: "Next paper, this one later", run: next, repeats: false },
      { keys: ["k", "ArrowUp"], says: "Back to the paper before", run: back },
      { keys: ["n"], says: "Write a note (Escape leaves it)", run: () => note.node.focus() },
      { keys: ["o"], says: "Open the paper's first link", run: openLink },
      { keys: ["l"], says: "One paper or a list", run: toggleList },
      { keys: ["/"], says: "Search or jump", run: () => find.focus() },
    ];
  }

  function decide(decision, reason = null) {
    const card = deck.card;
    if (!card) return;
    if (decision === settings.exclude && settings.reason_required && !reason) {
      choosing = true;
      page.redraw();
      return page.say(settings.reasons.length ? "Choose the reason: press its digit, or a button"
        : "An exclusion needs a reason here, and the protocol lists none for this stage");
    }
    note.flush();
    const label = settings.decisions.find((d) => d.value === decision).label;
    const event_id = page.connection.act("decide", {
      record_id: card.id, decision, reason, queue: queue(), context: card.context, says: `${label}: ${card.title ?? card.id}` });
    if (!event_id) return;
    choosing = false;
    deck.leave(card.id, event_id);
    page.say(`Saved: ${label}${reason ? ` (${reason})` : ""}`);
    page.redraw();
  }

  function saved(message, act) {
    deck.settle(message.record_id, message.event_id);
    if (!message.record_id) deck.restart(); // a stop, or its undoing, changes the whole queue
    else if (act?.kind === "undo") deck.show(message.record_id);
    if (message.card) deck.keep(message.card);
    page.redraw();
  }

  function refused(message, act) {
    deck.settle(act?.record_id, message.event_id);
    if (act?.kind === "note") drafts.set(act.record_id, act.text);
    page.redraw();
  }

  function show(id) {
    note.flush();
    deck.show(id);
    page.redraw();
    ask("card", { record_id: id }).then((card) => { if (card) deck.keep(card); deck.show(id); page.redraw(); });
  }

  function next() {
    note.flush();
    const card = deck.card;
    if (list || !card || (card.decision && queue() === "mine")) deck.next();
    else {
      deck.leave(card.id, "later");
      ask("later", { record_id: card.id }).then(() => { deck.settle(card.id, "later"); page.redraw(); });
    }
    page.redraw();
  }

  function back() {
    note.flush();
    if (list && deck.above()) return page.redraw();
    const id = deck.back();
    if (id) show(id);
    else page.say("This is where you began");
  }

  function openLink() {
    const url = safeUrl(deck.card?.links[0]?.url);
    if (url) window.open(url, "_blank", "noopener,noreferrer");
    else page.say("This paper has no web link");
  }

  function choose(name) {
    note.flush();
    ask("queue", { queue: name }).then(() => { deck.restart(); page.redraw(); });
  }

  function toggleList() {
    list = !list;
    view.set("list", list);
    page.redraw();
  }

  const note = draftField(
    make("textarea", { rows: 2, "data-name": "note", "aria-label": "Note on this paper", placeholder: "Note (Markdown)" }),
    drafts,
    (text) => deck.card && page.connection.act("note", { record_id: deck.card.id, text, says: `note on ${deck.card.title ?? deck.card.id}` }),
  );
  const find = searchBox(ask, (found) => show(found.id));
  const keys = make("select", { "aria-label": "Key preset", onchange: () => { model.set("key_preset", keys.value); model.save_changes(); } },
    Object.keys(settings.keymaps).map((name) => make("option", { value: name, text: `Keys: ${name}` })));
  const fields = make("details", { class: "rk-menu" }, make("summary", { text: "Fields" }),
    make("div", {}, settings.fields.map(({ name, label }) => make("label", {},
      make("input", { type: "checkbox", checked: !hidden.has(name), onchange: (event) => toggleField(name, event.target.checked) }), label))));
  const listButton = button("List", "l", { onclick: toggleList });
  page.tools.append(find.node, keys, ...(settings.fields.length ? [fields] : []), listButton);

  function toggleField(name, on) {
    if (on) hidden.delete(name); else hidden.add(name);
    view.set("hidden", [...hidden]);
    page.redraw();
  }

  const queues = make("div", { class: "rk-queues", role: "group", "aria-label": "Queue" });
  const stop = settings.can_stop ? stopPanel(settings.stated, page, ask) : null;
  const cards = make("div", { class: "rk-cards" });
  const acts = make("div", { class: "rk-acts", role: "group", "aria-label": "Decision" });
  const reasons = make("div", { class: "rk-reasons", role: "group" });
  const noteLine = make("label", { class: "rk-note" }, make("span", {}, "Note ", make("kbd", { text: "n", "aria-hidden": "true" })), note.node);
  const desk = make("div", { class: "rk-desk" }, noteLine, acts, reasons);
  page.body.before(queues);
  const rules = criteria(settings.criteria);
  page.body.append(make("div", { class: "rk-columns" }, cards, rules), ...(stop ? [stop.node] : []));

  function draw() {
    const card = deck.card;
    keys.value = model.get("key_preset");
    listButton.setAttribute("aria-pressed", String(list));
    page.progress.replaceChildren(...progress(model.get("progress"), settings));
    drawQueues(model.get("progress"));
    stop?.draw(model.get("progress"));
    note.load(card?.id ?? null, card?.note);
    for (const part of [noteLine, rules]) if (part) part.hidden = !card;
    const now = JSON.stringify([card ?? model.get("progress"), list, [...hidden], list && deck.queue().map((c) => c.id)]);
    if (now !== drawn) {
      cards.replaceChildren(...(list ? listed() : [single(card)]));
      const chosen = cards.querySelector(".rk-chosen");
      (chosen ?? cards).append(desk);
      if (page.root.contains(document.activeElement)) chosen?.scrollIntoView({ block: "nearest" });
    }
    drawn = now;
    drawActs(card);
  }

  function single(card) {
    if (!card) return finished(model.get("progress"));
    return make("div", {}, make("p", { class: "rk-soft rk-place", text: `#${card.number}${card.state ? ` · ${card.state}` : ""}` }),
      paperCard(card, { marker, hidden }), others(card));
  }

  function listed() {
    const queue = deck.queue();
    const shown = deck.card && !queue.some((card) => card.id === deck.card.id) ? [deck.card, ...queue] : queue;
    return shown.length ? [...shown.map(row), more()] : [finished(model.get("progress"))];
  }

  function row(card) {
    if (card.id === deck.card?.id) return make("div", { class: "rk-row rk-chosen", "aria-current": "true" }, single(card));
    return make("button", { class: "rk-row", type: "button", "data-name": card.id, onclick: () => { note.flush(); deck.show(card.id); page.redraw(); } },
      make("strong", { dir: "auto" }, rich(card.title ?? "(no title)", marker)),
      make("span", { class: "rk-clamp", dir: "auto" }, rich((card.text ?? "").slice(0, 400), marker)));
  }

  // What the list does not show yet; beyond `most_ahead` it comes as one decides.
  function more() {
    const here = model.get("cards").length;
    const rest = waiting(model.get("progress")) - here;
    return make("p", { class: "rk-more", hidden: rest <= 0 }, `${rest.toLocaleString("en")} more in this queue `,
      here < settings.most_ahead && button("Show more", null, { "data-name": "more", onclick: () => ask("more") }));
  }

  // Alone, one waits for nobody: what is empty then stays out of sight.
  function drawQueues(now) {
    const shown = now.queues.filter(({ name, n }) => n || settings.several || ["mine", "done", now.queue].includes(name));
    queues.replaceChildren(...shown.map(({ name, label, n }) => make("button", { type: "button", class: "rk-queue",
      "data-name": `queue ${name}`, "aria-pressed": String(name === now.queue), onclick: () => choose(name) },
      make("span", { text: label }), make("small", { text: n.toLocaleString("en") }))));
  }

  function drawActs(card) {
    const map = keymap();
    const counts = model.get("progress").reasons ?? {};
    acts.hidden = reasons.hidden = !card;
    acts.replaceChildren(...settings.decisions.map((d) => button(d.label, map[d.action][0], {
      class: `rk-decision rk-${d.action}`, "data-act": true, "data-name": d.value,
      "aria-pressed": card?.decision ? String(card.decision === d.value) : null, onclick: () => decide(d.value) })));
    reasons.setAttribute("aria-label", `${settings.exclude_label} because`);
    reasons.classList.toggle("rk-asking", choosing);
    reasons.replaceChildren(...(settings.reasons.length ? [make("span", { text: `${settings.exclude_label} because` })] : []),
      ...settings.reasons.map((reason, i) => button(counts[reason] ? `${reason} (${counts[reason]})` : reason,
        i < 9 ? String(i + 1) : null, { class: "rk-reason", "data-act": true, "data-name": `reason ${i}`,
          "aria-pressed": card?.reason ? String(card.reason === reason) : null, onclick: () => decide(settings.exclude, reason) })));
  }

  const onCards = () => { deck.take(); page.redraw(); };
  const watched = ["change:cards", "change:progress", "change:undoable", "change:key_preset"];
  watched.forEach((name) => model.on(name, onCards));
  page.redraw();
  return () => { note.flush(); page.close(); watched.forEach((name) => model.off(name, onCards)); };
}

function criteria(all) {
  const group = (kind, heading) => {
    const items = all.filter((c) => c.kind === kind).map((c) => make("li", { text: c.text }));
    return items.length ? [make("h4", { text: heading }), make("ul", {}, items)] : [];
  };
  return all.length > 0 && make("aside", { class: "rk-criteria", "aria-label": "Eligibility criteria" },
    group("include", "Include when"), group("exclude", "Exclude when"));
}

function progress(now, settings) {
  const counts = settings.decisions.map((d) => `${now.counts[d.value] ?? 0} ${d.label.toLowerCase()}`);
  const facts = [`${now.done} of ${now.total} ${now.queue === "conflicts" ? "settled" : "decided"}`, ...counts, now.streak > 4 && `${now.streak} since the last include`, now.order];
  return [progressBar(now.done, now.total, settings.stage_label), make("p", { class: "rk-facts" },
    facts.filter(Boolean).map((text) => make("span", { text })),
    now.stages.map((stage) => make("span", { class: "rk-stage", text: `${stage.label}: ${stage.done} of ${stage.total}` })))];
}

function others(card) {
  return card.others?.length > 0 && make("div", { class: "rk-others" }, make("h4", { text: "The reviewers differ; a decision made here is final" }),
    make("ul", { "aria-label": "Decisions of the reviewers" }, card.others.map((other) => make("li", {},
      make("strong", { text: other.reviewer }), ` ${other.decision}${other.reason ? `: ${visible(other.reason)}` : ""}`))));
}

const EMPTY = {
  mine: "Every paper of your queue is decided.", "awaiting another": "No paper waits for another reviewer's decision.",
  conflicts: "No conflicts wait to be settled.", done: "Nothing is done yet.",
};

const waiting = (now) => now.queues.find(({ name }) => name === now.queue).n;

function finished(now) {
  const nothing = now.stops.length ? "Screening was stopped here; no paper waits for you." : !now.total && "No paper has come to you here yet.";
  const text = waiting(now) ? "No more papers have come from the kernel yet." : (now.queue === "mine" && nothing) || EMPTY[now.queue];
  return make("p", { class: "rk-done", text: `${text} Search, or press k or z, to go back.` });
}

// What speaks for stopping, and the button that stops, beside each other.
function stopPanel(stated, page, ask) {
  const facts = make("ul", { class: "rk-facts-list" });
  const boxes = stated.map(({ name, label }) => [name, make("input", { type: "checkbox", onchange: () => look() }), label]);
  const reason = make("input", { type: "text", class: "rk-why", "aria-label": "Why it is right to stop here",
    placeholder: "Why it is right to stop here", onkeydown: (event) => { if (event.key === "Enter") stop(); } });
  const said = make("p", { class: "rk-stopped" });
  const node = make("details", { class: "rk-stop", ontoggle: () => { if (node.open) look(); } },
    make("summary", { text: "When to stop" }), said, facts,
    boxes.map(([, box, label]) => make("label", {}, box, label)),
    make("div", { class: "rk-acts" }, reason, button("Stop screening", null, { "data-act": true, "data-name": "stop", onclick: () => stop() })));
  const ticked = () => boxes.filter(([, box]) => box.checked).map(([name]) => name);

  async function look() {
    if (!facts.childNodes.length) facts.replaceChildren(make("li", { text: "Working it out…" }));
    const lines = await ask("evidence", { stated: ticked() });
    facts.replaceChildren(...lines.map((text) => make("li", { text })));
  }

  function stop() {
    if (!reason.value.trim()) {
      reason.focus();
      return page.say("Say why it is right to stop here");
    }
    if (page.connection.act("stop", { record_id: "", reason: reason.value.trim(), stated: ticked(), says: "Stop screening" })) {
      reason.value = "";
      page.say("Saved: Stop screening. Undo takes it back.");
    }
  }

  return {
    node,
    draw(now) {
      said.hidden = !now.stops.length;
      said.textContent = now.stops.map(({ reviewer, reason: why }) => `Stopped by ${visible(reviewer)}: ${visible(why)}`).join(" · ");
    },
  };
}

export default { render };
