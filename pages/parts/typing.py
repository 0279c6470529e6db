"""Keeps what is being typed: a text area commits two seconds after the typing pauses, as a text input does with
`live="2s"`, and the browser asks before leaving while something typed has not been committed.

Call `commit_while_typing()` on a page that has text areas, once for each `place` of it; their own `on_change` then keeps the answer.
"""

from pages.parts.component import component

# Ctrl+Enter is Streamlit's own way to commit a text area without leaving it. The listeners sit on the document,
# once for as long as it lives: areas come and go with every run.
_SCRIPT = """
export default function () {
  if (window.maceTyping) return;
  const waiting = (window.maceTyping = new Map());
  const forget = (field) => {
    clearTimeout(waiting.get(field));
    waiting.delete(field);
  };
  const commit = (field) => {
    forget(field);
    if (field.tagName === "TEXTAREA")
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
  };
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea, input[type=text]") || target.closest("[data-testid=stForm]")) return;
    forget(target);
    waiting.set(target, setTimeout(commit, 2000, target));
  }, true);
  document.addEventListener("focusout", ({ target }) => forget(target), true);
  // The browser's way back stays in the page: what is on the way out of it is kept first.
  window.addEventListener("popstate", () => [...waiting.keys()].forEach(commit), true);
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
}
"""


def commit_while_typing(place: str = "") -> None:
    component("commit_while_typing", _SCRIPT)(key=f"commit_while_typing {place}".strip(), height=0)
