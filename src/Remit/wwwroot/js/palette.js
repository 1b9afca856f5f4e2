// Ctrl K: go anywhere by a few letters; records come from the server, pages are in the dialog already.
const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("ul");
const pages = list ? [...list.children] : [];
let at = 0, asked = 0;

const fits = (text, q) => [...q].every(((from) => (letter) => (from = text.indexOf(letter, from) + 1) > 0)(0));
const links = () => [...list.querySelectorAll("li:not([hidden]) a")];
const mark = () => links().forEach((a, i) => a.classList.toggle("here", i === at));

export function open() {
  if (!dialog) return;
  dialog.showModal();
  input.value = "";
  filter();
}

function filter() {
  const q = input.value.trim().toLowerCase();
  list.querySelectorAll("li.found").forEach((li) => li.remove());
  pages.forEach((li) => (li.hidden = !fits(li.textContent.toLowerCase(), q)));
  at = 0;
  mark();
  if (q.length > 1) records(q);
}

async function records(q) {
  const mine = ++asked;
  const answer = await fetch("search?q=" + encodeURIComponent(q));
  if (!answer.ok || mine !== asked) return;
  for (const hit of await answer.json()) {
    const li = document.createElement("li"), a = document.createElement("a"), kind = document.createElement("span");
    li.className = "found";
    a.href = hit.path;
    a.textContent = hit.title;
    kind.textContent = hit.kind;
    kind.className = "faint";
    a.append(kind);
    li.append(a);
    list.append(li);
  }
  mark();
}

input?.addEventListener("input", filter);
input?.addEventListener("keydown", (e) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (step) { at = Math.max(0, Math.min(links().length - 1, at + step)); mark(); links()[at]?.scrollIntoView({ block: "nearest" }); e.preventDefault(); }
  if (e.key === "Enter") links()[at]?.click();
});
document.addEventListener("click", (e) => { if (e.target.closest("[data-palette]")) open(); });
