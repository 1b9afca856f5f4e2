// One drag over the grid of hours: from an empty place it makes an event, on one it moves it, at its lower edge it lengthens it.
const quarter = 11;
const two = (n) => String(n).padStart(2, "0");
const clock = (row) => `${two(Math.floor(row / 4))}:${two((row % 4) * 15)}`;
const rowAt = (day, y) => Math.max(0, Math.min(95, Math.floor((y - day.getBoundingClientRect().top) / quarter)));

export function drag(down, box, move) {
  const day = down.target.closest?.(".cal-day");
  if (!day || down.button !== 0 || down.pointerType === "touch" || down.target.closest("[data-slot]")) return;
  const event = down.target.closest(".ev");
  if (event && !event.dataset.item) return;
  down.preventDefault();
  const days = [...box.querySelectorAll(".cal-day")];
  const dayAt = (x) => days.find((d) => { const r = d.getBoundingClientRect(); return x >= r.left && x < r.right; });
  const grip = down.target.classList.contains("grip");
  const from = rowAt(day, down.clientY);
  const ghost = Object.assign(document.createElement("div"), { className: "ev ghost" });
  const minutes = event ? +event.dataset.minutes : 60;
  const first = event ? +event.dataset.start.slice(11, 13) * 4 + Math.floor(+event.dataset.start.slice(14) / 15) : from;
  let moved = false, place = null;
  const over = (e) => {
    if (!moved && Math.abs(e.clientX - down.clientX) + Math.abs(e.clientY - down.clientY) < 5) return;
    moved = true;
    const at = (event && !grip ? dayAt(e.clientX) : day) ?? day, row = rowAt(at, e.clientY);
    const start = event ? (grip ? first : Math.max(0, first + row - from)) : Math.min(from, row);
    const length = event ? (grip ? Math.max(1, row - first + 1) : Math.ceil(minutes / 15)) : Math.max(2, Math.abs(row - from) + 1);
    place = { day: at.dataset.day, start, minutes: event && !grip ? minutes : length * 15 };
    ghost.style.gridRow = `${start + 1} / span ${length}`;
    ghost.style.gridColumn = "1 / -1";
    ghost.textContent = `${clock(start)}–${clock(start + length)}`;
    at.append(ghost);
  };
  const stop = () => { removeEventListener("pointermove", over); removeEventListener("pointerup", up); removeEventListener("keydown", esc); ghost.remove(); };
  const made = (at, length) => location.assign(`calendar/new?start=${at}&minutes=${length}${day.dataset.book ? "&calendar=" + day.dataset.book : ""}`);
  const up = () => {
    stop();
    if (!moved) { if (event) event.click(); else made(`${day.dataset.day}T${clock(from)}`, 60); return; }
    const start = `${place.day}T${clock(place.start)}`;
    if (event) move(event, start, place.minutes); else made(start, place.minutes);
  };
  const esc = (e) => { if (e.key === "Escape") stop(); };
  addEventListener("pointermove", over);
  addEventListener("pointerup", up);
  addEventListener("keydown", esc);
}
