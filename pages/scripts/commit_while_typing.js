// Ctrl+Enter is Streamlit's own way to commit a text area without leaving it. The listeners sit on the document,
// once for as long as it lives: areas come and go with every run.
export default function () {
  if (window.maceTyping) return;
  const waiting = (window.maceTyping = new Map());
  const forget = (field) => {
    clearTimeout(waiting.get(field));
    waiting.delete(field);
  };
  const wait = (field, pause) => {
    forget(field);
    waiting.set(field, setTimeout(commit, pause, field));
  };
  const commit = (field) => {
    forget(field);
    if (!field.isConnected) return;
    if (field.disabled) return wait(field, 500); // there is no connection: Streamlit takes nothing until there is
    if (field.tagName === "TEXTAREA")
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
  };
  window.maceCommitAll = () => [...waiting.keys()].forEach(commit);
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea, input[type=text]") || target.closest("[data-testid=stForm]")) return;
    wait(target, 2000);
  }, true);
  document.addEventListener("focusout", ({ target }) => target.disabled || forget(target), true);
  // The browser's way back stays in the page: what is on the way out of it is kept first.
  window.addEventListener("popstate", window.maceCommitAll, true);
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
}
