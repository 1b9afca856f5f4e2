// Another language at once: the same page is fetched in it and only its words are changed, so nothing that was typed is lost.
const words = ["title", "aria-label", "placeholder", "label", "alt", "data-label", "data-width", "data-word", "data-here", "data-view", "data-recent", "data-months", "data-weekdays", "data-near", "data-day-form", "data-day-wrong", "data-file", "data-files"];

document.addEventListener("submit", async (e) => {
  if (!e.target.matches("form.langs") || !e.submitter) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  const body = new URLSearchParams(new FormData(e.target, e.submitter));
  const set = await fetch(e.target.action, { method: "POST", body, headers: { "X-Remit": "1" } });
  const answer = set.ok ? await fetch(location.href) : null;
  if (!answer?.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  speak(document.body, page.body);
  document.dispatchEvent(new Event("language"));
}, true);

// Both trees come from one page, so they are alike but for what scripts have added here: that is stepped over.
function speak(now, next) {
  for (const name of words) if (next.hasAttribute(name)) now.setAttribute(name, next.getAttribute(name));
  if (next.hasAttribute("aria-current")) now.setAttribute("aria-current", next.getAttribute("aria-current"));
  else if (now.matches(".langs button")) now.removeAttribute("aria-current");
  if (now.matches("textarea, [data-count], [data-badge], tr.here input")) return;
  const mine = [...now.childNodes].filter((n) => n.nodeType === 3 ? n.data.trim() : n.nodeType === 1);
  let at = 0;
  for (const other of [...next.childNodes].filter((n) => n.nodeType === 3 ? n.data.trim() : n.nodeType === 1)) {
    const found = mine.findIndex((n, i) => i >= at && n.nodeName === other.nodeName && (n.nodeType === 3 || n.id === other.id));
    if (found < 0) continue;
    at = found + 1;
    if (other.nodeType === 3) mine[found].data = other.data;
    else speak(mine[found], other);
  }
}
