// How far a request has come that takes longer than one waits without a word. Without numbers the bar only moves.
export function shown() {
  const name = crypto.randomUUID?.() ?? [8, 4, 4, 4, 12].map((n) => Array.from(crypto.getRandomValues(new Uint8Array(n)), (b) => (b & 15).toString(16)).join("")).join("-");
  const bar = Object.assign(document.createElement("progress"), { className: "busy" }), word = Object.assign(document.createElement("output"), { className: "busy-word" });
  let wait = setTimeout(show, 700), over = false;

  function show() {
    document.body.append(bar, word);
    look();
  }

  async function look() {
    try {
      const { done, of } = await (await fetch(new URL("/way/" + name, location.origin))).json();
      if (of && !over) {
        [bar.max, bar.value] = [of, done];
        word.textContent = Math.floor((done * 100) / of) + " %";
      }
    } catch { /* asked again */ }
    if (!over) wait = setTimeout(look, 300);
  }

  return { name, end() { over = true; clearTimeout(wait); bar.remove(); word.remove(); } };
}
