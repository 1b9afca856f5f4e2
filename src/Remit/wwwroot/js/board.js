// The board by mouse: a card dropped on a day of a person moves the visit there. Without this the form beside it does.
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
    for (const one of board.querySelectorAll(".over, .on")) one.classList.remove("over", "on");
  });
}
