// The plan of a week by keys: up and down walk, left and right move a proposal by a day, with Shift up and down by half
// an hour, Enter accepts it where it stands, X or Delete puts off, A accepts all that is left. By mouse a proposal is
// dragged onto another time. What found no room is placed the same ways.
import { toast } from "./toast.js";

const plan = document.querySelector("[data-plan]");
const quarter = 11, two = (n) => String(n).padStart(2, "0");
const text = (d) => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
const all = () => [...plan.querySelectorAll(".plan-one")].filter((o) => !o.closest("details:not([open])"));
const left = () => plan.querySelectorAll("[data-slots] .plan-one").length;
const hiddenOf = (one) => document.querySelector(`[data-plan-all] input[value^="${one.dataset.slot}|"]`);
const blockOf = (one) => plan.querySelector(`.ev[data-slot="${one.dataset.slot}"]`);
let line = Promise.resolve(), waiting = 0, jumping = false;

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

// The same moment on the other's clock, where it shows another time.
function theirs(one, at) {
  const column = [...plan.querySelectorAll(".cal-day")].findIndex((d) => d.dataset.day === text(at).slice(0, 10));
  const there = new Date(at), shift = +one.dataset.shifts.split(" ")[column];
  there.setMinutes(there.getMinutes() + shift);
  return shift ? `${text(there).slice(11)} ${one.dataset.zone}${there.getDate() === at.getDate() ? "" : shift > 0 ? " +1" : " −1"}` : "";
}

function place(one, at) {
  const days = [...plan.querySelectorAll(".cal-day")], day = days.find((d) => d.dataset.day === text(at).slice(0, 10));
  if (!day) return;
  let block = blockOf(one);
  if (!block) {
    block = Object.assign(document.createElement("a"), { className: "ev proposed k1" });
    block.dataset.slot = one.dataset.slot;
    block.append(Object.assign(document.createElement("b"), { textContent: one.querySelector("b").textContent }), " ", document.createElement("span"));
  }
  const end = new Date(at);
  end.setMinutes(end.getMinutes() + +one.dataset.minutes);
  one.dataset.start = text(at);
  block.style.gridRow = `${at.getHours() * 4 + Math.floor(at.getMinutes() / 15) + 1} / span ${Math.ceil(+one.dataset.minutes / 15)}`;
  block.querySelector("span").textContent = text(at).slice(11);
  day.append(block);
  const when = `${plan.querySelectorAll(".cal-head b")[days.indexOf(day)].textContent} ${text(at).slice(11)}–${text(end).slice(11)}`;
  one.querySelector("[data-when]").textContent = when;
  one.querySelector("[data-theirs]").textContent = theirs(one, at);
  const form = one.querySelector("input[name=slot]"), hidden = hiddenOf(one);
  for (const input of [form, hidden]) if (input) input.value = `${one.dataset.slot}|${one.dataset.start}`;
  say(`${one.querySelector("b").textContent}: ${when} ${theirs(one, at)}`);
  if (document.activeElement === one) show(one);
}

function move(one, days, minutes) {
  const at = new Date(one.dataset.start ?? one.dataset.first);
  if (one.dataset.start) at.setMinutes(at.getMinutes() + days * 1440 + minutes);
  place(one, at);
}

// One after the other, in the order of the keys; what is refused comes back with the reason.
function send(one, path) {
  const block = blockOf(one), list = one.parentElement, before = one.nextElementSibling, index = all().indexOf(one), hidden = hiddenOf(one);
  const put = path === "put-off";
  const column = block?.parentElement;
  one.remove();
  hidden?.remove();
  if (put) block?.remove(); else block?.classList.replace("proposed", "accepted");
  count();
  walk(index);
  waiting++;
  line = line.then(async () => {
    const body = new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token, slot: `${one.dataset.slot}|${one.dataset.start ?? one.dataset.first}` });
    const answer = await fetch("plan/" + path, { method: "POST", body, headers: { "X-Remit": "1", "X-Plan": "1" } }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    waiting--;
    if (answer?.ok) { say(left() + waiting === 0 ? plan.dataset.done : said.text); return toast(said.text, said.change && { text: plan.dataset.undo, change: said.change }); }
    const refused = Object.assign(document.createElement("p"), { className: "refusal", textContent: said?.message ?? answer?.statusText ?? "" });
    refused.setAttribute("role", "alert");
    one.querySelector(".refusal")?.remove();
    one.prepend(refused);
    list.insertBefore(one, before?.parentElement === list ? before : null);
    if (block) { block.classList.replace("accepted", "proposed"); column.append(block); }
    if (hidden) document.querySelector("[data-plan-all]").prepend(hidden);
    count();
  });
}

function count() { plan.querySelector("[data-left]").textContent = left(); }

function drag(down) {
  const one = down.target.closest(".plan-one") ?? all().find((o) => o.dataset.slot === down.target.closest(".ev.proposed")?.dataset.slot);
  if (!one || down.button !== 0 || down.pointerType === "touch" || down.target.closest("button, a")) return;
  const ghost = Object.assign(document.createElement("div"), { className: "ev ghost" });
  let to = null;
  const over = (e) => {
    if (!to && Math.abs(e.clientX - down.clientX) + Math.abs(e.clientY - down.clientY) < 5) return;
    const day = document.elementsFromPoint(e.clientX, e.clientY).find((d) => d.classList.contains("cal-day"));
    if (!day) { ghost.remove(); to = null; return; }
    const row = Math.max(0, Math.min(94, Math.floor((e.clientY - day.getBoundingClientRect().top) / quarter)));
    to = new Date(`${day.dataset.day}T${two(Math.floor(row / 4))}:${two((row % 4) * 15)}`);
    ghost.style.gridRow = `${row + 1} / span ${Math.ceil(+one.dataset.minutes / 15)}`;
    ghost.style.gridColumn = "1 / -1";
    ghost.textContent = `${text(to).slice(11)} ${theirs(one, to)}`;
    day.append(ghost);
  };
  const stop = () => { removeEventListener("pointermove", over); removeEventListener("pointerup", up); removeEventListener("keydown", esc); ghost.remove(); };
  const esc = (e) => { if (e.key === "Escape") { to = null; stop(); } };
  const up = () => {
    stop();
    if (!to) return;
    place(one, to);
    send(one, "accept");
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
  const days = { ArrowLeft: -1, ArrowRight: 1 }[e.code], half = e.shiftKey && { ArrowUp: -30, ArrowDown: 30 }[e.code];
  if (now >= 0 && (days || half)) { e.preventDefault(); e.stopImmediatePropagation(); return move(all()[now], days ?? 0, half || 0); }
  const step = { ArrowDown: 1, ArrowUp: -1, KeyJ: 1, KeyK: -1 }[e.code];
  if (step) { e.preventDefault(); e.stopImmediatePropagation(); return walk(now < 0 ? 0 : now + step); }
  if (e.code === "KeyA" && left() > 0) { e.preventDefault(); return line.then(() => document.querySelector("[data-plan-all]")?.requestSubmit()); }
  if (now < 0 || e.target.closest?.("button, a")) return;
  if (e.key === "Enter") { e.preventDefault(); e.stopImmediatePropagation(); if (all()[now].dataset.start) send(all()[now], "accept"); else move(all()[now], 0, 0); }
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
