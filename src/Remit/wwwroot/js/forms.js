// A refused form stays on the page with everything typed in it, and says why at its top.
document.addEventListener("submit", async (e) => {
  const form = e.target;
  if (form.method !== "post") return;
  e.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const body = new FormData(form);
  if (e.submitter?.name) body.append(e.submitter.name, e.submitter.value);
  const wait = setTimeout(() => document.body.append(Object.assign(document.createElement("progress"), { className: "busy" })), 700);
  try {
    const answer = await fetch(e.submitter?.formAction && e.submitter.hasAttribute("formaction") ? e.submitter.formAction : form.action,
      { method: "POST", body: form.enctype === "multipart/form-data" ? body : new URLSearchParams(body), headers: { "X-Remit": "1" } });
    await settle(form, answer);
  } catch {
    HTMLFormElement.prototype.submit.call(form);
  } finally {
    clearTimeout(wait);
    document.querySelector("progress.busy")?.remove();
    delete form.dataset.busy;
  }
});

async function settle(form, answer) {
  const json = answer.headers.get("Content-Type")?.includes("json");
  if (json && !answer.ok) return refuse(form, await answer.json());
  if (json) return go((await answer.json()).to);
  if (answer.redirected) return go(answer.url);
  // A page came back instead of a redirect (a review of what was sent): its middle is shown where we are; the
  // sidebar and the dialogs stay, with what listens to them.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  window.scrollTo(0, 0);
}

function go(to) {
  const url = new URL(to, location.href), here = (href) => href.split("#")[0];
  if (here(url.href) !== here(location.href)) return location.assign(url);
  // Another place of the same page would only be scrolled to; what was saved has to be fetched.
  history.replaceState(null, "", url);
  location.reload();
}

function refuse(form, { message, field }) {
  form.querySelector(":scope > .refusal")?.remove();
  const said = Object.assign(document.createElement("p"), { className: "refusal", textContent: message });
  said.setAttribute("role", "alert");
  form.prepend(said);
  (form.elements[field] ?? said).focus?.();
  said.scrollIntoView({ block: "nearest" });
}
