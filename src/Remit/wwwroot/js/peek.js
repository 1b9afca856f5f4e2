// A row opens beside the list; Ctrl with a click, or a narrow window, opens the whole page. Arrows walk the records.
import { adopt } from "./toast.js";
let panel, row;
const kept = "peek:" + document.baseURI;
const wide = matchMedia("(min-width: 1000px)");

document.addEventListener("click", (e) => {
  const link = e.target.closest("a[data-peek]");
  if (!link || e.ctrlKey || e.metaKey || e.shiftKey || !wide.matches) return;
  e.preventDefault();
  show(link);
});

async function show(link) {
  const answer = await fetch(link.href);
  if (!answer.ok) return location.assign(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const left of document.querySelectorAll("tr.here")) left.classList.remove("here");
  row = link.closest("tr");
  row?.classList.add("here");
  if (!panel) {
    panel = document.createElement("aside");
    panel.className = "peek";
    panel.tabIndex = -1;
    document.querySelector("main").append(panel);
    try { panel.style.width = localStorage.getItem(kept) ?? ""; } catch { /* its own width then */ }
    document.body.classList.add("peeking");
  }
  const head = document.createElement("header"), title = document.createElement("h2"), whole = document.createElement("a"), shut = document.createElement("button");
  title.textContent = page.querySelector(".top h1").textContent;
  whole.href = link.href;
  whole.textContent = "⤢";
  whole.className = "btn";
  whole.title = title.textContent;
  whole.setAttribute("aria-label", title.textContent);
  shut.textContent = "×";
  shut.type = "button";
  shut.setAttribute("aria-label", "Esc");
  shut.addEventListener("click", close);
  const buttons = [...page.querySelectorAll(".top > .head-acts > *")].map((b) => document.adoptNode(b));
  head.append(title, ...buttons, whole, shut);
  panel.setAttribute("aria-label", title.textContent);
  panel.replaceChildren(edge(), head, document.adoptNode(page.querySelector("main .body")));
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
  adopt(page.querySelector(".toast"));
}

// What was done in the panel shows in it and in the row; the list stays where it was.
document.addEventListener("remit:gone", async (e) => {
  const link = row?.querySelector("a[data-peek]");
  if (!link || !panel?.contains(e.target) || e.detail.pathname !== new URL(link.href).pathname) return;
  e.preventDefault();
  const top = panel.scrollTop;
  await show(link);
  panel.scrollTop = top;
  const list = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const now = list.querySelector(`tr[data-id="${row.dataset.id}"]`);
  if (!now) return;
  now.classList.add("here");
  row.replaceWith(now);
  row = now;
});

// Its left edge is drawn; the width is kept in this browser.
function edge() {
  const edge = document.createElement("span");
  edge.className = "edge";
  edge.addEventListener("pointerdown", (e) => {
    e.preventDefault();
    edge.setPointerCapture(e.pointerId);
    const move = (m) => (panel.style.width = Math.min(innerWidth - 260, Math.max(380, innerWidth - m.clientX)) + "px");
    edge.addEventListener("pointermove", move);
    edge.addEventListener("pointerup", () => {
      edge.removeEventListener("pointermove", move);
      try { localStorage.setItem(kept, panel.style.width); } catch { /* not kept */ }
    }, { once: true });
  });
  return edge;
}

function close() {
  panel?.remove();
  panel = null;
  document.body.classList.remove("peeking");
  row?.querySelector("a[data-peek]")?.focus();
}

document.addEventListener("keydown", (e) => {
  if (!panel || e.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
  if (e.key === "Escape") { close(); e.preventDefault(); }
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling", KeyJ: "nextElementSibling", KeyK: "previousElementSibling" }[e.key.startsWith("Arrow") ? e.key : e.ctrlKey || e.metaKey ? "" : e.code];
  const to = step && row?.[step]?.querySelector("a[data-peek]");
  if (to) { e.preventDefault(); e.stopPropagation(); show(to); to.scrollIntoView({ block: "nearest" }); }
}, true);
