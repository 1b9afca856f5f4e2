// Lists: the next page joins this one, rows are chosen with Shift, the tabs get their counts, typing searches.
import { letter } from "./keys.js";
const box = document.querySelector("[data-list]");

document.addEventListener("click", async (e) => {
  const more = e.target.closest("a[data-more]");
  if (!more || e.ctrlKey || e.metaKey) return;
  e.preventDefault();
  more.setAttribute("aria-busy", "true");
  const page = new DOMParser().parseFromString(await (await fetch(more.href)).text(), "text/html");
  box.querySelector("tbody").append(...page.querySelectorAll("[data-list] tbody tr"));
  const next = page.querySelector("a[data-more]");
  next ? more.parentNode.replaceWith(next.parentNode) : more.parentNode.remove();
});

// What ends in dots is read in full under the pointer.
document.addEventListener("pointerover", (e) => {
  const said = e.target.closest?.(".list-box td > :is(a,span):first-child");
  if (said && said.scrollHeight > said.clientHeight + 1) said.title = said.textContent;
});

// Choosing rows
const ticks = () => [...document.querySelectorAll("input[form=bulk][name=ids]")];
let last;
function say() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  const n = ticks().filter((t) => t.checked).length;
  bar.classList.toggle("on", n > 0);
  for (const act of bar.querySelectorAll("button[data-of]")) act.hidden = !ticks().some((t) => t.checked && t.dataset.of === act.dataset.of);
  const word = bar.querySelector("[data-chosen]");
  word.dataset.word ??= word.textContent;
  word.textContent = `${n} · ${word.dataset.word}`;
}
document.addEventListener("click", (e) => {
  if (e.target.matches("[data-all]")) ticks().forEach((t) => (t.checked = e.target.checked));
  else if (e.target.matches("input[form=bulk][name=ids]")) {
    const all = ticks();
    if (e.shiftKey && last) {
      const [from, to] = [all.indexOf(last), all.indexOf(e.target)].sort((a, b) => a - b);
      all.slice(from, to + 1).forEach((t) => (t.checked = e.target.checked));
    }
    last = e.target;
  } else return;
  say();
});
document.addEventListener("keydown", (e) => {
  if (letter(e) !== "x" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const tick = document.querySelector(".here input[name=ids]");
  if (tick) { tick.checked = !tick.checked; last = tick; say(); }
});

// A key of an act without anything chosen means the row one stands on, where the act is one of its kind.
document.addEventListener("click", (e) => {
  const act = e.target.closest("#bulk button[name=act]"), tick = document.querySelector(".here input[name=ids]");
  if (!act || ticks().some((t) => t.checked)) return;
  if (tick?.dataset.of === act.dataset.of) { tick.checked = true; say(); }
  else e.preventDefault();
}, true);

// Counts come after the page: they must not slow it.
async function count() {
  const whole = !document.querySelector("a[data-more]") && !location.search.includes("after=");
  if (!box || (whole && !document.querySelector("[data-count]"))) return;
  const here = location.search, { tabs, found } = await (await fetch(box.dataset.list + "/counts" + here)).json().catch(() => ({}));
  if (!tabs || here !== location.search) return;
  document.querySelectorAll("[data-count]").forEach((span) => (span.textContent = tabs[span.dataset.count] ?? ""));
  document.querySelector(".top .sub").textContent = found;
  document.querySelectorAll("[data-found]").forEach((label) => {
    label.lastChild.textContent = label.lastChild.textContent.replace(label.dataset.found, found);
    label.dataset.found = found;
  });
}
count();

// Typing searches: only the list is renewed, the word stays under the cursor.
let wait, asked = 0;
document.addEventListener("input", (e) => {
  if (!e.target.matches("[data-search]")) return;
  clearTimeout(wait);
  wait = setTimeout(async () => {
    const mine = ++asked, to = e.target.form.action + "?" + new URLSearchParams(new FormData(e.target.form));
    const page = new DOMParser().parseFromString(await (await fetch(to)).text(), "text/html");
    if (mine !== asked) return;
    history.replaceState(null, "", to);
    const renew = (what) => { const now = box.querySelector(what), next = page.querySelector("[data-list] " + what); if (now && next) now.replaceWith(next); };
    const found = box.querySelector("table.list, p.empty"), next = page.querySelector("[data-list] table.list, [data-list] p.empty");
    (found.closest(".wide") ?? found).replaceWith(next.closest(".wide") ?? next);
    document.dispatchEvent(new Event("list:renewed"));
    renew("nav.tabs");
    document.querySelector(".top .sub").textContent = page.querySelector(".top .sub").textContent;
    document.querySelector("a[data-more]")?.parentNode.remove();
    const more = page.querySelector("a[data-more]")?.parentNode;
    if (more) box.after(more);
    count();
    say();
  }, 180);
});
