// A signature with the finger: kept as a picture at the visit before the sheet is sent. Without this the name is typed.
const form = document.querySelector("form[data-sheet]");

async function keep(canvas) {
  const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const body = new FormData();
  body.append("__RequestVerificationToken", document.body.dataset.token);
  body.append("record_kind", "visit");
  body.append("record_id", form.dataset.sheet);
  body.append("files", picture, "signature.png");
  const answer = await fetch("files", { method: "POST", body, headers: { "X-Remit": "1" } });
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).message ?? answer.statusText);
}

if (form) {
  const box = form.querySelector(".sign");
  const canvas = box.querySelector("canvas");
  const pen = canvas.getContext("2d");
  box.hidden = false;
  let drawn = false;
  const wipe = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, canvas.width, canvas.height); drawn = false; };
  wipe();
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
  form.addEventListener("submit", async (e) => {
    if (!drawn) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    try {
      await keep(canvas);
      drawn = false;
      form.requestSubmit();
    } catch (problem) {
      const said = Object.assign(document.createElement("p"), { className: "refusal", textContent: problem.message });
      said.setAttribute("role", "alert");
      form.querySelector(".refusal")?.remove();
      form.prepend(said);
    }
  }, true);
}
