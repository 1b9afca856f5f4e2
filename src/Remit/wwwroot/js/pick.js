// Looking for a client while typing: by name, number, telephone, letter address, a contact's name, a paper's number.
let wait, asked = 0;
const ask = async (q) => {
  const mine = ++asked, answer = await fetch("search/clients?q=" + encodeURIComponent(q));
  return answer.ok && mine === asked ? answer.json() : null;
};

// A form that leads to a choice of clients shows them as rows; what is not there is made, and comes back chosen.
async function rows(form, q) {
  const found = await ask(q);
  if (!found) return;
  const box = form.parentElement, to = new URL(form.action), path = to.pathname.slice(new URL(document.baseURI).pathname.length);
  const kept = new URLSearchParams(new FormData(form));
  kept.delete("q");
  box.querySelectorAll("a.row, p.empty").forEach((r) => r.remove());
  for (const hit of found.hits) {
    kept.set("client", hit.id);
    box.append(row(`${path}?${kept}`, hit.title, hit.sub));
  }
  kept.delete("client");
  if (found.make && q.trim()) box.append(row(`clients/new?name=${encodeURIComponent(q)}&to=${encodeURIComponent(`${path}?${kept}`)}`, `+ ${found.make}`, ""));
}

function row(href, title, sub) {
  const a = document.createElement("a"), name = document.createElement("span"), more = document.createElement("span");
  a.className = "row";
  a.href = href;
  name.textContent = title;
  more.className = "muted";
  more.textContent = sub;
  a.append(name, more);
  return a;
}

async function names(input) {
  const found = await ask(input.value), options = document.getElementById(input.getAttribute("list"));
  options?.replaceChildren(...(found?.hits ?? []).map((h) => Object.assign(document.createElement("option"), { value: h.title, textContent: h.sub })));
}

// A client that is there already is named before the form is sent.
async function like(form) {
  const asked = new URLSearchParams({ name: form.elements.client_title.value, tax_id: form.elements.tax_id.value });
  if (form.dataset.like) asked.set("than", form.dataset.like);
  const answer = await fetch("clients/like?" + asked);
  if (!answer.ok) return;
  const { said, clients } = await answer.json();
  form.querySelector(".alike")?.remove();
  if (!clients.length) return;
  const box = document.createElement("div");
  box.className = "alike";
  box.setAttribute("role", "status");
  box.append(Object.assign(document.createElement("b"), { textContent: said }), ...clients.map((c) => row(c.path, c.title, c.sub)));
  form.elements.client_title.closest("label").after(box);
}

// The number by which taxes know the client has another name in each country.
document.addEventListener("change", (e) => {
  if (!e.target.matches("form[data-like] [name=country]")) return;
  e.target.form.elements.tax_id.closest("label").querySelector("span").textContent = e.target.selectedOptions[0].dataset.tax;
});

document.addEventListener("input", (e) => {
  const t = e.target;
  const act = t.matches("form[data-pick] [name=q]") ? () => rows(t.form, t.value) : t.matches("[data-pick-name]") ? () => names(t)
    : t.matches("form[data-like] [name=client_title], form[data-like] [name=tax_id]") ? () => like(t.form) : null;
  if (!act) return;
  clearTimeout(wait);
  wait = setTimeout(act, 160);
});
document.addEventListener("keydown", (e) => {
  if (!e.target.matches("form[data-pick] [name=q]")) return;
  const first = e.target.form.parentElement.querySelector("a.row");
  if (e.key === "ArrowDown" && first) { e.preventDefault(); first.focus(); }
});
document.addEventListener("keydown", (e) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[e.key];
  if (!step || !e.target.matches("a.row")) return;
  const to = e.target[step];
  if (to?.matches("a.row")) { e.preventDefault(); e.stopPropagation(); to.focus(); }
}, true);
