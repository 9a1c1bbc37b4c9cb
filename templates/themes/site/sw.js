// Answers from the network while there is one, so that a page about a recalled paper is never old; else from what was kept.
"use strict";
const root = new URL(self.registration.scope);
const KEPT = `pages ${root.pathname}`, OFF = `off ${root.pathname}`;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(Promise.all(event.data.map(fetchOnce))));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method === "GET" && url.origin === location.origin && !event.request.headers.has("range")) {
    event.respondWith(answer(event.request));
  }
});

async function fetchOnce(url) {
  const response = await fetch(url, { cache: "force-cache" });
  await remember(url, response);
}

async function remember(request, response) {
  if (await caches.has(OFF)) return;
  const cache = await caches.open(KEPT);
  if (response.ok && !response.redirected) await cache.put(request, response.clone());
  else if (response.status === 404 || response.status === 410) await cache.delete(request);
}

async function answer(request) {
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    const kept = await find(request.url.split("#")[0]);
    if (kept) return kept;
    throw error;
  }
  await remember(request, response);
  return response;
}

async function find(url) {
  const cache = await caches.open(KEPT);
  const folder = url.replace(/index\.html$/, "").replace(/\/$/, "");
  for (const name of [url, folder, `${folder}/`, `${folder}/index.html`]) {
    const kept = await cache.match(name);
    if (kept) return kept;
  }
  return undefined;
}
