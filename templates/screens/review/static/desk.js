// Shows how far the printing is without loading the page again and again; without scripts the page reloads by itself.
"use strict";
(() => {
  const place = document.querySelector("[data-job]");
  if (!place) return;
  const bar = place.querySelector("progress");
  let known = -1;
  const look = async () => {
    try {
      const answer = await fetch(place.dataset.job);
      const job = await answer.json();
      if (!job.running) return location.reload();
      if (job.total) { bar.max = job.total; bar.value = job.done; }
      if (job.done !== known && job.done % 10 === 0) {
        // The words with their numbers come from the server, in the language of the screen.
        const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
        const status = fresh.querySelector("[data-job] [role=status]");
        if (status) place.querySelector("[role=status]").replaceWith(status);
        known = job.done;
      }
    } catch { /* the page is closed or the line is down: try again */ }
    setTimeout(look, 700);
  };
  look();
})();
