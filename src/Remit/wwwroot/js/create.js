// One line makes something: what is understood stands below it while it is typed. Without this the line has a page of its own.
const dialog = document.getElementById("create");
const input = dialog?.querySelector("input[name=text]");
let wait, asked = 0;

export function open() {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  input.focus();
  input.select();
}

async function read(to, box) {
  const mine = ++asked, answer = await fetch(to);
  if (!answer.ok || mine !== asked) return;
  const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".understood");
  if (next) box.replaceChildren(...document.adoptNode(next).childNodes);
}

document.addEventListener("click", (e) => {
  const plus = e.target.closest("[data-new]"), kind = e.target.closest(".understood nav a");
  if (e.ctrlKey || e.metaKey || e.shiftKey) return;
  if (plus && dialog) { e.preventDefault(); open(); }
  else if (kind) { e.preventDefault(); read(kind.href, kind.closest(".understood")); }
});
document.addEventListener("input", (e) => {
  const line = e.target.closest("[data-line] input[name=text]");
  if (!line) return;
  clearTimeout(wait);
  const form = line.form, box = form.parentElement.querySelector(".understood");
  wait = setTimeout(() => read(form.action + "?text=" + encodeURIComponent(line.value), box), 140);
});
// Enter makes what is shown; while the last letters are still on their way it waits for them.
document.addEventListener("submit", async (e) => {
  if (!e.target.matches("[data-line]")) return;
  e.preventDefault();
  e.stopImmediatePropagation();
  clearTimeout(wait);
  const form = e.target, box = form.parentElement.querySelector(".understood");
  await read(form.action + "?text=" + encodeURIComponent(form.elements.text.value), box);
  const go = box.querySelector("[data-go]");
  if (go && form.elements.text.value.trim()) go.click(); else box.querySelector("input:not([type=hidden]), a")?.focus();
}, true);
