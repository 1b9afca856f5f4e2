// The board by mouse and by keyboard: a card put on a day of a person moves the visit there. Without this the form beside it does.
const board = document.querySelector("[data-board]");

async function move(card, cell) {
  const body = new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token, version: card.dataset.version,
    starts_at: `${cell.dataset.day}T${card.dataset.time}`, programmer: cell.dataset.programmer });
  const answer = await fetch(`visits/${card.dataset.visit}/move`, { method: "POST", body, headers: { "X-Remit": "1" } });
  if (answer.ok) return location.reload();
  const said = Object.assign(document.createElement("p"), { className: "refusal", textContent: (await answer.json().catch(() => ({}))).message ?? answer.statusText });
  said.setAttribute("role", "alert");
  board.parentElement.querySelector(".refusal")?.remove();
  board.before(said);
}

if (board) {
  let held = null;
  for (const card of board.querySelectorAll("[data-visit]")) card.draggable = true;
  board.addEventListener("dragstart", (e) => {
    held = e.target.closest?.("[data-visit]");
    if (!held) return;
    e.dataTransfer.setData("text/plain", held.dataset.visit);
    e.dataTransfer.effectAllowed = "move";
    for (const row of board.querySelectorAll("[data-knows]")) row.classList.toggle("on", row.dataset.knows.split(" ").includes(held.dataset.client));
  });
  const over = (e) => held && e.target.closest?.("td[data-day]");
  board.addEventListener("dragover", (e) => {
    const cell = over(e);
    if (!cell) return;
    e.preventDefault();
    for (const one of board.querySelectorAll(".over")) if (one !== cell) one.classList.remove("over");
    cell.classList.add("over");
  });
  board.addEventListener("drop", (e) => {
    const cell = over(e);
    if (!cell) return;
    e.preventDefault();
    move(held, cell);
  });
  board.addEventListener("dragend", () => {
    held = null;
    clear();
  });
  byKeys();
  // Where the week does not fit, today stands first.
  const week = board.querySelector(".board-scroll"), today = week?.querySelector("th.today");
  if (today) week.scrollLeft = today.offsetLeft - week.querySelector("th").offsetWidth;
}

function clear() {
  for (const one of board.querySelectorAll(".over, .on")) one.classList.remove("over", "on");
}

// M takes the card that has the focus, arrows choose a cell, Enter puts it there, Escape lets go.
function byKeys() {
  const rows = [...board.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td[data-day]")]).filter((row) => row.length);
  const says = Object.assign(document.createElement("p"), { className: "board-says" });
  says.setAttribute("role", "status");
  board.before(says);
  let taken = null, at = [0, 0];
  const aim = () => {
    for (const one of board.querySelectorAll(".over")) one.classList.remove("over");
    const cell = rows[at[0]][at[1]];
    cell.classList.add("over");
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    says.textContent = board.dataset.to.replace("{cell}", cell.dataset.name);
  };
  const letGo = () => { taken = null; says.textContent = ""; clear(); };
  const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  board.addEventListener("keydown", (e) => {
    const card = e.target.closest?.("[data-visit]");
    if (!taken && card === e.target && e.code === "KeyM" && rows.length && !e.ctrlKey && !e.metaKey) {
      taken = card;
      const from = card.closest("td[data-day]");
      at = [Math.max(0, rows.findIndex((row) => row.includes(from))), 0];
      // Who has nobody to go yet begins on its own day.
      at[1] = Math.max(0, from ? rows[at[0]].indexOf(from) : rows[at[0]].findIndex((cell) => cell.dataset.day === card.dataset.on));
      for (const row of board.querySelectorAll("[data-knows]")) row.classList.toggle("on", row.dataset.knows.split(" ").includes(card.dataset.client));
      aim();
    } else if (taken && step[e.key]) {
      at = [Math.min(rows.length - 1, Math.max(0, at[0] + step[e.key][0])), Math.min(rows[0].length - 1, Math.max(0, at[1] + step[e.key][1]))];
      aim();
    } else if (taken && e.key === "Enter") {
      const cell = rows[at[0]][at[1]], one = taken;
      letGo();
      move(one, cell);
    } else if (taken && e.key === "Escape") letGo();
    else return;
    e.preventDefault();
    e.stopPropagation();
  });
}
