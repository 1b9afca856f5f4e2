// The records of the list one came from, one after the other: Ctrl with ← or →, or the two arrows in the head of a record.
const kept = "walk:" + document.baseURI;
const here = () => location.pathname.slice(new URL(document.baseURI).pathname.length);

function keep() {
  const links = [...document.querySelectorAll("table.list a[data-peek]")].map((a) => a.getAttribute("href"));
  if (!links.length) return;
  try { sessionStorage.setItem(kept, JSON.stringify({ links, from: here() + location.search })); } catch { /* a private window keeps nothing */ }
}
// The list may have grown or been narrowed since it was loaded.
if (document.querySelector("[data-list]")) addEventListener("pagehide", keep);

function near() {
  try {
    const { links, from } = JSON.parse(sessionStorage.getItem(kept)) ?? {}, at = links?.indexOf(here()) ?? -1;
    return at < 0 ? null : { back: links[at - 1], next: links[at + 1], at, all: links.length, from };
  } catch { return null; }
}

const now = document.querySelector("[data-list]") ? null : near();
if (now && now.all > 1) {
  const bar = document.createElement("span"), head = document.querySelector("main .top h1");
  bar.className = "walk";
  for (const [sign, to, key] of [["‹", now.back, "←"], ["›", now.next, "→"]]) {
    const a = document.createElement(to ? "a" : "span");
    a.textContent = sign;
    if (to) { a.href = to; a.title = "Ctrl " + key; a.setAttribute("aria-label", "Ctrl " + key); a.dataset.walk = key; }
    bar.append(a);
  }
  const count = document.createElement("a");
  count.className = "faint";
  count.href = now.from;
  count.textContent = `${now.at + 1} / ${now.all}`;
  bar.firstChild.after(count);
  head?.after(bar);
}
document.addEventListener("keydown", (e) => {
  const key = { ArrowLeft: "←", ArrowRight: "→" }[e.key];
  if (!key || !(e.ctrlKey || e.metaKey) || e.altKey || e.shiftKey || e.target.closest("input, textarea, select, .grip")) return;
  const link = document.querySelector(`[data-walk="${key}"]`);
  if (link) { e.preventDefault(); link.click(); }
});
