// A button that was just shown takes a press only after its sentence could be read, and no form is sent twice by a double press.
"use strict";
(() => {
  const AGAIN = 5000; // milliseconds after which a form that did not get through may be sent again
  const html = document.documentElement;
  const buttons = [...document.querySelectorAll("button[data-wait]")].filter((button) => Number(button.dataset.wait) > 0);
  const words = document.getElementById("wait");
  const soon = document.getElementById("soon");
  const waiting = () => buttons.some((button) => button.ariaDisabled === "true");
  const ready = (button) => {
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-describedby");
    if (waiting()) return;
    html.classList.remove("waits");
    soon.textContent = "";
  };
  const hold = () => {
    for (const button of buttons) {
      button.style.setProperty("--wait", `${button.dataset.wait}ms`);
      button.setAttribute("aria-disabled", "true"); // not `disabled`: it can be found and read out, and keeps the focus
      button.setAttribute("aria-describedby", "wait");
    }
    html.classList.toggle("waits", buttons.length > 0);
  };
  const seen = () => { // a page in a hidden tab is not read
    if (document.visibilityState !== "visible") return document.addEventListener("visibilitychange", seen, { once: true });
    html.classList.add("seen"); // the buttons begin to fill
    for (const button of buttons) setTimeout(ready, Number(button.dataset.wait), button);
  };
  const begin = () => { hold(); seen(); };
  let sent = -AGAIN;
  begin();
  window.addEventListener("pageshow", (event) => { if (event.persisted) { sent = -AGAIN; begin(); } });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("button[aria-disabled=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    soon.replaceChildren(...words.cloneNode(true).childNodes); // with the language it is in
  }, true);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    if (event.timeStamp - sent < AGAIN) event.preventDefault(); else sent = event.timeStamp;
  });
})();
