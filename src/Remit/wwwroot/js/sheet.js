// The sheet at the client's: its forms go into the queue and from there to the firm, now or when there is network again.
// Without this they are sent like any other form, and a name is typed instead of a signature.
import { add, clock, flush, onChange, waiting } from "./queue.js";

const page = document.querySelector("[data-sheet-page]");
const person = page?.querySelector("[data-queue-box]").dataset.person;

function pad(box) {
  const canvas = box.querySelector("canvas"), pen = canvas.getContext("2d");
  let drawn = false;
  const wipe = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height); drawn = false; };
  const at = (e) => { const r = canvas.getBoundingClientRect(); return [(e.clientX - r.left) * canvas.width / r.width, (e.clientY - r.top) * canvas.height / r.height]; };
  canvas.addEventListener("pointerdown", (e) => {
    canvas.setPointerCapture(e.pointerId);
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#111" });
    pen.beginPath();
    pen.moveTo(...at(e));
  });
  canvas.addEventListener("pointermove", (e) => {
    if (!canvas.hasPointerCapture(e.pointerId)) return;
    pen.lineTo(...at(e));
    pen.stroke();
    drawn = true;
  });
  box.querySelector("button").addEventListener("click", wipe);
  box.hidden = false;
  wipe();
  return { take: () => drawn ? new Promise((done) => canvas.toBlob(done, "image/png")) : null, wipe, inHand: () => drawn };
}

// What waits is shown as if it had happened: the clock runs, the words stand there.
function pretend(all) {
  const has = (end) => all.findLast((one) => one.path.endsWith(end) && !("problem" in one));
  const [started, stopped, noted, finished] = ["/sheet/start", "/sheet/stop", "/sheet/note", "/sheet/finish"].map(has);
  const part = (name) => page.querySelector(`[data-clock=${name}]`) ?? {};
  if (started) { part("start").hidden = true; part("stop").hidden = !!stopped; }
  if (stopped) part("stop").hidden = true;
  if (has("/accept")) part("word").hidden = true;
  const since = started?.at ?? Number(part("said").dataset?.since), minutes = page.querySelector("[name=duration]");
  if (started || stopped) part("said").textContent = `${clock(since)}–${stopped ? clock(stopped.at) : ""}`;
  // What the clock says is proposed, as the server does it; what was typed stays.
  if (stopped && minutes && minutes.value === minutes.defaultValue) minutes.value = Math.max(1, Math.round((stopped.at - since) / 60_000));
  const last = finished ?? noted;
  for (const [name, value] of last?.fields ?? []) {
    const field = page.querySelector(`form[data-works] [name="${CSS.escape(name)}"]`);
    if (field && field.type !== "hidden" && document.activeElement !== field) field.value = value;
  }
  page.classList.toggle("finished", !!finished);
  for (const button of page.querySelectorAll("form[data-works] button.btn")) button.disabled = !!finished;
}

const box = page?.querySelector(".sign");
const signature = box && pad(box);
const about = page?.dataset.sheetPage;

/** After what waited was sent: the visit that is finished, or the sheet as the firm has it now, unless somebody is at work on it. */
export function renew(ended) {
  if (!page || !ended) return;
  if (ended.endsWith(`/visits/${about}`)) location.assign(ended);
  else if (!signature?.inHand() && !page.contains(document.activeElement) && ![...page.querySelectorAll("input[type=file]")].some((f) => f.files.length)) location.reload();
}

if (page && person) {
  const mine = async () => (await waiting(person)).filter((one) => one.about === about);
  onChange(() => mine().then(pretend));
  mine().then(pretend);

  page.addEventListener("submit", async (e) => {
    const form = e.target, button = e.submitter;
    if (!form.matches("[data-queue]")) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    const path = (button?.getAttribute("formaction") ?? form.getAttribute("action"));
    const data = [...new FormData(form)].filter(([name]) => name !== "__RequestVerificationToken" && name !== "to");
    const files = data.filter(([, value]) => value instanceof File && value.size > 0).map(([name, file]) => [name, file, file.name]);
    const picture = form.matches("[data-works]") ? await signature?.take() : null;
    if (picture) {
      await add({ person, about, path: "files", label: box.dataset.label, fields: [["record_kind", "visit"], ["record_id", about]], files: [["files", picture, "signature.png"]] });
      signature.wipe();
    }
    await add({ person, about, path, label: button?.textContent.trim() ?? "", fields: data.filter(([, value]) => typeof value === "string"), files });
    if (files.length) form.reset();
    const ended = await flush(person);
    button?.blur();
    if ((await mine()).length === 0) renew(ended);
  }, true);
}
