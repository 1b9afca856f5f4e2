// A refused form stays on the page with everything typed in it, and says why at its top.
import { shown } from "./way.js";

document.addEventListener("submit", async (e) => {
  const form = e.target;
  if (form.method !== "post") return form.hasAttribute("data-way") ? ask(e, form) : undefined;
  e.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const body = new FormData(form);
  if (e.submitter?.name) body.append(e.submitter.name, e.submitter.value);
  const way = shown();
  try {
    const answer = await fetch(e.submitter?.formAction && e.submitter.hasAttribute("formaction") ? e.submitter.formAction : form.action,
      { method: "POST", body: form.enctype === "multipart/form-data" ? body : new URLSearchParams(body), headers: { "X-Remit": "1", "X-Remit-Way": way.name } });
    await settle(form, answer);
  } catch {
    HTMLFormElement.prototype.submit.call(form);
  } finally {
    way.end();
    delete form.dataset.busy;
  }
});

// A question that takes long to answer: the bar moves, the page that comes takes the place of this one.
async function ask(e, form) {
  e.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const to = form.action + "?" + new URLSearchParams(new FormData(form, e.submitter)), way = shown();
  try {
    const answer = await fetch(to, { headers: { "X-Remit": "1", "X-Remit-Way": way.name } });
    await settle(form, answer);
    if (answer.ok) history.pushState({ asked: true }, "", to);
  } catch {
    location.assign(to);
  } finally {
    way.end();
    delete form.dataset.busy;
  }
}
addEventListener("popstate", () => { if (document.querySelector("form[data-way]")) location.reload(); });

async function settle(form, answer) {
  const json = answer.headers.get("Content-Type")?.includes("json");
  if (json && !answer.ok) return refuse(form, await answer.json());
  if (json) { sent(form); return go((await answer.json()).to, form); }
  if (answer.redirected) return go(answer.url, form);
  // A page came back instead of a redirect (a review of what was sent): its middle is shown where we are; the
  // sidebar and the dialogs stay, with what listens to them.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  form.dispatchEvent(new CustomEvent("remit:reviewed", { bubbles: true }));
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.dispatchEvent(new Event("remit:shown"));
  window.scrollTo(0, 0);
}

// Taken by the server: what was kept of it in this browser may go.
function sent(form) {
  form.dispatchEvent(new CustomEvent("remit:sent", { bubbles: true }));
}

function go(to, form) {
  const there = new URL(to, document.baseURI);
  // The panel beside a list shows its record anew instead of leaving the list.
  if (form?.isConnected && !form.dispatchEvent(new CustomEvent("remit:gone", { bubbles: true, cancelable: true, detail: there }))) return;
  if (there.pathname + there.search !== location.pathname + location.search) { location.assign(there.href); return; }
  // Only another place of the same page: a browser would scroll there and show what was before.
  if (there.hash) history.replaceState(null, "", there.href);
  location.reload();
}

function refuse(form, { message, field, row }) {
  const place = form.querySelector(":scope > .stays") ?? form;
  place.querySelector(":scope > .refusal")?.remove();
  const said = Object.assign(document.createElement("p"), { className: "refusal", textContent: message });
  said.setAttribute("role", "alert");
  place.prepend(said);
  said.scrollIntoView({ block: "nearest" });
  const meant = form.elements[field];
  (meant instanceof RadioNodeList && row != null ? meant[row] : meant ?? said).focus?.();
  if (place === form) said.scrollIntoView({ block: "nearest" });
}
