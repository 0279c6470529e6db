// The observer puts the words back whenever Streamlit draws a part anew.
let at = "";
const name = () => {
  document.querySelectorAll(".legend").forEach((legend, n) => {
    const group = legend.closest("[class*='st-key-question_']");
    if (!group || group.dataset.named === legend.innerText) return;
    group.dataset.named = legend.innerText;
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", legend.innerText.replaceAll("\n", " "));
  });
  const say = (selector, role, label) => {
    const part = document.querySelector(selector);
    if (!part || part.getAttribute("role") === role) return;
    part.setAttribute("role", role);
    if (label) part.setAttribute("aria-label", label);
  };
  say(".st-key-sections", "navigation", "Sections of this form");
  say(".st-key-there_is_a_problem", "alert", "");
  say("[data-testid=stFileUploaderDropzone]", "group", ""); // Streamlit gives it a name and says that it has none
  tell();
};
// Words to look at are told once they are there, when the person pauses; what was told before is not told again.
let told = [];
const tell = () => {
  const words = [...document.querySelectorAll(".words-to-look-at mark")].map((mark) => mark.innerText);
  if (words.join() === told.join()) return;
  let live = document.querySelector("#mace-told");
  if (!live) {
    live = Object.assign(document.createElement("div"), { id: "mace-told", className: "unseen" });
    live.setAttribute("role", "status");
    document.body.append(live);
  }
  const found = words.filter((one) => !told.includes(one));
  live.textContent = found.length ? `Words to look at, beneath your answer: ${found.join("; ")}` : "";
  told = words;
};
const find = (field) => {
  const question = document.querySelector(".st-key-" + field);
  return question
    ? question.querySelector("input, textarea, button")
    : document.querySelector(".st-key-there_is_a_problem h2, .st-key-what_was_done, .section-title");
};
// What is gone to may be drawn late, or drawn anew under the focus: it is held until it has stood still, or until the
// person goes on by themselves.
const go = (field) => {
  let still = 0, left = 100;
  const hold = () => {
    const target = find(field);
    if (target) {
      still = document.activeElement === target ? still + 1 : 0;
      if (!still) {
        const isSaid = !target.matches("input, textarea, button");
        if (isSaid && !target.hasAttribute("tabindex")) target.tabIndex = -1;
        target.focus({ preventScroll: true });
        if (!isSaid) target.scrollIntoView({ block: "center" });
        else if (target.matches(".section-title")) document.querySelector(".stMain")?.scrollTo(0, 0);
        else (target.closest(".st-key-there_is_a_problem") ?? target).scrollIntoView({ block: "nearest" });
      }
    }
    if (still > 5 || !--left) stop();
  };
  const timer = setInterval(hold, 100);
  const stop = () => {
    clearInterval(timer);
    ["keydown", "pointerdown"].forEach((did) => document.removeEventListener(did, stop, true));
  };
  ["keydown", "pointerdown"].forEach((did) => document.addEventListener(did, stop, true));
};
export default function ({ data }) {
  if (!window.maceNames) {
    // Once its words are kept or changed, what pointed at them is gone: the way goes on in the answer itself.
    document.addEventListener("click", ({ target }) => {
      const [, field] = target.closest("button")?.closest("[class*='st-key-words_']")?.className.match(/st-key-words_(\S+)/) ?? [];
      if (field) go(field);
    });
    window.maceNames = new MutationObserver(name);
    window.maceNames.observe(document.body, { childList: true, subtree: true });
  }
  name();
  if (data.go && data.at !== window.maceAt) go(data.go);
  window.maceAt = data.at;
}
