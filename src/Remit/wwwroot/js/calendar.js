// The calendar by mouse, keys and finger: drag to make, move and lengthen; the page itself works by links and forms.
import { drag } from "./calendar-drag.js";
import { toast } from "./toast.js";

const quarter = 11;
const step = { ArrowUp: -15, ArrowDown: 15, ArrowLeft: -1440, ArrowRight: 1440 };
const two = (n) => String(n).padStart(2, "0");
const text = (d) => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;
const box = () => document.querySelector("[data-calendar]");
let waiting = null, moved = null, jumping = false;

// The exact colour of a calendar; the class gives the nearest of the palette.
const paint = () => { for (const one of document.querySelectorAll("[data-colour]")) if (one.dataset.colour) one.style.setProperty("--c", one.dataset.colour); };

const say = (words) => { const place = box()?.querySelector("[data-announce]"); if (place) place.textContent = words; };

async function move(event, start, minutes) {
  event.classList.add("moving");
  const body = new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token, at: event.dataset.at, starts_at: start, duration: minutes, scope: "This" });
  const answer = await fetch(`calendar/items/${event.dataset.item}/move`, { method: "POST", body, headers: { "X-Remit": "1" } });
  await renew(event.dataset.item, start);
  if (!answer.ok) refuse((await answer.json().catch(() => ({}))).message ?? answer.statusText);
}

function refuse(words) {
  const said = Object.assign(document.createElement("p"), { className: "refusal", textContent: words });
  said.setAttribute("role", "alert");
  box().prepend(said);
}

// The same page again, at the same height, with the focus where it was.
async function renew(item, start) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const height = box().querySelector(".cal-scroll")?.scrollTop;
  const words = box().querySelector("[data-announce]").textContent;
  box().replaceWith(page.querySelector("[data-calendar]"));
  say(words);
  const told = page.querySelector(".toast"), change = told?.querySelector("form")?.getAttribute("action").split("/")[1];
  if (told) toast(told.firstChild.textContent.trim(), change && { text: box().dataset.undo, change });
  begin(height);
  const mine = [...box().querySelectorAll(`.ev[data-item="${item}"]`)];
  (mine.find((e) => e.dataset.start === start) ?? mine[0])?.focus({ preventScroll: true });
}

// Presses are gathered: the block goes at once, the save follows when the hand rests.
function nudge(event, minutes, longer) {
  if (moved?.event !== event) moved = { event, start: new Date(event.dataset.start), minutes: +event.dataset.minutes };
  if (longer) moved.minutes = Math.max(15, moved.minutes + minutes); else moved.start.setMinutes(moved.start.getMinutes() + minutes);
  const day = box().querySelector(`.cal-day[data-day="${text(moved.start).slice(0, 10)}"]`), from = moved.start.getHours() * 4 + Math.floor(moved.start.getMinutes() / 15);
  if (day) {
    if (event.parentElement !== day && box().dataset.calendar !== "people") { day.append(event); event.focus({ preventScroll: true }); }
    event.style.gridRow = `${from + 1} / span ${Math.max(1, Math.ceil(moved.minutes / 15))}`;
  }
  const end = new Date(moved.start); end.setMinutes(end.getMinutes() + moved.minutes);
  say(box().dataset.said.replace("{event}", event.querySelector("b").textContent).replace("{day}", day?.dataset.day ?? text(moved.start).slice(0, 10)).replace("{from}", text(moved.start).slice(11)).replace("{to}", text(end).slice(11)));
  clearTimeout(waiting);
  waiting = setTimeout(settle, 700);
}

// The next event or the one before; the first press goes to what is next from now on today.
function stepTo(event, by) {
  const all = [...box().querySelectorAll(".ev")].filter((e) => e.href || e.tabIndex === 0), now = text(new Date());
  const from = event ? all.indexOf(event) + by : all.findIndex((e) => (e.dataset.start ?? "") >= now.slice(0, 10) && (by < 0 || e.dataset.start >= now));
  const to = all[Math.min(Math.max(from, 0), all.length - 1)];
  to?.focus();
  to?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function settle() {
  clearTimeout(waiting);
  if (!moved) return;
  const { event, start, minutes } = moved;
  moved = null;
  move(event, text(start), minutes);
}

function begin(height) {
  paint();
  const scroll = box()?.querySelector(".cal-scroll");
  if (scroll) scroll.scrollTop = height ?? 7.5 * 4 * quarter;
  for (const event of box()?.querySelectorAll(".cal-day .ev[data-item]") ?? []) event.append(Object.assign(document.createElement("i"), { className: "grip" }));
}

// A phone shows one day; whoever asks for another view gets it.
const narrow = matchMedia("(max-width: 700px)").matches;
if (box() && narrow && !new URLSearchParams(location.search).has("view")) location.replace(box().querySelector('[data-view="day"]').href);

begin();
if (box()) {
  if (narrow) box().querySelector(".cal-whose")?.removeAttribute("open");
  document.addEventListener("pointerdown", (e) => drag(e, box(), move));
  let touch = null;
  document.addEventListener("touchstart", (e) => { touch = e.touches.length === 1 && e.target.closest("[data-calendar]") ? e.touches[0] : null; }, { passive: true });
  document.addEventListener("touchend", (e) => {
    if (!touch || box().dataset.calendar !== "day") return;
    const x = e.changedTouches[0].clientX - touch.clientX, y = e.changedTouches[0].clientY - touch.clientY;
    if (Math.abs(x) > 60 && Math.abs(x) > 2 * Math.abs(y)) box().querySelector(x < 0 ? "[data-ahead]" : "[data-back]").click();
  });
  // On an event: arrows move it by a quarter hour or a day, with Shift it grows or shrinks, Enter opens it.
  // Elsewhere: left and right go back and on, J and K step through the events, T is today, N makes a new one.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.target.closest?.("input, textarea, select, dialog, [data-plan]")) return;
    const event = e.target.closest?.(".ev[data-item]");
    if (event && step[e.key]) {
      e.preventDefault();
      e.stopImmediatePropagation();
      const longer = e.shiftKey && Math.abs(step[e.key]) === 15;
      return nudge(event, step[e.key], longer);
    }
    // After G the next letter jumps to another page.
    if (jumping || e.code === "KeyG") { jumping = !jumping && e.code === "KeyG"; return; }
    if (moved && e.key === "Enter") { e.preventDefault(); return settle(); }
    if (e.altKey || e.shiftKey) return;
    if (e.code === "KeyN") return location.assign(event ? `calendar/new?start=${event.dataset.start}` : `calendar/new?start=${box().dataset.day}T10:00`);
    if (e.code === "KeyJ" || e.code === "KeyK") { e.preventDefault(); return stepTo(e.target.closest?.(".ev"), e.code === "KeyJ" ? 1 : -1); }
    const go = { KeyT: "[data-today]", ArrowLeft: "[data-back]", ArrowRight: "[data-ahead]" }[e.code];
    if (go) box().querySelector(go)?.click();
  }, true);
}
