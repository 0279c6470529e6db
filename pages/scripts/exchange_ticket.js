// Only an HTTP answer can set a cookie that scripts cannot read, so the ticket goes to `/enter`. Where the same person was
// signed in at this page before, the server has it come back with the new cookie, and what was typed is still there.
// Otherwise the page is loaded again, at the address it has. fetch() and not a form: under no-referrer a form would not
// say which site it is from.
export default function ({ data }) {
  fetch("/enter", { method: "POST", headers: { "x-ticket": data.ticket } })
    .then(({ status }) => status === 200)
    .catch(() => false)
    .then((goesOn) => (goesOn ? fetch("/stay", { method: "POST" }) : location.reload()));
}
