// The sidebar: folded away as a whole or area by area, and remembered by the server's next page; favourites put in order by dragging.
const base = new URL(document.baseURI).pathname;
const remember = (name, value) => (document.cookie = `${name}=${encodeURIComponent(value)};path=${base};max-age=31536000;samesite=lax`);

document.addEventListener("click", (e) => {
  if (!e.target.closest("[data-fold]")) return;
  e.preventDefault();
  const folded = document.body.classList.toggle("folded");
  remember("side", folded ? "folded" : "");
  document.querySelectorAll("[data-fold]").forEach((b) => b.setAttribute("aria-expanded", !folded));
});

const areas = [...document.querySelectorAll(".side details[data-area]")];
for (const area of areas) area.addEventListener("toggle", () => remember("areas", areas.filter((a) => !a.open).map((a) => a.dataset.area).join(",")));

// pop.js moves the rows; when one has moved, the order is told.
const stars = document.querySelector(".side [data-favourites]");
if (stars) {
  let was = order();
  function order() { return [...stars.querySelectorAll("[data-id]")].map((f) => f.dataset.id).join(); }
  const tell = () => {
    if (order() === was) return;
    was = order();
    const body = new URLSearchParams({ __RequestVerificationToken: document.body.dataset.token });
    was.split(",").forEach((id) => body.append("id", id));
    fetch("favourites/order", { method: "POST", body, headers: { "X-Remit": "1" } });
  };
  stars.addEventListener("dragend", tell);
  stars.addEventListener("keyup", (e) => { if (e.key === "Alt" || e.altKey) tell(); });
}
