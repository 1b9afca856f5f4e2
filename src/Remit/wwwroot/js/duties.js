// The grid of duties is filled like a sheet: Enter goes down, Ctrl+Enter saves, a column copied from a spreadsheet fills the rows
// below. A proposal taken in a review stands in the text at once, to be worded further.
const grid = (e) => e.target.closest?.(".duty-grid tbody") && e.target;
const cells = (row) => [...row.querySelectorAll("input:not([type=hidden],[type=radio],[type=checkbox]), select, textarea")];

document.addEventListener("keydown", (e) => {
  const field = grid(e);
  if (!field?.matches("input:not([type=checkbox],[type=radio])") || e.key !== "Enter" || e.ctrlKey || e.metaKey || e.isComposing) return;
  e.preventDefault();
  const rows = [...field.closest("tbody").rows];
  const to = rows[rows.indexOf(field.closest("tr")) + (e.shiftKey ? -1 : 1)]?.querySelector(`[name="${field.name}"]`);
  to?.focus();
  to?.select?.();
});

document.addEventListener("paste", (e) => {
  const field = grid(e);
  if (!field?.matches("input, select")) return;
  const lines = e.clipboardData.getData("text").replace(/\r?\n$/, "").split(/\r?\n/).map((l) => l.split("\t"));
  if (lines.length < 2 && lines[0].length < 2) return;
  e.preventDefault();
  const rows = [...field.closest("tbody").rows];
  const row = rows.indexOf(field.closest("tr")), at = cells(rows[row]).indexOf(field);
  lines.forEach((texts, down) => texts.forEach((text, right) => {
    const cell = rows[row + down] && cells(rows[row + down])[at + right];
    if (cell) put(cell, text.trim());
  }));
});

function put(cell, text) {
  if (cell.tagName === "SELECT") {
    const option = [...cell.options].find((o) => o.text.trim().toLowerCase() === text.toLowerCase());
    if (!option) return;
    cell.value = option.value;
  } else {
    cell.value = text;
  }
  cell.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("change", (e) => {
  const radio = grid(e);
  if (!radio?.matches("[type=radio][name^=use_]")) return;
  const text = radio.closest("td").querySelector("textarea");
  text.value = radio.value || (text.dataset.typed ?? text.defaultValue);
  text.rows = Math.max(2, text.value.split("\n").length);
  const blank = text.value.indexOf("<");
  if (blank >= 0) { text.focus(); text.setSelectionRange(blank, text.value.length); }
});
document.addEventListener("input", (e) => {
  const text = grid(e);
  if (!text?.matches("[name=duty_text]")) return;
  text.dataset.typed = text.value;
  const keep = text.closest("td").querySelector("[type=radio][value='']");
  if (keep) keep.checked = true;
});
