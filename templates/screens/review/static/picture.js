// Draws the page again while somebody types: the newest text only, one request at a time. Without scripts the picture shows what was sent last.
"use strict";
(() => {
  const PAUSE = 150; // milliseconds without a key
  const figure = document.querySelector("figure[data-picture]");
  if (!figure) return;
  const image = figure.querySelector("img");
  const notes = figure.querySelector("[data-picture-notes]");
  let again = 10; // a picture that was overtaken by an older page's, or found the drawer busy, is asked for once more
  image.addEventListener("error", () => { if (again-- > 0) setTimeout(() => { image.src = image.getAttribute("src"); }, 1000); });
  if (image.complete && !image.naturalWidth) image.dispatchEvent(new Event("error"));
  let timer, wanted = null, busy = false;

  const say = (problems) => notes.replaceChildren(...problems.map(({ what, hint }) => {
    const line = document.createElement("p");
    line.lang = "en"; line.dir = "ltr";
    line.textContent = hint ? `${what}. ${hint}` : what;
    return line;
  }));
  const draw = async () => {
    if (busy || wanted === null) return;
    const text = wanted;
    busy = true; wanted = null;
    figure.classList.add("waits");
    try {
      const answer = await fetch(figure.dataset.picture, { method: "POST", body: new URLSearchParams({ text, you: document.querySelector("#sentence [name=you]").value }) });
      const found = await answer.json();
      if (answer.ok && wanted === null) {
        if (found.url) { image.src = found.url; await image.decode().catch(() => {}); }
        figure.querySelector("figcaption a").href = found.whole;
        say(found.problems);
      } else if (answer.status === 503 && wanted === null) { wanted = text; setTimeout(draw, 1000); }
    } catch { /* the page is closed or the line is down: the old picture stays */ }
    busy = false;
    if (wanted === null) figure.classList.remove("waits"); else draw();
  };
  const typed = (text) => { wanted = text; clearTimeout(timer); timer = setTimeout(draw, PAUSE); };
  document.addEventListener("leaflets-text", (event) => typed(event.detail));
  document.addEventListener("input", (event) => { if (event.target.matches("textarea[name=text]")) typed(event.target.value); });
})();
