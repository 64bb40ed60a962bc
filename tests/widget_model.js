// A model as anywidget gives it; `toKernel` hands a message to the Python widget and brings back what it says.
async ([source, css, state]) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: css }));
  const module = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  const on = {};
  const fire = (name, value) => (on[name] ?? []).slice().forEach((run) => run(value));
  Object.assign(window, { sent: [], escaped: [], opened: [], pwned: [], __pwn: [], deaf: false });
  window.open = (url) => opened.push(url);
  window.model = {
    get: (name) => state[name],
    set(name, value) {
      if (JSON.stringify(state[name]) === JSON.stringify(value)) return;
      state[name] = value; fire(`change:${name}`); },
    on: (name, run) => (on[name] ??= []).push(run),
    off: (name, run) => { on[name] = (on[name] ?? []).filter((other) => other !== run); },
    save_changes() {},
    async send(message) {
      sent.push(message);
      if (window.deaf) return;
      const back = JSON.parse(await toKernel(JSON.stringify(message)));
      if (window.deaf) return;
      for (const [name, value] of Object.entries(back.state)) model.set(name, value);
      back.said.forEach((answer) => fire('msg:custom', answer)); },
  };
  window.acts = () => sent.filter((message) => message.type === 'act');
  document.addEventListener('keydown', (event) => escaped.push(event.key));
  const el = document.body.appendChild(document.createElement('div'));
  window.cleanup = module.default.render({ model, el });
}
