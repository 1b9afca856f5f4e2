// A link that is handed over: a button beside it copies it.
for (const field of document.querySelectorAll("input[data-copy]")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: field.dataset.copy });
  button.addEventListener("click", async () => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.textContent = field.dataset.copied;
  });
  field.insertAdjacentElement("afterend", button);
}
