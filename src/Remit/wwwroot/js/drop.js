// A file dropped anywhere on a page that asks for one goes into its form and is sent.
const field = () => document.querySelector("main input[data-drop]") ?? document.querySelector("main input[type=file]");
const shown = (over) => document.body.classList.toggle("dropping", over);

document.addEventListener("dragover", (e) => { if (field()) { e.preventDefault(); shown(true); } });
document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) shown(false); });
document.addEventListener("drop", (e) => {
  shown(false);
  const to = field();
  if (!to || !e.dataTransfer?.files.length) return;
  e.preventDefault();
  to.files = e.dataTransfer.files;
  to.form.requestSubmit();
});
