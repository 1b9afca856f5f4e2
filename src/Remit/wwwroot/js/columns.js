// Columns: an edge is drawn to make one wider, with the mouse or with arrows; the first ones stay in sight when the list is moved sideways.
const box = document.querySelector("[data-list]");
const least = 48;

function set(table) {
  const heads = [...table.tHead.rows[0].cells];
  for (const head of heads) if (head.dataset.column && !head.querySelector(".grip")) head.append(grip(head));
  if (heads.some((h) => h.dataset.width)) fix(table, heads);
  freeze(table, heads);
}

// Once one column has a width of its own, all have: else the others would give and take.
function fix(table, heads) {
  const widths = heads.map((h) => Number(h.dataset.width) || h.offsetWidth);
  heads.forEach((h, i) => (h.style.width = widths[i] + "px"));
  table.classList.add("sized");
  table.style.width = Math.max(widths.reduce((a, b) => a + b, 0), table.parentElement.clientWidth) + "px";
}

function freeze(table, heads) {
  const kept = Number(table.dataset.frozen) || 0;
  if (!kept || !matchMedia("(min-width: 701px)").matches) return;
  const ticks = heads[0].classList.contains("tick") ? 1 : 0;
  let left = 0;
  for (let i = 0; i < Math.min(kept + ticks, heads.length - 1); i++) {
    for (const row of table.rows) Object.assign(row.cells[i].style, { left: left + "px" }), row.cells[i].classList.add("kept");
    left += heads[i].offsetWidth;
  }
}

function grip(head) {
  const edge = document.createElement("span");
  edge.className = "grip";
  edge.tabIndex = 0;
  edge.setAttribute("role", "separator");
  edge.setAttribute("aria-orientation", "vertical");
  edge.setAttribute("aria-valuenow", head.offsetWidth);
  edge.setAttribute("aria-label", `${head.textContent.trim()}: ${box.dataset.width}`);
  edge.title = box.dataset.width;
  return edge;
}

function resize(head, width) {
  const table = head.closest("table");
  head.dataset.width = Math.round(Math.max(least, width));
  fix(table, [...table.tHead.rows[0].cells]);
  freeze(table, [...table.tHead.rows[0].cells]);
  head.querySelector(".grip").setAttribute("aria-valuenow", head.dataset.width);
}

function keep(head, width) {
  const body = new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token, column: head.dataset.column, width });
  return fetch(box.dataset.list + "/columns/width", { method: "POST", body, headers: { "X-Remit": "1" } });
}

if (box) {
  const table = () => box.querySelector("table.list");
  if (table()) set(table());
  document.addEventListener("list:renewed", () => table() && set(table()));

  document.addEventListener("pointerdown", (e) => {
    const edge = e.target.closest(".grip"), head = edge?.closest("th");
    if (!head) return;
    e.preventDefault();
    const from = e.clientX, width = head.offsetWidth;
    edge.setPointerCapture(e.pointerId);
    const move = (m) => resize(head, width + m.clientX - from);
    edge.addEventListener("pointermove", move);
    edge.addEventListener("pointerup", (u) => {
      edge.removeEventListener("pointermove", move);
      if (u.clientX !== from) keep(head, head.dataset.width);
    }, { once: true });
  });
  document.addEventListener("dblclick", async (e) => {
    const head = e.target.closest(".grip")?.closest("th");
    if (!head) return;
    await keep(head, "");
    location.reload();
  });
  let wait;
  document.addEventListener("keydown", (e) => {
    const head = e.target.closest?.(".grip")?.closest("th"), step = { ArrowLeft: -16, ArrowRight: 16 }[e.key];
    if (!head || !step) return;
    e.preventDefault();
    resize(head, head.offsetWidth + step);
    clearTimeout(wait);
    wait = setTimeout(() => keep(head, head.dataset.width), 400);
  });
}
