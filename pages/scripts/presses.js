// A press that began on a control reaches it, even where the page is drawn anew under the pointer meanwhile. Without this
// the browser finds another element when the button comes up, and the click is lost without a word.
const CONTROL = "[data-testid=stRadioOption], .stCheckbox label, button, summary, a[href]";
const PLACE = "[class*='st-key-']";
const NEAR = 10; // pixels: whoever moves further away while pressing has thought better of it

const place = (control) =>
  [...(control.closest(PLACE)?.classList ?? [])].find((name) => name.startsWith("st-key-"));

// The same control after it was drawn anew: by the key of its place and its words.
const standing = ({ control, key, words }) => {
  if (control.isConnected) return control;
  if (!key) return null;
  const there = document.querySelectorAll(`.${CSS.escape(key)}`);
  return [...there].flatMap((part) => [...part.querySelectorAll(CONTROL)]).find((one) => one.innerText === words);
};

export default function () {
  if (window.macePresses) return;
  window.macePresses = true;
  let begun = null;
  document.addEventListener("pointerdown", ({ target, isPrimary, button, clientX, clientY }) => {
    const control = isPrimary && button === 0 ? target.closest?.(CONTROL) : null;
    begun = control && { control, key: place(control), words: control.innerText, clientX, clientY };
  }, true);
  document.addEventListener("pointercancel", () => (begun = null), true);
  document.addEventListener("pointerup", ({ target, clientX, clientY }) => {
    const press = begun;
    begun = null;
    if (!press || Math.hypot(clientX - press.clientX, clientY - press.clientY) > NEAR) return;
    if (press.control.isConnected && press.control.contains(target)) return; // the browser's own click reaches it
    const control = standing(press);
    (control?.querySelector("input") ?? control)?.click();
  }, true);
}
