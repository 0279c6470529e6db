// A native dialog holds the focus and is read out by itself. The last time the server heard from this browser lies in
// localStorage, so that a tab in use speaks for the others. When the sign-in is over, the page is drawn anew by the
// server, which keeps what was typed; it is never loaded again, which would not.
export default function ({ data }) {
  localStorage.maceHeard = Date.now();
  window.maceSignIn = { ...data, over: Date.now() + data.left, isOver: false, saidItEnds: false };
  if (window.maceStaying) return;
  window.maceStaying = true;
  let active = 0;
  for (const sign of ["keydown", "pointerdown", "wheel", "touchmove"])
    document.addEventListener(sign, () => (active = Date.now()), { capture: true, passive: true });

  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "mace-staying");
  dialog.style = "max-width: 28rem; padding: 1.5rem; border: 2px solid #1f2328; font: inherit";
  const words = Object.assign(document.createElement("p"), { id: "mace-staying" });
  const button = document.createElement("button");
  button.style = "padding: 0.5rem 1rem; font: inherit; background: #1d4f78; color: #fff; border: 0";
  dialog.append(words, button);
  document.body.append(dialog);

  const end = () => {
    window.maceSignIn.isOver = true;
    dialog.close();
    window.maceCommitAll?.();
    window.maceRunAgain();
  };
  const tell = async () => {
    const { ok, status } = await fetch("/stay", { method: "POST" });
    if (ok) localStorage.maceHeard = Date.now();
    if (status === 403) end();
  };
  const warn = (sentence, label, pressed) => {
    words.textContent = sentence;
    button.textContent = label;
    button.onclick = () => (dialog.close(), pressed());
    dialog.showModal();
  };
  setInterval(() => {
    const { idle, warning, over, asking, ending, isOver, saidItEnds } = window.maceSignIn;
    if (isOver) return;
    const now = Date.now();
    const silent = now - Number(localStorage.maceHeard);
    if (now > over || silent > idle) end();
    else if (dialog.open) silent < warning && !saidItEnds && dialog.close();
    else if (now > over - warning && !saidItEnds) {
      window.maceSignIn.saidItEnds = true;
      warn(ending, "I have read this", () => {});
    } else if (active > Number(localStorage.maceHeard)) silent > 60000 && tell();
    else if (silent > idle - warning) warn(asking, "Stay signed in", tell);
  }, 2000);
}
