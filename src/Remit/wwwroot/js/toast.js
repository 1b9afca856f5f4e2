// What was just done can be taken back for ten seconds here, and later from the history.
function count(toast) {
  const seconds = toast.querySelector("[data-seconds]");
  let left = 10;
  const tick = setInterval(() => {
    if (document.hidden || toast.matches(":hover, :focus-within")) return;
    left--;
    if (seconds) seconds.textContent = left;
    if (left <= 0 || !toast.isConnected) { clearInterval(tick); toast.remove(); }
  }, 1000);
}

/** Says something, with a button that undoes it where there is a change to undo. */
export function toast(text, undo, look = "") {
  document.querySelector(".toast")?.remove();
  const said = Object.assign(document.createElement("div"), { className: "toast " + look, textContent: text });
  said.setAttribute("role", "status");
  if (undo) said.append(form(undo));
  document.body.append(said);
  count(said);
}

const here = () => location.pathname.slice(new URL(document.baseURI).pathname.length) + location.search;

function form({ text, change }) {
  const form = Object.assign(document.createElement("form"), { method: "post", action: `history/${change}/undo` });
  for (const [name, value] of [["__RequestVerificationToken", document.body.dataset.token], ["to", here()]])
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  const button = Object.assign(document.createElement("button"), { className: "link", textContent: text + " " });
  const seconds = Object.assign(document.createElement("span"), { textContent: "10" });
  seconds.dataset.seconds = "";
  button.append(seconds);
  form.append(button);
  return form;
}

/** What another page had to say is said here; taken back, it leads here too. */
export function adopt(said) {
  if (!said) return;
  document.querySelector(".toast")?.remove();
  const to = said.querySelector("[name=to]");
  if (to) to.value = here();
  document.body.append(document.adoptNode(said));
  count(said);
}

const first = document.querySelector(".toast");
if (first) count(first);
