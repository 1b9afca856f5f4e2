// A new notice rings by itself, on the page one looks at; a page in the background listens to nothing.
import { toast } from "./toast.js";
import { refresh } from "./badges.js";
let source;

function listen() {
  if (document.hidden) { source?.close(); source = undefined; return; }
  if (source || !document.querySelector("[data-badge=notices]")) return;
  source = new EventSource("notices/stream");
  source.addEventListener("message", (e) => {
    refresh();
    if (!document.querySelector(".toast form")) toast(JSON.parse(e.data).say);
  });
}

document.addEventListener("visibilitychange", listen);
// After the page is there: listening never delays it.
if (document.readyState === "complete") listen();
else addEventListener("load", listen);
