// The way of an act from the hand to the log: it stays in this browser until the kernel says that the log has it.
// These files are joined by act_widget.py into one module per widget, so they share names and need no build.

const PATIENCE = 3000; // ms without an answer before the reader is told
const HEARTBEAT = 2000;

// One key per thing, because two tabs that rewrite a common list would erase each other's acts.
function openStore(name) {
  const prefix = `review_kit/${name}/`;
  const memory = new Map(); // where the browser forbids localStorage
  const attempt = (act) => { try { return act(); } catch { return undefined; } };
  const keys = () => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];
  return {
    get: (key) => attempt(() => JSON.parse(localStorage.getItem(prefix + key))) ?? memory.get(key) ?? null,
    set(key, value) {
      memory.delete(key);
      const kept = attempt(() => { localStorage.setItem(prefix + key, JSON.stringify(value)); return true; });
      if (!kept) memory.set(key, value);
    },
    drop(key) {
      memory.delete(key);
      attempt(() => localStorage.removeItem(prefix + key));
    },
    all() {
      const stored = keys().map((key) => attempt(() => JSON.parse(localStorage.getItem(key))));
      return [...stored, ...memory.values()].filter(Boolean);
    },
  };
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http has no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// Sends acts and questions, listens for answers and knows at any time what is not saved.
// hooks: changed(), saved(message, act), refused(message, act)
function connect(model, hooks) {
  const outbox = openStore(`outbox/${model.get("project")}`);
  const opened = Date.now();
  const first = new Map(); // event_id -> when this view first sent it
  const last = new Map();
  const questions = new Map();
  const undoing = new Map(); // target -> event_id of the undo under way
  const refusals = [];
  let number = 0;
  let beatAt = 0; // when the unanswered heartbeat was sent, 0 when none is
  let held = null; // the log could not save: wait for "Try again"
  let alive = false;
  let shown = "";

  // A closed channel (kernel restarted) may throw or not: either way it shows as silence.
  function post(message) {
    try { Promise.resolve(model.send(message)).catch(() => {}); } catch { /* no answer will come */ }
  }

  const unsaved = () => outbox.all().sort((a, b) => a.at - b.at || a.seq - b.seq);

  function state() {
    const now = Date.now();
    const waiting = unsaved();
    const silent = beatAt > 0 && now - beatAt > PATIENCE;
    const late = waiting.some((act) => now - (first.get(act.event_id) ?? opened) > PATIENCE);
    return { unsaved: waiting.length, silent, late, held, alive, refusals, locked: silent || late || Boolean(held) };
  }

  function notice() {
    const now = JSON.stringify(state());
    if (now !== shown) { shown = now; hooks.changed(); }
  }

  function send(act) {
    const now = Date.now();
    if (!first.has(act.event_id)) first.set(act.event_id, now);
    last.set(act.event_id, now);
    post(act);
  }

  // An act under way may be undone too; the newest that no undo is aimed at comes first.
  function undoTarget() {
    const underWay = unsaved().filter((act) => act.kind !== "undo").reverse();
    const candidates = [...underWay.map((act) => ({ ...act, says: act.says ?? act.kind })), ...model.get("undoable")];
    return candidates.find((act) => !undoing.has(act.event_id)) ?? null;
  }

  function resend() {
    const now = Date.now();
    if (held) return;
    for (const act of unsaved()) if (now - (last.get(act.event_id) ?? 0) > PATIENCE) send(act);
  }

  const hear = {
    alive() { beatAt = 0; alive = true; resend(); },
    saved(message) { held = null; hooks.saved(message, settle(message)); },
    refused(message) {
      if (message.again) { held = message.text; return; }
      refusals.push(message.text);
      hooks.refused(message, settle(message));
    },
    answer(message) { questions.get(message.number)?.(message.answer); questions.delete(message.number); },
  };

  function settle({ event_id }) {
    const act = outbox.get(event_id);
    outbox.drop(event_id);
    for (const [target, undo] of undoing) if (undo === event_id) undoing.delete(target);
    return act;
  }

  function onMessage(message) {
    if (!(message?.type in hear)) return;
    hear[message.type](message);
    notice();
  }

  // One heartbeat at a time: a kernel that is busy for an hour must not find thousands of them.
  function beat() {
    if (!beatAt || Date.now() - beatAt > 5 * HEARTBEAT) {
      beatAt = beatAt || Date.now();
      post({ type: "alive" });
    }
    notice();
  }

  model.on("msg:custom", onMessage);
  const timers = [setInterval(beat, HEARTBEAT), setInterval(notice, 500)];
  beatAt = opened;
  post({ type: "open" });

  return {
    state,
    undoTarget,
    // Keeps and sends one act; returns its id, or null while nothing can be saved.
    act(kind, fields) {
      if (state().locked) return null;
      const act = { type: "act", event_id: newId(), seq: ++number, at: Date.now(), kind, ...fields };
      if (kind === "undo") undoing.set(act.target, act.event_id);
      outbox.set(act.event_id, act);
      send(act);
      notice();
      return act.event_id;
    },
    ask(question, fields = {}) {
      return new Promise((resolve) => {
        questions.set(++number, resolve);
        post({ type: "ask", number, question, ...fields });
      });
    },
    refresh() { post({ type: "refresh" }); },
    retry() { held = null; for (const act of unsaved()) { first.delete(act.event_id); send(act); } notice(); },
    dismiss() { refusals.length = 0; notice(); },
    close() { timers.forEach(clearInterval); model.off("msg:custom", onMessage); },
  };
}
