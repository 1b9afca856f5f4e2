// Weighing two duties by keys: arrows say which is harder, a digit how much and sends; 1 is «alike».
const form = document.querySelector("form[data-compare]");
if (form) document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input:not([type=radio]), textarea, select, dialog")) return;
  const side = { ArrowLeft: "left", ArrowRight: "right" }[e.key];
  if (side) { form.querySelector(`[name=harder][value=${side}]`).checked = true; e.preventDefault(); }
  else if (/^[1-9]$/.test(e.key)) { form.querySelector(`[name=times][value="${e.key}"]`).click(); e.preventDefault(); }
});
