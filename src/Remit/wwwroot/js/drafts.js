// What is being written is kept in this browser until it is sent: after a crash or a sign-out it is there again.
import { iso, set, write } from "./days.js";
const me = document.body.dataset.person;
const days = 14, longest = 100_000, pause = 600;
// One page shows the same form for this record or that: the keys it sends unseen tell them apart.
const about = (form) => [...form.querySelectorAll("input[type=hidden]:not([name^=had_])")].filter((f) => !f.closest("tr")).map((f) => f.value).filter((v) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(v));
const key = (form) => ["draft", me, document.baseURI, location.pathname, form.getAttribute("action"), form.dataset.draft, ...about(form)].join(":");
const kept = (form) => [...form.elements].filter((f) => f.name && !["hidden", "password", "file", "submit", "button"].includes(f.type) && f.tagName !== "BUTTON");
// What the form was opened on: the version of its record, and what was chosen of many.
const opened = (form) => [...form.querySelectorAll("input[type=hidden][name=version], input[type=hidden][name^=had_]")];
const box = (f) => f.type === "checkbox" || f.type === "radio";
const said = (f) => box(f) ? f.checked : iso(f) || f.value;
// Which field it is, also when the page has other rows by now: its name, the record of its row, and its place among those alike.
const named = (form) => {
  const fields = new Map(), times = {};
  for (const f of [...kept(form), ...opened(form)]) {
    const name = [f.name, f.closest("tr")?.querySelector("[name=id]")?.value, box(f) ? f.value : ""].join("|");
    fields.set(`${name}|${times[name] = (times[name] ?? 0) + 1}`, f);
  }
  return fields;
};
const timers = new WeakMap();
let reviewed;

// Forms in which one writes: words, or many fields.
const words = "textarea:not([hidden]), input[required]:is(:not([type]), [type=text])";
const writes = (form) => form.method === "post" && form.closest("main") && !form.matches("[data-sheet], [data-passkey], .bulk")
  && !form.querySelector("[type=password]") && (form.querySelector(words) || kept(form).filter((f) => f.matches("input") && !box(f)).length >= 4);

if (me) {
  restoreAll();
  sweep();
  document.addEventListener("input", (e) => { if (e.target.form && writes(e.target.form)) later(e.target.form); });
  document.addEventListener("change", (e) => { if (e.target.form && writes(e.target.form)) later(e.target.form); });
  document.addEventListener("remit:sent", (e) => { clearTimeout(timers.get(e.target)); drop(e.target); forget(reviewed); });
  document.addEventListener("remit:shown", restoreAll);
  // A text shown for review is kept until what the review offers is taken.
  document.addEventListener("remit:reviewed", (e) => { reviewed = key(e.target); });
}

function restoreAll() {
  for (const form of document.querySelectorAll("main form")) if (writes(form)) restore(form);
}

function later(form) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), pause));
}

function save(form) {
  const text = JSON.stringify({ at: Date.now(), typed: [...named(form)].map(([name, f]) => [name, said(f)]) });
  if (text.length > longest) return;
  try { localStorage.setItem(key(form), text); } catch { return; }
  say(form, document.body.dataset.draftSaved);
}

function restore(form) {
  let draft;
  try { draft = JSON.parse(localStorage.getItem(key(form))); } catch { /* what cannot be read is no draft */ }
  if (!draft?.typed) return;
  let fields = named(form), restored = false;
  for (const [name, was] of draft.typed) {
    const f = fields.get(name);
    if (!f || said(f) === was) continue;
    // Written from an older version, it is sent as such: the server then asks where another has changed the same.
    if (f.type === "hidden") { f.value = was; continue; }
    if (box(f)) f.checked = was; else set(f, was);
    restored = true;
    // Where the last row is written in, the page adds the next.
    if (f.closest("[data-rows]")) { f.dispatchEvent(new Event("input", { bubbles: true })); fields = named(form); }
  }
  if (!restored) return drop(form);
  form.closest("details")?.setAttribute("open", "");
  const then = new Date(draft.at - new Date(draft.at).getTimezoneOffset() * 60_000);
  const time = write(then.toISOString(), "datetime-local");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: document.body.dataset.draftDrop });
  button.addEventListener("click", () => { drop(form); location.reload(); });
  say(form, `${document.body.dataset.draftRestored} ${time}. `).append(button);
}

function say(form, text) {
  const place = form.querySelector(":scope > .draft") ?? form.appendChild(Object.assign(document.createElement("small"), { className: "draft faint" }));
  place.setAttribute("role", "status");
  place.textContent = text;
  return place;
}

function drop(form) {
  forget(key(form));
  form.querySelector(":scope > .draft")?.remove();
}

function forget(name) {
  try { localStorage.removeItem(name); } catch { /* nothing kept */ }
}

function sweep() {
  try {
    for (const name of Object.keys(localStorage))
      if (name.startsWith("draft:") && Date.now() - (JSON.parse(localStorage.getItem(name))?.at ?? 0) > days * 864e5) localStorage.removeItem(name);
  } catch { /* private window */ }
}
