// Keeps the program usable at a client's without network: styles and scripts, and the pages one person keeps in the pocket.
// `shell` and `base` and the queue stand before this. Nothing is served from the pocket while the network answers, and to nobody else.
const mine = `remit ${base} `, shellName = `${mine}shell ${shell[0]}`, who = `${mine}who`, patience = 6000;
const pocketOf = (person) => `${mine}pocket ${person}`;

self.addEventListener("install", (e) => e.waitUntil(caches.open(shellName).then((c) => c.addAll(shell)).then(() => self.skipWaiting())));

self.addEventListener("activate", (e) => e.waitUntil((async () => {
  await dropCaches((name) => name.startsWith(`${mine}shell`) && name !== shellName);
  await self.clients.claim();
})()));

self.addEventListener("message", (e) => { if (e.data.keep) e.waitUntil(keep(e.data.keep).then(() => e.source?.postMessage({ kept: true }))); });

self.addEventListener("sync", (e) => { if (e.tag === "queue") e.waitUntil(sendQueue()); });

self.addEventListener("fetch", (e) => {
  const { request } = e, url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (shell.includes(url.pathname)) e.respondWith(caches.match(url.pathname, { cacheName: shellName }).then((kept) => kept ?? fetch(request)));
  else if (url.pathname === `${base}sign-out` || (url.pathname === `${base}sign-in` && request.method === "GET")) e.respondWith(signOut(request));
  else if (request.method === "GET" && (request.mode === "navigate" || request.destination === "image")) e.respondWith(fromNetwork(request, url));
});

// A page that is looked at sends by itself and shows it. Thrown, the browser tries again later.
async function sendQueue() {
  const pages = await self.clients.matchAll({ type: "window" }), person = await whose();
  if (!person || pages.some((page) => page.visibilityState === "visible")) return;
  const ended = await flush(person);
  for (const page of pages) page.postMessage({ sent: ended });
  if ((await waiting(person)).some((one) => one.problem === undefined)) throw new Error("There is no network yet.");
}

async function dropCaches(which) {
  for (const name of await caches.keys()) if (which(name)) await caches.delete(name);
}

// Whoever signs in next on this phone finds nothing of the one before.
let signedOut = 0;
const forget = () => { signedOut++; return dropCaches((name) => name.startsWith(`${mine}pocket`) || name === who); };

// Before and after: while the words of signing out are on their way, the server still answers for the one who leaves.
async function signOut(request) {
  await forget();
  const answer = await fetch(request);
  await forget();
  return answer;
}

async function keep({ person, pages, files }) {
  const since = signedOut, first = await fetch(new URL("visits/pocket", location.origin + base), { credentials: "same-origin" }).catch(() => null);
  // A word that was on its way when its person signed out counts no more.
  if (since !== signedOut || first?.headers.get("Remit-For") !== person) return;
  await dropCaches((name) => name.startsWith(`${mine}pocket`) && name !== pocketOf(person));
  await (await caches.open(who)).put("who", new Response(person));
  const pocket = await caches.open(pocketOf(person));
  if (since !== signedOut) return dropCaches((name) => name === pocketOf(person) || name === who);
  const wanted = [...pages, ...files].map((path) => new URL(path, location.origin + base).href);
  for (const url of wanted) {
    const answer = await fetch(url, { credentials: "same-origin", headers: { "X-Pocket": "1" } }).catch(() => null);
    // A page says for whom it was made; somebody else may have signed in meanwhile.
    if (since !== signedOut) return;
    if (answer?.ok && !answer.redirected && (answer.headers.get("Remit-For") ?? person) === person) await pocket.put(url, answer);
  }
  for (const old of await pocket.keys()) if (!wanted.includes(old.url)) await pocket.delete(old);
}

async function fromNetwork(request, url) {
  const kept = await fromPocket(url.origin + url.pathname);
  try {
    return kept ? await Promise.race([fetch(request), new Promise((_, late) => setTimeout(late, patience))]) : await fetch(request);
  } catch {
    return kept ?? (request.mode === "navigate" && await fromPocket(new URL("visits/pocket", location.origin + base).href)) ?? Response.error();
  }
}

const whose = async () => (await caches.match("who", { cacheName: who }))?.text();

async function fromPocket(url) {
  const person = await whose();
  return person ? caches.match(url, { cacheName: pocketOf(person) }) : undefined;
}
