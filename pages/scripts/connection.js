// Says truly how it stands with what was typed: saving, saved (in the server's words), or waiting for a connection; and
// says in our words that the tool cannot be reached. What was held back is sent as soon as the connection is there again.
const PROBE_EVERY = 3000, ANSWERS_WITHIN = 2000; // milliseconds: a lost connection is said within five seconds
const AWAY =
  "No connection to the tool. What you typed stays on this screen, and is saved once the connection is back. " +
  "Do not close this page, and do not load it again.";

const app = () => document.querySelector(".stApp");
const isConnected = () => app()?.dataset.testConnectionState === "CONNECTED";
const isRunning = () => app()?.dataset.testScriptState !== "notRunning";

const say = (id, words) => {
  let part = document.getElementById(id);
  if (!part) {
    part = Object.assign(document.createElement("div"), { id });
    part.setAttribute("role", "alert");
    document.body.append(part);
  }
  if (part.textContent !== words) part.textContent = words;
  part.hidden = !words;
};

export default function ({ setTriggerValue }) {
  window.maceRunAgain = () => setTriggerValue("run_again", Date.now());
  if (window.maceConnection) return;
  window.maceConnection = true;
  let isAsked = false, isReached = true, wasAway = false; // who runs this has been sent a page, so there was a connection
  let isToRunAgain = false;

  const send = WebSocket.prototype.send;
  const heard = new WeakSet();
  WebSocket.prototype.send = function (message) {
    isAsked = true;
    if (!heard.has(this)) this.addEventListener("message", () => (isAsked = false));
    heard.add(this);
    return send.call(this, message);
  };

  const show = () => {
    const isAway = !isConnected() || !navigator.onLine || !isReached;
    say("mace-away", isAway ? AWAY : "");
    const isOnTheWay = isAsked || isRunning() || window.maceTyping?.size;
    const words = isAway ? "Waiting: no connection" : isOnTheWay ? "Saving …" : "";
    for (const part of document.querySelectorAll(".saved .on-the-way"))
      if (part.textContent !== words) part.textContent = words;
    if (wasAway && !isAway) {
      window.maceCommitAll?.(); // first: the page may be drawn anew without the field
      isToRunAgain = true;
    }
    wasAway = isAway;
    if (isToRunAgain && !isAway && !isAsked && !isRunning()) { // not before: it would break off what a press began
      isToRunAgain = false;
      window.maceRunAgain();
    }
  };
  const probe = async () => {
    if (document.hidden || (isReached && !document.querySelector(".saved"))) return; // where nothing is being answered
    try {
      isReached = (await fetch("/_stcore/health", { cache: "no-store", signal: AbortSignal.timeout(ANSWERS_WITHIN) })).ok;
    } catch {
      isReached = false;
    }
    show();
  };
  setInterval(probe, PROBE_EVERY);
  setInterval(show, 250);
  for (const sign of ["online", "offline", "input", "change"]) window.addEventListener(sign, show, true);
}
