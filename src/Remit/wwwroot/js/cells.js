// A cell is changed where it stands: double click, or F2 or Enter on it. Tab goes on, Enter goes down, Esc takes back; what is
// copied from a spreadsheet fills as many rows and columns as it has.
import { toast } from "./toast.js";

const below = (cell, step) => {
  const column = [...document.querySelectorAll(`td[data-edit="${cell.dataset.edit}"]`)];
  return column[column.indexOf(cell) + step];
};
const next = (cell, step) => {
  const all = [...document.querySelectorAll("td[data-edit]")];
  return all[all.indexOf(cell) + step];
};

document.addEventListener("dblclick", (e) => {
  const cell = e.target.closest("td[data-edit]");
  if (cell) edit(cell);
});
document.addEventListener("keydown", (e) => {
  const cell = e.target.closest("td[data-edit]");
  if (!cell || e.target.closest("input, select")) return;
  const to = e.target !== cell || e.ctrlKey || e.altKey ? null : { ArrowDown: () => below(cell, 1), ArrowUp: () => below(cell, -1), ArrowRight: () => next(cell, 1), ArrowLeft: () => next(cell, -1) }[e.key]?.();
  if (to) { e.preventDefault(); e.stopPropagation(); to.focus(); }
  if (e.key === "F2" || (e.key === "Enter" && e.target === cell)) { e.preventDefault(); edit(cell); }
});

async function edit(cell) {
  if (cell.querySelector("[data-cell]")) return;
  const shown = [...cell.childNodes];
  const input = cell.dataset.choices === undefined ? document.createElement("input") : await choices(cell);
  input.dataset.cell = "";
  input.value = cell.dataset.was;
  input.setAttribute("aria-label", cell.dataset.label);
  cell.replaceChildren(input);
  input.focus();
  input.select?.();
  let done = false;
  const back = () => { done = true; cell.replaceChildren(...shown); };
  input.addEventListener("keydown", async (e) => {
    e.stopPropagation();
    if (e.key === "Escape") { back(); cell.focus(); }
    if (e.key !== "Enter" && e.key !== "Tab") return;
    e.preventDefault();
    const to = e.key === "Tab" ? next(cell, e.shiftKey ? -1 : 1) : below(cell, e.shiftKey ? -1 : 1);
    done = true;
    const saved = await save([cell], [input.value], shown, input);
    if (saved) to ? edit(to) : cell.focus();
    // What another has written meanwhile is written over by the key alone, not by going elsewhere.
    else done = saved === null;
  });
  input.addEventListener("paste", async (e) => {
    const rows = e.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map((r) => r.split("\t"));
    if (rows.length < 2 && rows[0].length < 2) return;
    e.preventDefault();
    done = true;
    const [cells, values] = filled(cell, rows);
    await save(cells, values, shown, input);
  });
  input.addEventListener("blur", () => { if (!done) { done = true; save([cell], [input.value], shown, input); } });
}

// From this cell to the right and down; what falls on a cell that cannot be changed is left out.
function filled(cell, rows) {
  const cells = [], values = [], first = cell.closest("tr"), from = cell.cellIndex;
  let row = first;
  for (const texts of rows) {
    texts.forEach((text, i) => { const to = row?.cells[from + i]; if (to?.dataset.edit) { cells.push(to); values.push(text); } });
    row = row?.nextElementSibling;
  }
  return [cells, values];
}

async function choices(cell) {
  const select = document.createElement("select");
  const list = cell.closest("[data-list]").dataset.list;
  for (const { value, text } of await (await fetch(`${list}/cells/${cell.dataset.edit}`)).json()) select.append(new Option(text, value));
  return select;
}

async function save(cells, values, shown, input) {
  if (cells.length === 1 && values[0] === cells[0].dataset.was) { cells[0].replaceChildren(...shown); return true; }
  const body = new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token });
  cells.forEach((cell, i) => {
    body.append("column", cell.dataset.edit);
    body.append("id", cell.closest("tr").dataset.id);
    body.append("value", values[i]);
    body.append("was", cell.dataset.was);
  });
  const answer = await fetch(cells[0].closest("[data-list]").dataset.list + "/cells", { method: "POST", body, headers: { "X-Remit": "1" } });
  const said = await answer.json().catch(() => ({ message: answer.statusText }));
  if (!answer.ok) {
    toast(said.message, null, "bad");
    if (said.now !== undefined) cells[said.at].dataset.was = said.now;
    input.isConnected ? input.focus() : edit(cells[0]);
    return said.now === undefined ? false : null;
  }
  cells[0].replaceChildren(...shown);
  for (const { id, column, text, plain } of said.cells) {
    const cell = cells.find((c) => c.closest("tr").dataset.id === id && c.dataset.edit === column);
    (cell.querySelector("a, span") ?? cell).textContent = text;
    cell.dataset.was = plain;
  }
  toast(said.done, said.change && { text: said.undo, change: said.change });
  return true;
}
