// A field for files speaks the page's language: our words lie under the native field, which stays what is pressed, dropped on and heard.
const size = (bytes) => (bytes < 1024 ? [bytes, "byte"] : bytes < 1 << 20 ? [Math.ceil(bytes / 1024), "kilobyte"] : [(bytes / (1 << 20)).toFixed(1), "megabyte"]);
const said = ([n, unit]) => new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "short" }).format(n);

function take(field) {
  const box = Object.assign(document.createElement("span"), { className: "file-field" });
  const words = Object.assign(document.createElement("span"), { className: "file-words" });
  words.setAttribute("aria-hidden", "true");
  field.replaceWith(box);
  box.append(field, words);
  show(field);
}

function show(field) {
  const words = field.nextElementSibling, { file, files } = document.body.dataset, chosen = [...field.files];
  const ask = Object.assign(document.createElement("b"), { textContent: field.getAttribute("aria-label") ?? (field.multiple ? files : file) });
  words.replaceChildren(...(chosen.length ? chosen.map((f) => Object.assign(document.createElement("span"), { textContent: `${f.name} · ${said(size(f.size))}` })) : [ask]));
}

const all = () => document.querySelectorAll("input[type=file]:not(.file-field > *)").forEach(take);
all();
new MutationObserver(all).observe(document.body, { childList: true, subtree: true });
document.addEventListener("language", () => document.querySelectorAll(".file-field > input").forEach(show));
document.addEventListener("change", (e) => { if (e.target.matches?.(".file-field > input")) show(e.target); });
