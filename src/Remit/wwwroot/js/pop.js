// A link to a small choice opens it where one stands; without this module it leads to a page of its own.
let pop;

export function close() { pop?.remove(); pop = null; }

document.addEventListener("click", async (e) => {
  const link = e.target.closest("a[data-pop]");
  if (!link) { if (pop && !pop.contains(e.target)) close(); return; }
  if (e.ctrlKey || e.metaKey || e.shiftKey) return;
  e.preventDefault();
  const was = pop?.dataset.of;
  close();
  if (was === link.href) return;
  const answer = await fetch(link.href);
  if (!answer.ok) return location.assign(link.href);
  const body = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".pop-body");
  if (!body) return location.assign(link.href);
  pop = Object.assign(document.createElement("div"), { className: "pop" });
  pop.dataset.of = link.href;
  pop.append(document.adoptNode(body));
  document.body.append(pop);
  place(link);
  pop.querySelector("input:not([type=hidden]), a")?.focus();
});

function place(link) {
  const at = link.getBoundingClientRect();
  pop.style.top = Math.min(at.bottom + 4, innerHeight - pop.offsetHeight - 8) + scrollY + "px";
  pop.style.left = Math.max(8, Math.min(at.left, innerWidth - pop.offsetWidth - 8)) + "px";
}

document.addEventListener("keydown", (e) => {
  if (!pop) return;
  if (e.key === "Escape") close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (!step || e.target.closest("input, textarea")) return;
  const all = [...pop.querySelectorAll("a, button")];
  all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + step))]?.focus();
  e.preventDefault();
});

// A form that only asks for itself anew (one more line, one less) does so where it stands.
document.addEventListener("submit", async (e) => {
  if (!pop?.contains(e.target) || !e.target.matches("[data-again]") || e.submitter?.value === "show") return;
  e.preventDefault();
  const asked = new URLSearchParams(new FormData(e.target, e.submitter));
  const body = new DOMParser().parseFromString(await (await fetch(e.target.action + "?" + asked)).text(), "text/html").querySelector(".pop-body");
  pop.replaceChildren(document.adoptNode(body));
  [...pop.querySelectorAll("select[name=what]")].at(-1)?.focus();
});

// The rows of a form are put in order by dragging, or with Alt and an arrow.
let dragged;
document.addEventListener("dragstart", (e) => { dragged = e.target.closest?.("[data-sortable] [draggable]"); });
document.addEventListener("dragover", (e) => {
  const over = e.target.closest?.("[data-sortable] [draggable]");
  if (!dragged || !over || over === dragged || over.parentNode !== dragged.parentNode) return;
  e.preventDefault();
  const below = e.clientY > over.getBoundingClientRect().top + over.offsetHeight / 2;
  over[below ? "after" : "before"](dragged);
});
document.addEventListener("keydown", (e) => {
  const row = e.altKey && e.target.closest("[data-sortable] [draggable]");
  const next = row && { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[e.key];
  if (!next?.draggable) return;
  e.preventDefault();
  next[e.key === "ArrowDown" ? "after" : "before"](row);
  e.target.focus();
});
