// The calendar by mouse and keys: drag to make, move and lengthen; the page itself works by links and forms.
const box = document.querySelector("[data-calendar]");
const quarter = 11;

// The exact colour of a calendar; the class gives the nearest of the palette.
for (const one of document.querySelectorAll("[data-colour]")) one.style.setProperty("--c", one.dataset.colour);

const two = (n) => String(n).padStart(2, "0");
const clock = (row) => `${two(Math.floor(row / 4))}:${two((row % 4) * 15)}`;
const text = (d) => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`;

async function move(event, start, minutes) {
  event.classList.add("moving");
  const body = new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token, at: event.dataset.at, starts_at: start, duration: minutes, scope: "This" });
  const answer = await fetch(`calendar/items/${event.dataset.item}/move`, { method: "POST", body, headers: { "X-Remit": "1" } });
  if (answer.ok) return location.reload();
  event.classList.remove("moving");
  const said = Object.assign(document.createElement("p"), { className: "refusal", textContent: (await answer.json().catch(() => ({}))).message ?? answer.statusText });
  said.setAttribute("role", "alert");
  box.prepend(said);
}

if (box) {
  const scroll = box.querySelector(".cal-scroll");
  if (scroll) scroll.scrollTop = 7.5 * 4 * quarter;
  const days = [...box.querySelectorAll(".cal-day")];
  const rowAt = (day, y) => Math.max(0, Math.min(95, Math.floor((y - day.getBoundingClientRect().top) / quarter)));
  const dayAt = (x) => days.find((d) => { const r = d.getBoundingClientRect(); return x >= r.left && x < r.right; });
  for (const event of box.querySelectorAll(".cal-day .ev[data-item]")) event.append(Object.assign(document.createElement("i"), { className: "grip" }));

  box.addEventListener("pointerdown", (down) => {
    const day = down.target.closest(".cal-day");
    if (!day || down.button !== 0 || down.pointerType === "touch") return;
    const event = down.target.closest(".ev");
    if (event && !event.dataset.item) return;
    down.preventDefault();
    const grip = down.target.classList.contains("grip");
    const from = rowAt(day, down.clientY);
    const ghost = Object.assign(document.createElement("div"), { className: "ev ghost" });
    const minutes = event ? +event.dataset.minutes : 60;
    const first = event ? +event.dataset.start.slice(11, 13) * 4 + Math.floor(+event.dataset.start.slice(14) / 15) : from;
    let moved = false, place = null;
    const drag = (e) => {
      if (!moved && Math.abs(e.clientX - down.clientX) + Math.abs(e.clientY - down.clientY) < 5) return;
      moved = true;
      const over = (event && !grip ? dayAt(e.clientX) : day) ?? day, row = rowAt(over, e.clientY);
      const start = event ? (grip ? first : Math.max(0, first + row - from)) : Math.min(from, row);
      const length = event ? (grip ? Math.max(1, row - first + 1) : Math.ceil(minutes / 15)) : Math.max(2, Math.abs(row - from) + 1);
      place = { day: over.dataset.day, start, minutes: event && !grip ? minutes : length * 15 };
      ghost.style.gridRow = `${start + 1} / span ${length}`;
      ghost.style.gridColumn = "1 / -1";
      ghost.textContent = `${clock(start)}–${clock(start + length)}`;
      over.append(ghost);
    };
    const stop = () => { removeEventListener("pointermove", drag); removeEventListener("pointerup", up); removeEventListener("keydown", esc); ghost.remove(); };
    const up = () => {
      stop();
      if (!moved) { if (event) event.click(); else location.assign(`calendar/new?start=${day.dataset.day}T${clock(from)}&minutes=60`); return; }
      const start = `${place.day}T${clock(place.start)}`;
      if (event) move(event, start, place.minutes); else location.assign(`calendar/new?start=${start}&minutes=${place.minutes}`);
    };
    const esc = (e) => { if (e.key === "Escape") stop(); };
    addEventListener("pointermove", drag);
    addEventListener("pointerup", up);
    addEventListener("keydown", esc);
  });

  // On an event: Alt and an arrow moves it by a quarter hour or a day, with Shift it grows or shrinks. T: today, N and P: on and back.
  document.addEventListener("keydown", (e) => {
    const event = e.target.closest?.(".ev[data-item]");
    if (event && e.altKey) {
      const step = { ArrowUp: -15, ArrowDown: 15, ArrowLeft: -1440, ArrowRight: 1440 }[e.key];
      if (!step) return;
      e.preventDefault();
      const start = new Date(event.dataset.start), minutes = +event.dataset.minutes;
      if (e.shiftKey && Math.abs(step) === 15) return move(event, text(start), Math.max(15, minutes + step));
      start.setMinutes(start.getMinutes() + step);
      return move(event, text(start), minutes);
    }
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, select")) return;
    const go = { t: "[data-today]", n: "[data-ahead]", p: "[data-back]" }[e.key];
    if (go) box.querySelector(go)?.click();
  });
}
