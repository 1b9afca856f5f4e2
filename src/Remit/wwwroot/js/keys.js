// ? keys · G and a letter: jump · C: create · arrows or J K: walk a list · Enter: open · Ctrl Enter: send the form.
import { open } from "./palette.js";
let jump = false;

const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("table.list tbody tr")];

function walk(step) {
  const all = rows(), now = all.findIndex((r) => r.classList.contains("here"));
  all[now]?.classList.remove("here");
  const next = all[Math.max(0, Math.min(all.length - 1, now + step))];
  next?.classList.add("here");
  next?.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (e) => {
  const key = e.key.toLowerCase();
  if ((e.ctrlKey || e.metaKey) && key === "k") { e.preventDefault(); open(); return; }
  if ((e.ctrlKey || e.metaKey) && e.key === "Enter") { e.target.closest("form")?.requestSubmit(); return; }
  if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
  if (jump) { jump = false; document.querySelector(`[data-jump="${CSS.escape(key)}"]`)?.click(); return; }
  if (key === "g") jump = true;
  else if (e.key === "?") document.getElementById("keys")?.showModal();
  else if (key === "c") document.querySelector("[data-create]")?.click();
  else if (document.querySelector(`[data-key="${CSS.escape(key)}"]`)) document.querySelector(`[data-key="${CSS.escape(key)}"]`).click();
  else if (key === "j" || e.key === "ArrowDown" && rows().length) { walk(1); e.preventDefault(); }
  else if (key === "k" || e.key === "ArrowUp" && rows().length) { walk(-1); e.preventDefault(); }
  else if (e.key === "Enter") document.querySelector("table.list tr.here a")?.click();
});
