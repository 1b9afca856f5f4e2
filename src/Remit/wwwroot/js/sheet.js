// The sheet at the client's: its forms go into the queue and from there to the firm, now or when there is network again.
// Without this they are sent like any other form, and a name is typed instead of a signature.
import { add, flush, onChange, waiting } from "./queue.js";

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
  return { take: () => drawn ? new Promise((done) => canvas.toBlob(done, "image/png")) : null, wipe };
}

// What waits is shown as if it had happened: the clock runs, the words stand there.
function pretend(all) {
  const has = (end) => all.findLast((one) => one.path.endsWith(end) && !("problem" in one));
  const [started, stopped, noted, finished] = ["/sheet/start", "/sheet/stop", "/sheet/note", "/sheet/finish"].map(has);
  const clock = (part) => page.querySelector(`[data-clock=${part}]`);
  if (started) { clock("start").hidden = true; clock("stop").hidden = !!stopped; }
  if (stopped) clock("stop").hidden = true;
  const last = finished ?? noted;
  for (const [name, value] of last?.fields ?? []) {
    const field = page.querySelector(`form[data-works] [name="${CSS.escape(name)}"]`);
    if (field && field.type !== "hidden" && document.activeElement !== field) field.value = value;
  }
  page.classList.toggle("finished", !!finished);
  for (const button of page.querySelectorAll("form[data-works] button.btn")) button.disabled = !!finished;
}

if (page && person) {
  const box = page.querySelector(".sign");
  const signature = box && pad(box);
  const about = page.dataset.sheetPage;
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
    if (ended && (await mine()).length === 0) path.endsWith("/finish") ? location.assign(ended) : location.reload();
  }, true);
}
