// @ in a note offers the people of the firm: arrows and Enter, or a click; Esc leaves the text as it is.
let people, list, field, from, at = 0;

const names = () => (people ??= fetch("people/names").then((a) => (a.ok ? a.json() : [])).catch(() => []));

document.addEventListener("input", async (e) => {
  if (!e.target.matches?.("[data-mention]")) return;
  const before = e.target.value.slice(0, e.target.selectionStart);
  const asked = before.match(/(?:^|\s)@([\p{L}\-]*(?: [\p{L}\-]*)?)$/u);
  if (!asked) return close();
  const typed = asked[1].toLocaleLowerCase();
  const fits = (await names()).filter((n) => n.toLocaleLowerCase().split(" ").some((w, i, all) => all.slice(i).join(" ").startsWith(typed))).slice(0, 8);
  if (!fits.length) return close();
  offer(e.target, before.length - asked[1].length, fits);
});

document.addEventListener("keydown", (e) => {
  if (!list || e.target !== field) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (step) mark((at + step + list.children.length) % list.children.length);
  else if (e.key === "Enter" || e.key === "Tab") choose(list.children[at].textContent);
  else if (e.key === "Escape") close();
  else return;
  e.preventDefault();
  e.stopImmediatePropagation();
}, true);

document.addEventListener("focusout", (e) => { if (e.target === field) setTimeout(close, 150); });

function offer(to, start, fits) {
  close();
  [field, from] = [to, start];
  list = Object.assign(document.createElement("ul"), { className: "mentions" });
  list.setAttribute("role", "listbox");
  for (const name of fits) {
    const one = Object.assign(document.createElement("li"), { textContent: name });
    one.setAttribute("role", "option");
    one.addEventListener("mousedown", (e) => { e.preventDefault(); choose(name); });
    list.append(one);
  }
  to.insertAdjacentElement("afterend", list);
  mark(0);
}

function mark(n) {
  at = n;
  [...list.children].forEach((one, i) => one.setAttribute("aria-selected", i === n));
}

function choose(name) {
  const rest = field.value.slice(field.selectionStart);
  field.value = field.value.slice(0, from) + name + " " + rest;
  field.setSelectionRange(from + name.length + 1, from + name.length + 1);
  field.dispatchEvent(new Event("change", { bubbles: true }));
  close();
}

function close() {
  list?.remove();
  list = undefined;
}
