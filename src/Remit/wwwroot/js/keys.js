// The keys of a page. Letters are meant by their place on the keyboard, so that they work on a Cyrillic layout too.
import { open as find } from "./palette.js";
import { open as create } from "./create.js";
let jump = 0;

const typing = (e) => e.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("table.list tbody tr, .walked > .row, .walked > details[open] > .row:not(summary)")];
const go = (selector) => document.querySelector(selector)?.click();

/** The Latin letter of a key: what it types, or what it would on a Latin layout. */
export const letter = (e) => (/^[a-z]$/i.test(e.key) ? e.key : /^Key[A-Z]$/.test(e.code) ? e.code[3] : "").toLowerCase();

function walk(step) {
  const all = rows(), now = all.findIndex((r) => r.classList.contains("here"));
  all[now]?.classList.remove("here");
  const next = all[Math.max(0, Math.min(all.length - 1, now + step))];
  next?.classList.add("here");
  next?.scrollIntoView({ block: "nearest" });
}

// A page that comes anew after an act stands on the row one stood on, or on what has taken its place.
const place = "here:" + location.pathname;
addEventListener("pagehide", () => {
  const at = rows().findIndex((r) => r.classList.contains("here"));
  try { at < 0 ? sessionStorage.removeItem(place) : sessionStorage.setItem(place, `${at} ${Date.now()}`); } catch { /* a private window keeps nothing */ }
});
try {
  const [at, when] = (sessionStorage.getItem(place) ?? "").split(" ").map(Number), all = rows();
  if (when > Date.now() - 5000 && all.length) { all[Math.min(at, all.length - 1)].classList.add("here"); }
} catch { /* the same */ }

// Only the keys that do something here are shown.
function help() {
  const dialog = document.getElementById("keys"), own = dialog.querySelector("[data-own]");
  for (const row of dialog.querySelectorAll("[data-for]")) row.hidden = !document.querySelector(row.dataset.for);
  own.replaceChildren();
  for (const it of document.querySelectorAll("main [data-key], .peek [data-key]")) {
    const row = document.createElement("div"), key = document.createElement("kbd"), dt = document.createElement("dt"), dd = document.createElement("dd");
    key.textContent = it.dataset.key.toUpperCase();
    dd.textContent = it.getAttribute("aria-label") ?? it.textContent.trim();
    dt.append(key);
    row.append(dt, dd);
    own.append(row);
  }
  dialog.showModal();
}

// Esc leaves a form as its «Cancel» does, unless something was typed in it.
function cancel() {
  const link = document.querySelector("main a[data-cancel]"), form = link?.closest("form");
  if (!link || document.querySelector("dialog[open], .pop, .peek")) return;
  const typed = form && [...form.elements].some((f) => (f.type === "checkbox" || f.type === "radio" ? f.checked !== f.defaultChecked : f.tagName === "SELECT" ? false : f.type !== "hidden" && "defaultValue" in f && f.value !== f.defaultValue));
  if (!typed) link.click();
}

function search() {
  const field = document.querySelector("main [data-search], main input[type=search]");
  field ? (field.focus(), field.select()) : find();
}

function withControl(e) {
  const key = letter(e);
  if (key === "k") find();
  else if (e.key === "Enter" && e.target.closest("form")) e.target.closest("form").requestSubmit();
  else if (e.code === "Space") document.querySelector("main .top a[href$='/edit'], [data-create]") ? go("main .top a[href$='/edit'], [data-create]") : create();
  else if (e.code === "Slash" || e.key === "/") search();
  else return;
  e.preventDefault();
}

function plain(e) {
  const key = letter(e);
  if (e.key === "?" || (e.shiftKey && e.code === "Slash")) return help();
  if (e.shiftKey) return;
  if (jump > Date.now() && key) { jump = 0; e.preventDefault(); return go(`[data-jump="${CSS.escape(key)}"]`); }
  if (e.key === "ArrowDown" && rows().length) { walk(1); e.preventDefault(); }
  else if (e.key === "ArrowUp" && rows().length) { walk(-1); e.preventDefault(); }
  else if (e.key === "Enter" && !e.target.closest("a, button, summary")) go("table.list tr.here a, .row.here a, a.row.here");
  else if (e.key === "F2") document.querySelector("tr.here td[data-edit]")?.dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  else if (e.key === "Escape") cancel();
  else if (e.code === "Slash") { e.preventDefault(); search(); }
  else if (e.code === "BracketLeft" || e.key === "[") go("[data-fold]");
  else if (key === "g") jump = Date.now() + 2000;
  else if (key && document.querySelector(`[data-key="${key}"]`)) { e.preventDefault(); go(`[data-key="${key}"]`); }
  else if (key === "c") { e.preventDefault(); create(); }
  else if (key === "j") walk(1);
  else if (key === "k") walk(-1);
}

document.addEventListener("keydown", (e) => {
  if (e.defaultPrevented || e.isComposing) return;
  if ((e.ctrlKey || e.metaKey) && !e.altKey) return withControl(e);
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  // A cell one stands in has these keys for itself.
  if (e.target.matches("td[data-edit]") && /^(Enter|F2|Arrow)/.test(e.key)) return;
  if (typing(e)) { if (e.key === "Escape" && !document.querySelector("dialog[open], .pop")) e.target.blur(); return; }
  if (!document.querySelector("dialog[open]")) plain(e);
});
document.addEventListener("click", (e) => { if (e.target.closest("[data-help]")) help(); });
