// What was just done can be taken back for ten seconds here, and later from the history.
const toast = document.querySelector(".toast");
const seconds = toast?.querySelector("[data-seconds]");
let left = 10;
const tick = toast && setInterval(() => {
  if (document.hidden || toast.matches(":hover, :focus-within")) return;
  if (seconds) seconds.textContent = --left; else left--;
  if (left <= 0) { clearInterval(tick); toast.remove(); }
}, 1000);
