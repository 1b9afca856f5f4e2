// A row of fields more as soon as the last one is written in; without this the page gives one more with each save.
document.addEventListener("input", (e) => {
  const box = e.target.closest?.("[data-rows]"), last = box?.lastElementChild;
  if (!last?.contains(e.target) || box.children.length >= Number(box.dataset.rows)) return;
  const next = last.cloneNode(true), at = box.children.length;
  for (const field of next.querySelectorAll("input")) {
    field.name = field.name.replace(/\d+$/, at);
    field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/\d+/, at + 1));
    field.value = "";
  }
  box.append(next);
});
