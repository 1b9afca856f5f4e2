// The bank by keyboard: Enter accepts what stands marked (it is a button), the arrows walk from one to the next.
document.addEventListener("keydown", (e) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  const all = [...document.querySelectorAll("[data-accept]")];
  if (!step || !all.length || e.target.closest("input, textarea, select, dialog")) return;
  const now = all.indexOf(document.activeElement);
  const next = all[Math.max(0, Math.min(all.length - 1, now + step))];
  next.focus();
  next.scrollIntoView({ block: "center" });
  e.preventDefault();
  e.stopImmediatePropagation();
}, true);
