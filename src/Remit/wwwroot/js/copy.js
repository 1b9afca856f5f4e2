// What is handed over is copied by the button beside it.
document.addEventListener("click", async (e) => {
  const button = e.target.closest("button[data-copied]"), field = button?.previousElementSibling;
  if (!field) return;
  e.preventDefault();
  field.select();
  try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
  button.textContent = button.dataset.copied;
});
