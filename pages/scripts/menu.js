// Streamlit marks the page in an opened group, and says nothing of the group while it is closed. Where it is narrow, it
// draws the groups of the menu within one list, with things in it that no list may hold; where it is wide, a group opens
// outside every part of the page.
const name = () => {
  const say = (part, role, label) => {
    if (part.getAttribute("role") !== role) part.setAttribute("role", role);
    if (label) part.setAttribute("aria-label", label);
  };
  const all = (selector) => document.querySelectorAll(selector);
  all("[data-testid=stNavSectionHeader]").forEach((header) => {
    const menu = header.closest("ul");
    say(menu, "none");
    menu.querySelectorAll(":scope > li").forEach((entry) => say(entry, "none"));
    say(header.parentElement, "list", header.innerText);
  });
  all("[data-testid=stTopNavSection]").forEach((group) => {
    const isHere = group.innerText.trim() === window.maceGroup;
    if (group.hasAttribute("aria-current") === isHere) return;
    if (isHere) group.setAttribute("aria-current", "true");
    else group.removeAttribute("aria-current");
  });
  all("[data-testid=stExpandSidebarButton]").forEach((opens) => opens.setAttribute("aria-label", "Menu"));
  all("[data-testid=stTopNavPopoverBody]").forEach((opened) => say(opened, "navigation", "Pages of this group"));
};
export default function ({ data }) {
  window.maceGroup = data.group;
  if (!window.maceMenu) {
    window.maceMenu = new MutationObserver(name);
    window.maceMenu.observe(document.body, { childList: true, subtree: true });
  }
  name();
}
