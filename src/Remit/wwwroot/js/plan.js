// The plan of a week by keys: arrows walk, Enter accepts as laid out, X or Delete puts off, A accepts all that is left.
// By mouse a proposal is dragged onto another time. Everything is also a form.
import { toast } from "./toast.js";

const plan = document.querySelector("[data-plan]");
const quarter = 11, two = (n) => String(n).padStart(2, "0");
const all = () => [...plan.querySelectorAll(".plan-one")];
const blockOf = (one) => plan.querySelector(`.ev[data-slot="${one.dataset.slot}"]`);
let line = Promise.resolve(), jumping = false;

const say = (words) => { plan.querySelector("[data-announce]").textContent = words; };

function walk(to) {
  const one = all()[Math.max(0, Math.min(all().length - 1, to))];
  one?.focus();
  one?.scrollIntoView({ block: "nearest" });
}

function show(one) {
  for (const block of plan.querySelectorAll(".ev.here")) block.classList.remove("here");
  const block = blockOf(one);
  block?.classList.add("here");
  block?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// One after the other, in the order of the keys; what is refused comes back with the reason.
function send(one, path, start) {
  const block = blockOf(one), place = all().indexOf(one), hidden = document.querySelector(`[data-plan-all] input[value^="${one.dataset.slot}|"]`);
  const put = path === "put-off";
  const [row, column] = [block?.style.gridRow, block?.parentElement];
  one.remove();
  hidden?.remove();
  if (put) block?.remove(); else block?.classList.replace("proposed", "accepted");
  count();
  walk(place);
  line = line.then(async () => {
    const body = new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token, slot: `${one.dataset.slot}|${start ?? one.dataset.start}` });
    const answer = await fetch("plan/" + path, { method: "POST", body, headers: { "X-Remit": "1", "X-Plan": "1" } }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (answer?.ok) { say(all().length === 0 ? plan.dataset.done : said.text); return toast(said.text, said.change && { text: plan.dataset.undo, change: said.change }); }
    const list = plan.querySelector(".plan-list"), refused = Object.assign(document.createElement("p"), { className: "refusal", textContent: said?.message ?? answer?.statusText ?? "" });
    refused.setAttribute("role", "alert");
    one.querySelector(".refusal")?.remove();
    one.prepend(refused);
    list.insertBefore(one, list.children[place] ?? null);
    if (block) { block.classList.replace("accepted", "proposed"); block.style.gridRow = row; column.append(block); }
    if (hidden) document.querySelector("[data-plan-all]").prepend(hidden);
    count();
  });
}

function count() { plan.querySelector("[data-left]").textContent = all().length; }

function drag(down) {
  const one = down.target.closest(".plan-one") ?? all().find((o) => o.dataset.slot === down.target.closest(".ev.proposed")?.dataset.slot);
  if (!one || down.button !== 0 || down.pointerType === "touch" || down.target.closest("button, a")) return;
  const ghost = Object.assign(document.createElement("div"), { className: "ev ghost" });
  let place = null;
  const over = (e) => {
    if (!place && Math.abs(e.clientX - down.clientX) + Math.abs(e.clientY - down.clientY) < 5) return;
    const day = document.elementsFromPoint(e.clientX, e.clientY).find((d) => d.classList.contains("cal-day"));
    if (!day) { ghost.remove(); place = null; return; }
    const row = Math.max(0, Math.min(94, Math.floor((e.clientY - day.getBoundingClientRect().top) / quarter)));
    place = { day, row, at: `${day.dataset.day}T${two(Math.floor(row / 4))}:${two((row % 4) * 15)}` };
    ghost.style.gridRow = `${row + 1} / span ${Math.ceil(+one.dataset.minutes / 15)}`;
    ghost.style.gridColumn = "1 / -1";
    ghost.textContent = place.at.slice(11);
    day.append(ghost);
  };
  const stop = () => { removeEventListener("pointermove", over); removeEventListener("pointerup", up); removeEventListener("keydown", esc); ghost.remove(); };
  const esc = (e) => { if (e.key === "Escape") { place = null; stop(); } };
  const up = () => {
    stop();
    if (!place) return;
    const block = blockOf(one);
    if (block) { block.style.gridRow = `${place.row + 1} / span ${Math.ceil(+one.dataset.minutes / 15)}`; place.day.append(block); }
    send(one, "accept", place.at);
  };
  down.preventDefault();
  one.focus();
  addEventListener("pointermove", over);
  addEventListener("pointerup", up);
  addEventListener("keydown", esc);
}

function keys(e) {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, select, dialog")) return;
  // After G the next letter jumps to another page.
  if (jumping || e.code === "KeyG") { jumping = !jumping && e.code === "KeyG"; return; }
  const now = all().indexOf(document.activeElement?.closest(".plan-one"));
  const step = { ArrowDown: 1, ArrowUp: -1, KeyJ: 1, KeyK: -1 }[e.code];
  if (step) { e.preventDefault(); e.stopImmediatePropagation(); return walk(now < 0 ? 0 : now + step); }
  if (e.code === "KeyA" && all().length > 0) { e.preventDefault(); return line.then(() => document.querySelector("[data-plan-all]").requestSubmit()); }
  if (now < 0 || e.target.closest?.("button, a")) return;
  if (e.key === "Enter") { e.preventDefault(); e.stopImmediatePropagation(); send(all()[now], "accept"); }
  if (e.code === "KeyX" || e.key === "Delete") { e.preventDefault(); e.stopImmediatePropagation(); send(all()[now], "put-off"); }
}

if (plan) {
  const scroll = plan.querySelector(".cal-scroll");
  if (scroll) scroll.scrollTop = 8 * 4 * quarter;
  plan.addEventListener("focusin", (e) => { const one = e.target.closest(".plan-one"); if (one) show(one); });
  plan.addEventListener("pointerdown", drag);
  document.addEventListener("keydown", keys, true);
  // On a phone the first thing to see is the page, not the first proposal.
  if (!matchMedia("(max-width: 900px)").matches) walk(0);
}
