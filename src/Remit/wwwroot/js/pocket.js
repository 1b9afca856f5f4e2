// A programmer's phone keeps the sheets of today and sends what waited. The rest of the program needs none of it.
import { flush, onChange, waiting, drop, fieldsOf, clock } from "./queue.js";
import { renew } from "./sheet.js";

const box = document.querySelector("[data-queue-box]");
const person = box?.dataset.person ?? document.body.dataset.pocket;

async function keep() {
  const answer = await fetch("visits/pocket.json", { cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const { person: whose, pages, files } = await answer.json();
  const worker = (await navigator.serviceWorker.ready).active;
  worker.postMessage({ keep: { person: whose, pages, files } });
}

// A person decides about what was refused: the form is sent as a page, and the page asks.
async function open(one) {
  const { token } = await (await fetch("visits/pocket.json", { cache: "no-store" })).json();
  const form = Object.assign(document.createElement("form"), { method: "post", action: one.path, hidden: true });
  for (const [name, value] of fieldsOf(one, token)) form.append(Object.assign(document.createElement("input"), { name, value }));
  document.body.append(form);
  form.submit();
}

async function show(state) {
  const all = await waiting(person);
  box.hidden = all.length === 0;
  box.querySelector("h2 span").textContent = all.length || "";
  const said = box.querySelector("[role=status]");
  said.textContent = state === "signed-out" ? box.dataset.signIn : all.some((one) => one.problem !== undefined) ? box.dataset.stuck : box.dataset.waits;
  box.querySelector("ul").replaceChildren(...all.map((one) => {
    const row = document.createElement("li");
    row.className = "row wraps";
    const words = document.createElement("span");
    words.className = "grow";
    words.textContent = `${one.label} · ${clock(one.at)}`;
    row.append(words);
    if (one.problem === undefined) return row;
    words.append(Object.assign(document.createElement("span"), { className: "said bad", textContent: one.problem || box.dataset.both }));
    const button = (text, act) => row.append(Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: text, onclick: act }));
    if (!one.files?.length) button(box.dataset.open, () => open(one));
    button(box.dataset.drop, () => confirm(box.dataset.sure) && drop(one.n));
    return row;
  }));
}

if (person && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("sw.js", { scope: document.baseURI }).then(keep).catch(() => { /* Private windows keep nothing; the page works online. */ });
  if (box) {
    onChange(show);
    show();
    box.querySelector("[data-send]").addEventListener("click", () => flush(person).then(renew));
  }
  const again = () => flush(person).then(renew);
  navigator.serviceWorker.addEventListener("message", (e) => { if ("sent" in e.data) { if (box) show(); renew(e.data.sent); } });
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) again(); });
  setInterval(again, 20_000);
  again();
}
