// Forms that wait for the network, in the order in which they were sent, each with a name by which it is done once.
// The page sends it, and the worker where the page is closed: this file stands in both.
const folder = new URL(self.document?.baseURI ?? "./", location.href).pathname;
const changed = [];
let sending = null;

function open() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(`remit ${folder}`, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "n", autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function inStore(mode, act) {
  const store = await open();
  try {
    return await new Promise((done, failed) => {
      const work = store.transaction("waiting", mode);
      const asked = act(work.objectStore("waiting"));
      work.oncomplete = () => done(asked.result);
      work.onerror = work.onabort = () => failed(work.error);
    });
  } finally {
    store.close();
  }
}

/** What this person has not sent yet. */
export async function waiting(person) {
  return (await inStore("readonly", (s) => s.getAll())).filter((one) => one.person === person);
}

export async function add(entry) {
  await inStore("readwrite", (s) => s.add({ ...entry, op: crypto.randomUUID(), at: Date.now() }));
  tell();
  // Where the browser can, it wakes the worker when there is network, whether or not the page is still open.
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("queue")).catch(() => { /* then the page sends it */ });
}

export async function drop(n) {
  await inStore("readwrite", (s) => s.delete(n));
  tell();
}

export const onChange = (act) => changed.push(act);
const tell = (state) => changed.forEach((act) => act(state));

/** Sends what waits; says where the last one leads, or null where nothing was sent. */
export function flush(person) {
  // One at a time, page or worker; without locks a form goes twice and is done once.
  const alone = (act) => navigator.locks ? navigator.locks.request(`remit queue ${folder}`, act) : act();
  sending ??= alone(() => send(person)).finally(() => { sending = null; });
  return sending;
}

async function send(person) {
  const all = await waiting(person);
  if (all.length === 0) { tell(); return null; }
  // A fresh token: the one in a page that was kept may be of yesterday. Whoever is signed in now must be the same person.
  const now = await fetch("visits/pocket.json", { cache: "no-store" }).then((a) => a.redirected ? null : a.ok ? a.json() : undefined).catch(() => undefined);
  if (now === undefined) { tell("away"); return null; }
  if (now?.person !== person) { tell("signed-out"); return null; }
  const stuck = new Set();
  let ended = null;
  for (const one of all) {
    if (stuck.has(one.about)) continue;
    const answer = await post(one, now.token).catch(() => null);
    if (!answer || answer.status >= 500 || answer.status === 429) { tell("away"); break; }
    if (answer.ok) { ended = (await answer.json()).to; await drop(one.n); continue; }
    stuck.add(one.about);
    one.problem = await answer.json().then((said) => said.message, () => "");
    await inStore("readwrite", (s) => s.put(one));
    tell();
  }
  return ended;
}

/** A moment as the rest of the program writes it. */
export const clock = (at) => new Date(at).toTimeString().slice(0, 5);

export function fieldsOf(one, token) {
  return [...one.fields, ["op", one.op], ["at", `${one.at}`], ["sent", `${Date.now()}`], ["__RequestVerificationToken", token]];
}

function post(one, token) {
  const body = new FormData();
  for (const [name, value] of fieldsOf(one, token)) body.append(name, value);
  for (const [name, file, called] of one.files ?? []) body.append(name, file, called);
  return fetch(one.path, { method: "POST", body, headers: { "X-Remit": "1" } });
}
