// This site keeps no pages any more: take back what an older one kept on this phone.
"use strict";
const KEPT = `pages ${new URL(self.registration.scope).pathname}`;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(caches.delete(KEPT).then(() => self.registration.unregister())));
