// The cards that the kernel sent ahead, the one on screen, and texts that are being typed.

// A queue: what was acted on leaves at once, and comes back if it was refused or undone.
function openDeck(model) {
  const cache = new Map();
  const gone = new Map(); // id -> event_id of the act that took the card away
  const trail = [];
  let current = null;
  let wanted = null; // an id to show as soon as its card comes
  let reads = model.get("progress").reads; // how often the kernel has read the log

  const queue = () => model.get("cards").filter((card) => !gone.has(card.id));

  function keep(card) {
    cache.delete(card.id);
    cache.set(card.id, card);
    for (const id of cache.keys()) if (cache.size > 100 && id !== current) cache.delete(id);
  }

  function go(id) {
    if (current && current !== id) trail.push(current);
    current = id;
    wanted = null;
  }

  const deck = {
    queue,
    get card() { return cache.get(current) ?? null; },
    keep,
    take() {
      for (const card of model.get("cards")) keep(card);
      if (model.get("progress").reads !== reads) { // what was on screen may wait no longer
        reads = model.get("progress").reads;
        if (!queue().some((card) => card.id === current)) current = null;
      }
      if (wanted && cache.has(wanted)) go(wanted);
      if (!current || (gone.has(current) && !wanted)) go(queue()[0]?.id ?? null);
    },
    restart() { // another queue: begin at its first card
      current = null;
      deck.take();
    },
    show(id) {
      gone.delete(id);
      if (cache.has(id)) go(id);
      else wanted = id;
    },
    next() {
      const others = queue().filter((card) => card.id !== current);
      const follows = queue().findIndex((card) => card.id === current);
      go((others[Math.max(follows, 0)] ?? others[0])?.id ?? null);
    },
    above() { // the card above in the list; whether there is one
      const place = queue().findIndex((card) => card.id === current);
      if (place > 0) go(queue()[place - 1].id);
      return place > 0;
    },
    back() {
      const id = trail.pop();
      if (!id) return null;
      current = id;
      return id;
    },
    leave(id, event_id) { deck.next(); gone.set(id, event_id); },
    settle(id, event_id) {
      if (gone.get(id) === event_id) gone.delete(id);
      if (!current) deck.take(); // what was put off may be all that is left
    },
  };
  deck.take();
  return deck;
}

// Papers side by side in a row: the kernel sends the ones around the one on screen.
function openRow(model, ask, changed) {
  let current = model.get("progress").at;
  const cards = () => model.get("cards");
  const row = {
    get card() { return cards().find((card) => card.id === current) ?? null; },
    step(by) {
      const to = cards()[cards().findIndex((card) => card.id === current) + by];
      if (to) row.show(to.id);
      return Boolean(to);
    },
    show(id) {
      current = id;
      changed();
      ask("go", { record_id: id }).then(changed);
    },
    async showNextOpen() {
      const id = await ask("next_open", { record_id: current });
      if (id) row.show(id);
      return Boolean(id);
    },
  };
  return row;
}

// What the reader chose to see, kept in this browser.
function openView(model) {
  const store = openStore(`view/${model.get("project")}`);
  return { get: (name, otherwise) => store.get(name) ?? otherwise, set: store.set };
}

// A text that is sent when the reader leaves it. What is typed is kept in this browser until it is an act.
// send(value) gives an event id, or null when nothing can be saved now.
function draftField(node, drafts, send) {
  let key = null;
  let saved = "";
  const field = {
    node,
    load(name, value) {
      if (name === key && node.value !== saved) return; // being typed
      key = name;
      saved = value ?? "";
      node.value = drafts.get(key) ?? saved;
    },
    flush() {
      if (!key || node.value === saved) return;
      if (send(node.value)) {
        saved = node.value;
        drafts.drop(key);
      }
    },
    restore(value) { // a refused text stays in the box, unsaved
      saved = value;
      if (node.value !== saved) drafts.set(key, node.value);
    },
  };
  node.addEventListener("input", () => drafts.set(key, node.value));
  node.addEventListener("blur", field.flush);
  return field;
}
