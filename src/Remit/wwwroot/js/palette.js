// Ctrl K: go anywhere, make anything, do what this page can; by a few letters, in whichever layout they were typed.
const dialog = document.getElementById("palette");
const input = dialog?.querySelector("input");
const list = dialog?.querySelector("ul");
const fixed = list ? [...list.children] : [];
const place = "recent:" + document.baseURI + (document.body.dataset.person ?? "");
let at = 0, asked = 0;

const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", cyrillic = "йцукенгшщзхъфывапролджэячсмитьбюё";
const swap = (from, to) => (text) => [...text].map((c) => to[from.indexOf(c)] ?? c).join("");
const layouts = [(t) => t, swap(latin, cyrillic), swap(cyrillic, latin)];
const plain = { ё: "е", ı: "i", ə: "e", ö: "o", ü: "u", ğ: "g", ş: "s", ç: "c" };
const fold = (text) => text.toLowerCase().replaceAll("\u0307", "").replace(/[ёıəöüğşç]/g, (letter) => plain[letter]);

// Letters in their order; at the beginning of a word they weigh more, in one piece most.
function score(text, q) {
  const whole = text.indexOf(q);
  if (whole >= 0) return 1000 - whole + (whole === 0 || /[\s·:«"]/.test(text[whole - 1]) ? 500 : 0);
  let from = 0, points = 0;
  for (const letter of q) {
    const found = text.indexOf(letter, from);
    if (found < 0) return -1;
    points += found === 0 || text[found - 1] === " " ? 10 : found === from ? 4 : 0;
    from = found + 1;
  }
  return points;
}
const best = (text, q) => Math.max(...layouts.map((l) => score(fold(text), fold(l(q)))));

const links = () => [...list.querySelectorAll("li:not([hidden]) :is(a, button)")];
const mark = () => links().forEach((a, i) => { a.classList.toggle("here", i === at); if (i === at) { a.id = "palette-here"; input.setAttribute("aria-activedescendant", a.id); } else a.removeAttribute("id"); });

function item(text, kind, look) {
  const li = document.createElement("li"), a = document.createElement(look.href === undefined ? "button" : "a"), word = document.createElement("span");
  li.className = look.from;
  if (look.href !== undefined) a.href = look.href; else { a.type = "button"; a.className = "link"; a.addEventListener("click", () => { dialog.close(); look.press(); }); }
  a.textContent = text;
  word.textContent = kind;
  word.className = "faint";
  a.append(word);
  li.append(a);
  return li;
}

// What this page offers: its buttons, and the tabs of its list.
function offered() {
  const said = dialog.dataset, all = [];
  for (const it of document.querySelectorAll("main .head-acts > :is(a, button).btn, main .head-acts > form button, .peek header > :is(a, button).btn, .peek header form button, main .composer summary")) {
    const text = (it.getAttribute("aria-label") ?? it.textContent).trim();
    if (text.length > 1) all.push(item(text, said.here, { from: "page", press: () => it.click() }));
  }
  for (const it of document.querySelectorAll("main [data-list] .tabs a[href]:not([data-pop])")) all.push(item(it.firstChild.textContent.trim(), said.view, { from: "page", href: it.getAttribute("href") }));
  return all;
}

function recent() {
  try { return JSON.parse(localStorage.getItem(place)) ?? []; } catch { return []; }
}

export function open() {
  if (!dialog || dialog.open) return;
  list.querySelectorAll("li.page, li.recent").forEach((li) => li.remove());
  list.prepend(...recent().map(([path, title]) => item(title, dialog.dataset.recent, { from: "recent", href: path })), ...offered());
  dialog.showModal();
  input.value = "";
  filter();
}

function filter() {
  const q = input.value.trim();
  list.querySelectorAll("li.found").forEach((li) => li.remove());
  const all = [...list.children].map((li) => [li, q ? best(li.textContent, q) : 0]);
  for (const [li, points] of all) li.hidden = points < 0 || (!q && li.classList.contains("more"));
  if (q) list.append(...all.sort((a, b) => b[1] - a[1]).map(([li]) => li));
  else list.append(...list.querySelectorAll("li.recent"), ...list.querySelectorAll("li.page"), ...fixed);
  at = 0;
  mark();
  if (q.length > 1) records(q);
  else nothing();
}

// Words that lead nowhere are answered too.
function nothing() {
  if (links().length || list.querySelector("li.none")) return;
  list.append(Object.assign(document.createElement("li"), { className: "found none muted", textContent: dialog.dataset.none }));
}

async function records(q) {
  const mine = ++asked;
  for (const layout of layouts) {
    const answer = await fetch("search?q=" + encodeURIComponent(layout(q)), { headers: { Accept: "application/json" } });
    if (!answer.ok || mine !== asked) return;
    const hits = await answer.json();
    if (!hits.length) continue;
    const known = new Set([...list.querySelectorAll("li:not([hidden]) a")].map((a) => a.getAttribute("href")));
    const found = hits.filter((h) => !known.has(h.path)).map((hit) => item(hit.title, hit.kind, { from: "found", href: hit.path }));
    // A page or an act that begins like this stays first; what only happens to have the letters goes below the records.
    const after = [...list.querySelectorAll("li:not([hidden])")].filter((li) => best(li.textContent, q) >= 1000).at(-1);
    after ? after.after(...found) : list.prepend(...found);
    break;
  }
  mark();
  nothing();
}

// What was opened lately comes first; it stays in this browser until its person signs out.
const path = location.pathname.slice(new URL(document.baseURI).pathname.length), title = document.querySelector("main .top h1")?.textContent.trim();
if (dialog && title && /\/[0-9a-f-]{36}$/.test(path)) {
  try { localStorage.setItem(place, JSON.stringify([[path, title], ...recent().filter(([p]) => p !== path)].slice(0, 7))); } catch { /* nothing is kept in a private window */ }
}
document.addEventListener("submit", (e) => {
  if (!e.target.action.endsWith("/sign-out")) return;
  try { Object.keys(localStorage).filter((k) => k.startsWith("recent:")).forEach((k) => localStorage.removeItem(k)); } catch { /* the same */ }
}, true);

input?.addEventListener("input", filter);
input?.addEventListener("keydown", (e) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (step) { at = Math.max(0, Math.min(links().length - 1, at + step)); mark(); links()[at]?.scrollIntoView({ block: "nearest" }); e.preventDefault(); }
  if (e.key === "Enter") { e.preventDefault(); links()[at]?.click(); }
  // A search field would only empty itself.
  if (e.key === "Escape") { e.preventDefault(); dialog.close(); }
});
dialog?.addEventListener("click", (e) => { if (e.target === dialog || e.target.closest("a[href]")) dialog.close(); });
document.addEventListener("click", (e) => { if (e.target.closest("[data-palette]")) { e.preventDefault(); open(); } });
