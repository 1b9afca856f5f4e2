// Numbers beside the menu: what the last page knew at once, then what is true now.
const places = document.querySelectorAll("[data-badge]");
const kept = "badges:" + document.baseURI;

function show(counts) {
  for (const place of places) {
    const n = counts[place.dataset.badge] ?? 0;
    place.textContent = n > 99 ? "99+" : n;
    place.hidden = n === 0;
  }
}

/** Asks for the numbers of this moment. */
export function refresh() {
  fetch("badges").then((a) => (a.ok ? a.json() : null)).then((counts) => {
    if (!counts) return;
    show(counts);
    try { sessionStorage.setItem(kept, JSON.stringify(counts)); } catch { /* the same */ }
  }).catch(() => {});
}

if (places.length) {
  try { show(JSON.parse(sessionStorage.getItem(kept)) ?? {}); } catch { /* private window: nothing kept */ }
  refresh();
}
