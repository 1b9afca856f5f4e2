// Passkeys: the page asks the device, the device asks its holder, the answer goes to the server as any form.
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !isSecureContext) continue;
  form.hidden = false;
  form.querySelector("[data-without]")?.remove();
  form.querySelector("button").disabled = false;
  form.addEventListener("submit", (e) => {
    if (form.dataset.ready) { delete form.dataset.ready; return; }
    e.preventDefault();
    e.stopImmediatePropagation();
    ask(form);
  }, true);
}

async function ask(form) {
  const answer = await fetch(form.dataset.passkey, { method: "POST", headers: { "X-Remit": "1" }, body: new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token }) });
  if (!answer.ok) return;
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  try {
    const given = options.user ? await make(options) : await navigator.credentials.get({ publicKey: options });
    fill(form, given);
    form.dataset.ready = "1";
    form.requestSubmit();
  } catch (e) {
    // Whoever closed the device's question knows why.
    if (e.name !== "NotAllowedError" && e.name !== "AbortError") throw e;
  }
}

function make(options) {
  options.user.id = bytes(options.user.id);
  for (const known of options.excludeCredentials) known.id = bytes(known.id);
  return navigator.credentials.create({ publicKey: options });
}

function fill(form, given) {
  const r = given.response;
  const said = r.attestationObject
    ? { client: text(r.clientDataJSON), attestation: text(r.attestationObject) }
    : { id: given.id, client: text(r.clientDataJSON), data: text(r.authenticatorData), signature: text(r.signature) };
  for (const [name, value] of Object.entries(said)) {
    const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    field.value = value;
  }
}
