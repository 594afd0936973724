// Keeps the whole bundle, so that the next visit needs no network. All files of one build lie in one cache, named after
// the build. A newer build takes the older's place, cache and all, when no other page of the older is open: on a phone,
// where a tab is never closed, when its page is loaded again.
importScripts("files.js");

const { build, files, pages, lasting } = self.BUNDLE;
const KIND = `index766 ${self.registration.scope} `;
const NAME = KIND + build;
const at = (path) => new URL(path, self.registration.scope).href;

self.addEventListener("install", (event) => event.waitUntil(keepAll()));

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

// A page that is only just opening says that it could begin with the newer build as well.
self.addEventListener("message", (event) => event.waitUntil((async () => {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const pages = windows.filter(({ url, frameType }) => url.startsWith(self.registration.scope) && frameType === "top-level");
  if (pages.length === 1) await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith(KIND) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
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
