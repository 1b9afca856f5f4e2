// A file dropped anywhere on a page that asks for one goes into its form and is sent.
const field = () => document.querySelector("main input[type=file]");

document.addEventListener("dragover", (e) => { if (field()) e.preventDefault(); });
document.addEventListener("drop", (e) => {
  const to = field();
  if (!to || !e.dataTransfer?.files.length) return;
  e.preventDefault();
  to.files = e.dataTransfer.files;
  to.form.requestSubmit();
});
