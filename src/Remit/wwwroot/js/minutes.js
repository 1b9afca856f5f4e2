// Minutes are saved while they are typed. Where another changed the same, the form is sent as a form, and the page asks.
const pause = 1200;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const text = form.elements.notes, said = form.querySelector("[data-saved]");
  let timer, saving, last = text.value;
  form.querySelector("[data-autosave-hide]").hidden = true;
  const save = async () => {
    clearTimeout(timer);
    if (saving || text.value === last) return;
    saving = true;
    const sent = text.value, body = new URLSearchParams(new FormData(form));
    body.set("draft", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Remit": "1" }, keepalive: body.toString().length < 60000 });
      if (answer.status === 409) return HTMLFormElement.prototype.submit.call(form);
      const json = await answer.json();
      if (!answer.ok) { said.textContent = json.message; return; }
      form.elements.version.value = json.version;
      last = sent;
      // What another wrote meanwhile comes in where nothing was typed since.
      if (text.value === sent && json.notes !== sent) last = text.value = json.notes;
      said.textContent = `${form.dataset.autosave} ${new Date().toTimeString().slice(0, 5)}`;
    } catch {
      timer = setTimeout(save, 5000);
    } finally {
      saving = false;
      if (text.value !== sent) timer = setTimeout(save, pause);
    }
  };
  text.addEventListener("input", () => { said.textContent = "…"; clearTimeout(timer); timer = setTimeout(save, pause); });
  text.addEventListener("change", save);
  addEventListener("pagehide", save);
}
