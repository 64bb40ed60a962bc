// Keeps plain keys inside a form of ipywidgets; Ctrl+S and its like pass.

function render({ el }) {
  el.style.display = "none";
  const guard = (event) => {
    const isRun = event.key === "Enter" && (event.ctrlKey || event.metaKey || event.altKey);
    if (isRun || !(event.ctrlKey || event.metaKey || event.altKey)) event.stopPropagation();
    if (isRun) event.preventDefault();
  };
  let form = null;
  // The form is put together after its parts, so its frame is not there yet.
  const wait = setInterval(() => {
    form = el.closest(".rk-form-guarded");
    if (!form) return;
    clearInterval(wait);
    form.addEventListener("keydown", guard);
  }, 50);
  return () => { clearInterval(wait); form?.removeEventListener("keydown", guard); };
}

export default { render };
