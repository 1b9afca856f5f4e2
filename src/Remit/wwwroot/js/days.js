// A day is written and read as the page's language has it, whatever the browser speaks: «05.12.2026», «5.12», «завтра»,
// «пт», «+3». Sent is what the native field would send: its own form stays, and so do its name and its rules.
import { close, open, shown } from "./month.js";
const two = (n) => String(n).padStart(2, "0"), texts = (name) => (document.body.dataset[name] ?? "").split("|");
export let months, weekdays;
let lang, soon;
const speak = () => { [lang, months, weekdays, soon] = [document.documentElement.lang, texts("months"), texts("weekdays"), texts("near")]; };
speak();
const kinds = { date: 10, month: 7, "datetime-local": 16 };

const today = () => { const now = new Date(); return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())); };
const plus = (day, n) => new Date(day.getTime() + n * 864e5);
export const text = (day) => day.toISOString().slice(0, 10);
export const day = (iso) => iso ? new Date(iso.slice(0, 10).padEnd(10, "-01") + "T00:00Z") : today();

/** What was typed as the server reads it: 2026-12-05, with a time or as a month; null where it is none. */
export function read(typed, kind) {
  const said = typed.trim().toLowerCase();
  const [, rest, hour, minute] = kind === "datetime-local" ? said.match(/^(.*?)[ t,]+(\d{1,2})[:.](\d{2})(?::\d\d)?$/) ?? [0, said] : [0, said];
  const found = kind === "month" ? monthOf(rest) ?? dayOf(rest) : dayOf(rest);
  if (!found || isNaN(found) || hour > 23 || minute > 59 || (kind === "datetime-local" && hour === undefined)) return null;
  return text(found).slice(0, kinds[kind === "month" ? kind : "date"]) + (hour === undefined ? "" : `T${two(hour)}:${minute}`);
}

const made = (y, m, d) => { const at = new Date(Date.UTC(y, m - 1, d)); return at.getUTCMonth() === m - 1 ? at : null; };
const year = (y) => y === undefined ? undefined : +y + (y.length < 3 ? 2000 : 0);
// «дек», «декабрь» and «декабря» alike.
function monthNamed(word) {
  const names = months.map((n) => n.toLowerCase()), bare = word.replace(".", ""), begun = names.findIndex((n) => n.startsWith(bare));
  return 1 + (begun < 0 ? names.findIndex((n) => bare.startsWith(n.slice(0, -1))) : begun);
}

function monthOf(said) {
  const now = today(), [, m, y] = said.match(/^(\d{1,2}|\p{L}{3,}\.?)(?:[ ./-]+(\d{4}|\d\d))?$/u) ?? [], [, year4, m2] = said.match(/^(\d{4})-(\d\d)$/) ?? [];
  return year4 ? made(+year4, +m2, 1) : m ? made(year(y) ?? now.getUTCFullYear(), /\d/.test(m) ? +m : monthNamed(m), 1) : null;
}

function dayOf(said) {
  const now = today(), [, sign, count] = said.match(/^([+−-])(\d{1,3})$/) ?? [];
  if (count) return plus(now, (sign === "+" ? 1 : -1) * count);
  const [, y4, m2, d2] = said.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/) ?? [];
  if (y4) return made(+y4, +m2, +d2);
  const [, d, m, y] = said.match(/^(\d{1,2})[ ./-]+(\d{1,2}|\p{L}{3,})\.?(?:[ ./-]+(\d{4}|\d\d))?\.?$/u) ?? [];
  if (d) {
    const which = /\d/.test(m) ? +m : monthNamed(m), near = made(year(y) ?? now.getUTCFullYear(), which, +d);
    // Without a year the nearest is meant: «5.01» said in December is next year's.
    return y === undefined && near && near < plus(now, -183) ? made(now.getUTCFullYear() + 1, which, +d) : near;
  }
  if (soon.includes(said)) return plus(now, soon.indexOf(said));
  const weekday = weekdays.findIndex((w) => w.toLowerCase().replaceAll(".", "") === said.replaceAll(".", ""));
  return weekday < 0 ? null : plus(now, (weekday - now.getUTCDay() + 6) % 7 + 1);
}

/** What the server sends as people of the page's language write it. */
export function write(iso, kind) {
  if (!iso) return "";
  const [y, m, d] = iso.slice(0, 10).split("-");
  if (kind === "month") return `${months[m - 1]} ${y}`;
  return (lang === "en" ? `${+d} ${months[m - 1].slice(0, 3)} ${y}` : `${d}.${m}.${y}`) + (kind === "date" ? "" : " " + iso.slice(11, 16));
}

export const iso = (field) => field.dataset.day ? read(field.value, field.dataset.day) ?? "" : field.value;
export function set(field, value) {
  // A field that is no day of ours, or a text that is none, stays as it is.
  field.value = field.dataset.day && /^\d{4}-/.test(value) ? write(value, field.dataset.day) : value;
  if (field.dataset.day) heed(field);
}

function heed(field) {
  const found = read(field.value, field.dataset.day), far = found && ((field.dataset.min && found < field.dataset.min) || (field.dataset.max && found > field.dataset.max));
  field.setCustomValidity(field.value.trim() && (!found || far) ? document.body.dataset.dayWrong : "");
  if (found) field.value = write(found, field.dataset.day);
}

function take(field) {
  const kind = field.type;
  Object.assign(field.dataset, { day: kind, min: field.min, max: field.max });
  const was = field.value;
  field.type = "text";
  field.autocomplete = "off";
  field.size = kinds[kind];
  show(field, was);
}

function show(field, value) {
  if (field.dataset.day === "date") field.placeholder = document.body.dataset.dayForm;
  field.defaultValue = write(value, field.dataset.day);
  field.value = field.defaultValue;
}

// A finger has the wheel of its phone, which is better than anything of ours.
if (matchMedia("(pointer: fine)").matches) {
  const all = () => document.querySelectorAll("input[type=date], input[type=month], input[type=datetime-local]").forEach(take);
  all();
  new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
  const field = (e) => e.target.closest?.("input[data-day]");
  document.addEventListener("change", (e) => { if (field(e)) heed(e.target); }, true);
  document.addEventListener("input", (e) => { if (field(e)) e.target.setCustomValidity(""); }, true);
  document.addEventListener("click", (e) => { if (field(e)) open(e.target); });
  document.addEventListener("focusout", (e) => { if (field(e)) close(); });
  document.addEventListener("keydown", (e) => {
    const at = field(e), step = { ArrowDown: 1, ArrowUp: -1, PageDown: 30, PageUp: -30 }[e.key];
    if (!at || e.ctrlKey || e.metaKey) return;
    if (e.key === "Escape" && shown()) { close(); e.stopPropagation(); e.preventDefault(); }
    if (!step) return;
    e.preventDefault();
    e.stopPropagation();
    open(at, step);
  }, true);
  // Read by the words it was written in, before the page speaks others.
  document.addEventListener("language", () => {
    const kept = [...document.querySelectorAll("input[data-day]")].map((f) => [f, iso(f)]);
    speak();
    for (const [f, value] of kept) if (value || !f.value.trim()) show(f, value);
  });
  document.addEventListener("formdata", (e) => {
    const days = [...e.target.elements].filter((f) => f.dataset.day && f.name && !f.disabled);
    for (const f of days) e.formData.delete(f.name);
    for (const f of days) e.formData.append(f.name, read(f.value, f.dataset.day) ?? f.value);
  });
}
