// Keeps the whole bundle, so that the next visit needs no network. All files of one build lie in one cache, named after
// the build. A newer build takes the older's place, cache and all, when no other page of the older is open: on a phone,
// where a tab is never closed, when its page is loaded again.
importScripts("files.js");

const me = /** @type {ServiceWorkerGlobalScope & { BUNDLE: Record<string, any> }} */ (/** @type {unknown} */ (self));
const { build, files, pages, lasting } = me.BUNDLE;
const KIND = `index766 ${me.registration.scope} `;
const NAME = KIND + build;
const at = (path) => new URL(path, me.registration.scope).href;

me.addEventListener("install", (event) => event.waitUntil(keepAll()));

async function keepAll() {
  const cache = await caches.open(NAME);
  const waiting = [...files, ...pages.map((page) => `${page}/`.replace(/^\/$/, "./"))];
  const next = async () => { while (waiting.length) await keep(cache, waiting.shift()); };
  await Promise.all(Array.from({ length: 6 }, next));
}

async function keep(cache, path) {
  const fresh = lasting.some((folder) => path.startsWith(folder)) ? "default" : "no-cache";
  const answer = await fetch(at(path), { cache: fresh, credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  await cache.put(at(path), answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer);
}

// A page that is only just opening says that it could begin with the newer build as well, and is told whether it will.
me.addEventListener("message", (event) => event.waitUntil((async () => {
  const alone = await onlyPage();
  event.ports[0]?.postMessage(alone);
  if (alone) await me.skipWaiting();
})()));

async function onlyPage() {
  for (let looks = 0; looks < 10; looks += 1) { // the one that it takes the place of may still be counted for a moment
    if (await pagesOpen() === 1) return true;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return false;
}

async function pagesOpen() {
  const windows = await me.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.filter(({ url, frameType }) => url.startsWith(me.registration.scope) && frameType === "top-level").length;
}

me.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(KIND) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await me.clients.claim();
})()));

me.addEventListener("fetch", (event) => {
  if (event.request.method === "GET") event.respondWith(answer(event.request));
});

async function answer(request) {
  const url = new URL(request.url);
  if (request.mode === "navigate" && pages.some((page) => page && url.pathname === new URL(at(page)).pathname)) {
    return Response.redirect(`${url.origin}${url.pathname}/${url.search}`); // as a server does for a folder
  }
  const cache = await caches.open(NAME);
  return (await cache.match(request, { ignoreSearch: request.mode === "navigate" })) ?? fetch(request);
}
