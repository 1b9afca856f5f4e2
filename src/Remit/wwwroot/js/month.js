// The month under a field of a day: seen and clicked; the keys stay in the field, and a reader hears the day they chose.
import { day, iso, months, set, text, weekdays } from "./days.js";
let box, of, at;
const say = Object.assign(document.createElement("span"), { className: "sr" });
say.setAttribute("role", "status");

export const shown = () => !!box;
export function close() { box?.remove(); box = null; }

/** Opens below the field; a step moves by so many days, thirty by a month. */
export function open(field, step = 0) {
  if (field.readOnly || field.disabled) return;
  of = field;
  at = day(iso(field));
  if (step) move(step);
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "days" });
    box.setAttribute("aria-hidden", "true");
    box.addEventListener("mousedown", press);
    (field.closest("dialog") ?? document.body).append(box, say);
  }
  draw();
  const place = field.getBoundingClientRect(), below = place.bottom + 4 + box.offsetHeight < innerHeight;
  box.style.left = Math.max(8, Math.min(place.left, innerWidth - box.offsetWidth - 8)) + "px";
  box.style.top = (below ? place.bottom + 4 : Math.max(8, place.top - 4 - box.offsetHeight)) + "px";
}

function move(step) {
  const turn = of.dataset.day === "month" ? Math.sign(step) * (Math.abs(step) > 1 ? 12 : 1) : Math.abs(step) > 1 ? Math.sign(step) : 0;
  if (iso(of)) at = turn ? turned(turn) : new Date(at.getTime() + step * 864e5);
  choose(text(at));
  say.textContent = (of.dataset.day === "month" ? "" : weekdays[at.getUTCDay()] + ", ") + of.value;
}

// The same day of another month, its last one where it has no such day.
function turned(n) {
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n + 1, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(at.getUTCDate(), last.getUTCDate())));
}

function choose(chosen) {
  const time = of.dataset.day === "datetime-local" ? iso(of).slice(10) || "T10:00" : "";
  set(of, of.dataset.day === "month" ? chosen.slice(0, 7) : chosen + time);
  for (const kind of ["input", "change"]) of.dispatchEvent(new Event(kind, { bubbles: true }));
}

function draw() {
  const y = at.getUTCFullYear(), m = at.getUTCMonth(), year = of.dataset.day === "month", now = iso(of).slice(0, 10), put = (tag, said, more) => Object.assign(document.createElement(tag), { textContent: said, ...more });
  const cell = (d, said, out) => {
    const one = put("button", said, { type: "button", tabIndex: -1, className: "link" + (out ? " out" : "") + (text(d).startsWith(now || "-") ? " on" : "") + (text(d) === text(day("")) ? " today" : "") });
    one.dataset.to = text(d);
    return one;
  };
  const turn = (said, n) => { const one = put("button", said, { type: "button", tabIndex: -1, className: "link" }); one.dataset.turn = n; return one; };
  const head = put("div", "", { className: "days-head" }), grid = put("div", "", { className: year ? "days-grid year" : "days-grid" });
  head.append(turn("‹", year ? -12 : -1), put("b", year ? y : `${months[m]} ${y}`), turn("›", year ? 12 : 1));
  if (year) grid.append(...months.map((name, n) => cell(new Date(Date.UTC(y, n, 1)), name)));
  else {
    const first = new Date(Date.UTC(y, m, 1 - ((new Date(Date.UTC(y, m, 1)).getUTCDay() + 6) % 7)));
    const days = Array.from({ length: 42 }, (_, n) => new Date(first.getTime() + n * 864e5));
    grid.append(...days.slice(0, 7).map((d) => put("span", weekdays[d.getUTCDay()])), ...days.map((d) => cell(d, d.getUTCDate(), d.getUTCMonth() !== m)));
  }
  box.replaceChildren(head, grid);
}

// The field keeps the focus: what is pressed here is only looked at.
function press(e) {
  e.preventDefault();
  const { to, turn } = e.target.dataset;
  if (turn) { at = turned(+turn); draw(); }
  if (to) { choose(to); close(); }
}
