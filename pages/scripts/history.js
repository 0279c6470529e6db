// The browser's way back. When a page leads on to another, Streamlit writes two lines into the browser's history: the old
// page with the new page's parameters, which nobody has seen and which opens nothing, and then the new page. The second
// takes the first one's place here. See docs/decisions/the-way-back.md.
export default function () {
  if (window.maceHistory) return;
  window.maceHistory = true;
  const { pushState, replaceState } = history;
  let halfway = null; // the address of which only the parameters have been changed so far

  const partsOf = (address) => {
    const { pathname, search } = new URL(address, location.href);
    return { pathname, search };
  };
  const write = (how, state, title, address) => {
    const { pathname, search } = partsOf(address);
    const completes = halfway === search && pathname !== location.pathname;
    halfway = pathname === location.pathname ? search : null;
    (completes ? replaceState : how).call(history, state, title, address);
  };
  history.pushState = (state, title, address) => write(pushState, state, title, address);
  history.replaceState = (state, title, address) => write(replaceState, state, title, address);
  for (const sign of ["pointerdown", "keydown", "popstate"])
    window.addEventListener(sign, () => (halfway = null), true); // what a person does next is another step
}
