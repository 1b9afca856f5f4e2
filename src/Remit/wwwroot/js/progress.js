// A bar that moves by itself; without a script the page comes anew instead.
const box = document.querySelector("[data-progress]");

async function look() {
  try {
    const answer = await fetch(box.dataset.progress);
    const { percent, done } = await answer.json();
    if (done) return location.reload();
    box.querySelector("progress").value = percent;
  } catch { /* the server is busy or away: asked again */ }
  setTimeout(look, 1000);
}

if (box) setTimeout(look, 500);
