// Keeps the pages that were opened on this phone, unless the person said no. Reading needs none of this.
"use strict";
const root = new URL(".", document.currentScript.src);
const KEPT = `pages ${root.pathname}`, OFF = `off ${root.pathname}`;
const buttons = { forget: document.getElementById("forget"), again: document.getElementById("again") };

async function keep() {
  await navigator.serviceWorker.register(new URL("sw.js", root));
  const ready = await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  ready.active.postMessage([location.href, ...parts].filter((url) => url.startsWith(root)));
}

async function forget() {
  await caches.open(OFF);
  await caches.delete(KEPT);
  for (const one of await navigator.serviceWorker.getRegistrations()) {
    if (one.scope === root.href) await one.unregister();
  }
}

async function show() {
  const off = await caches.has(OFF);
  if (buttons.forget) buttons.forget.hidden = off;
  if (buttons.again) buttons.again.hidden = !off;
  if (!off) await keep();
}

if (location.protocol.startsWith("http") && "serviceWorker" in navigator && "caches" in window) {
  buttons.forget?.addEventListener("click", () => forget().then(show));
  buttons.again?.addEventListener("click", () => caches.delete(OFF).then(show));
  show();
}
