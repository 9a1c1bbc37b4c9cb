// Makes the reading screens better; without it they are plain forms. No request leaves this page's own address.
"use strict";
(() => {
  const html = document.documentElement;
  const form = document.getElementById("sentence");
  const memory = {
    get(name) { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* full or forbidden: the server keeps it too */ } },
    drop(name) { try { localStorage.removeItem(name); } catch { /* the same */ } },
  };
  html.classList.add("scripted");

  // Keys: single letters, never while somebody types, and they can be turned off (WCAG 2.1.4).
  const letters = document.getElementById("letters");
  const on = () => memory.get("leaflets-letters") !== false;
  const show = () => { html.classList.toggle("letters", on()); if (letters) letters.checked = on(); };
  show();
  letters?.addEventListener("change", () => { memory.set("leaflets-letters", letters.checked); show(); });
  document.querySelector(".keys")?.removeAttribute("hidden");
  const go = (id) => { const place = document.getElementById(id); place?.scrollIntoView({ block: "center" }); place?.focus(); };
  const next = () => [...document.querySelectorAll(".question input")].find((box) => !box.checked);
  const moves = {
    e: () => (field || document.getElementById("text"))?.focus(),
    r: () => go("reason"),
    a: () => go("comment"),
    y: () => { const box = html.classList.contains("waits") ? null : next(); if (box) { box.checked = true; box.focus(); } },
  };
  let field = null;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("textarea, input:not([type=checkbox]), [contenteditable=true]");
    if (event.isComposing || event.repeat) return; // a key that is held does nothing twice, and signs nothing
    if (event.key === "Escape" && typing) return typing.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#sentence")) {
      const name = { comment: "ask", reason: "reject" }[event.target.id] || "correct";
      event.preventDefault();
      return document.querySelector(`#sentence button[value=${name}]`)?.click();
    }
    if (!on() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    // On a keyboard of another script the key counts by its place.
    const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : /^Key[A-Z]$/.test(event.code) ? event.code[3].toLowerCase() : "";
    const button = letter && document.querySelector(`[data-key=${letter}]:not([hidden])`);
    if (button) { event.preventDefault(); button.click(); } else if (moves[letter]) { event.preventDefault(); moves[letter](); }
  });
  if (!form?.elements.text) return; // the source is not corrected here

  // The field: marked parts stand for placeholders and tags; they can be moved and taken out, never altered.
  const area = form.elements.text;
  const buttons = [...form.querySelectorAll(".chips button")];
  const shown = new Map(buttons.map((button) => [button.dataset.token, button.firstElementChild]));
  const cut = buttons.length ? new RegExp(`(${[...shown.keys()].map((token) => token.replace(/[{}/]/g, "\\$&")).join("|")})`) : null;
  const chip = (token) => {
    const mark = document.createElement("span");
    mark.className = "chip";
    mark.contentEditable = "false";
    mark.dataset.token = token;
    mark.append(shown.get(token).cloneNode(true));
    return mark;
  };
  const parts = (text) => (cut ? text.split(cut) : [text]).filter(Boolean).map((part) => (shown.has(part) ? chip(part) : document.createTextNode(part)));
  const read = (node) => [...node.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.data;
    return child.dataset?.token || (child.tagName === "BR" ? " " : (child.tagName === "DIV" ? " " : "") + read(child));
  }).join("");
  const tidy = (text) => text.replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, ""); // to compare; what is typed stays as it is
  const value = () => (field ? read(field) : area.value);
  const same = (one, other) => tidy(one) === tidy(other);
  const put = (text) => { if (field) field.replaceChildren(...parts(text)); else area.value = text; changed(); };
  const insert = (nodes) => { // by the browser's own editing, so that Ctrl+Z takes it back
    const range = getSelection().rangeCount && getSelection().getRangeAt(0);
    if (!range || !field.contains(range.commonAncestorContainer)) {
      getSelection().selectAllChildren(field);
      getSelection().collapseToEnd();
    }
    const box = document.createElement("div");
    box.append(...nodes);
    field.focus();
    document.execCommand("insertHTML", false, box.innerHTML);
    const node = getSelection().anchorNode;
    const inside = (node.nodeType === Node.TEXT_NODE ? node.parentNode : node).closest("#field .chip"); // where nothing can be typed
    if (!inside) return;
    const after = document.createRange();
    after.setStartAfter(inside);
    getSelection().removeAllRanges();
    getSelection().addRange(after);
  };
  if (buttons.length) {
    field = document.createElement("div");
    field.className = "field text";
    field.id = "field";
    field.contentEditable = "true";
    field.lang = area.lang;
    field.dir = area.dir;
    field.spellcheck = true;
    for (const [name, text] of [["role", "textbox"], ["aria-multiline", "true"], ["aria-labelledby", "text-label"], ["aria-describedby", "text-help"]]) field.setAttribute(name, text);
    field.replaceChildren(...parts(area.value));
    area.hidden = true;
    area.before(field);
    document.getElementById("text-label").addEventListener("click", () => field.focus());
    form.querySelector(".chips").hidden = false;
    for (const button of buttons) button.addEventListener("click", () => insert([chip(button.dataset.token)]));
    const paste = (event, data) => { event.preventDefault(); const nodes = parts(data.getData("text/plain").replace(/[ \t\r\n]+/g, " ")); if (nodes.length) insert(nodes); };
    field.addEventListener("paste", (event) => paste(event, event.clipboardData));
    field.addEventListener("drop", (event) => paste(event, event.dataTransfer));
    for (const kind of ["copy", "cut"]) field.addEventListener(kind, (event) => { // a chip goes as its placeholder, not as today's number
      const box = document.createElement("div");
      box.append(getSelection().getRangeAt(0).cloneContents());
      event.clipboardData.setData("text/plain", read(box));
      event.preventDefault();
      if (kind === "cut") document.execCommand("delete");
    });
    field.addEventListener("blur", () => {
      if (document.activeElement === field) return; // another window is in front: whoever types comes back to their cursor
      if ([...field.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && cut.test(node.data))) field.replaceChildren(...parts(value()));
    });
    field.addEventListener("beforeinput", (event) => { if (["insertParagraph", "insertLineBreak"].includes(event.inputType)) event.preventDefault(); });
  }

  // What is typed is kept at once on this device, and a moment later on the computer with the campaign.
  const name = `leaflets:${form.dataset.reader}:${form.dataset.place}`;
  const seen = form.elements.seen.value;
  const notices = document.getElementById("notices");
  const notice = (which) => {
    if (!notices || notices.querySelector(`[data-name=${which}]`)) return null;
    const found = document.getElementById("words").content.querySelector(`[data-name=${which}]`).cloneNode(true);
    notices.append(found);
    return found;
  };
  const send = async (where) => {
    const data = new URLSearchParams({ you: form.elements.you.value, key: form.elements.key.value, seen, english: form.elements.english.value, text: value() });
    const answer = await fetch(`/${where}/${form.dataset.place}`, { method: "POST", body: data });
    if (!answer.ok) throw new Error(answer.status);
    notices?.querySelector("[data-name=offline]")?.remove();
    return answer.json();
  };
  const problems = document.getElementById("problems");
  const said = document.getElementById("said");
  const fresh = (markup) => {
    const given = new Map([...problems.querySelectorAll("input")].map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value]));
    const box = document.createElement("template");
    box.innerHTML = markup; // markup of our own template: every text in it is escaped there
    for (const one of box.content.querySelectorAll("input")) {
      if (!given.has(one.name)) continue;
      if (one.type === "checkbox") one.checked = given.get(one.name); else one.value = given.get(one.name);
    }
    const held = document.activeElement.closest("#problems > *"); // somebody answers there: that part stays, the others change around it
    if (!held) return problems.replaceChildren(box.content);
    const next = [...box.content.children];
    const place = next.findIndex((one) => one.querySelector(`[name="${document.activeElement.name}"]`));
    for (const one of [...problems.children]) if (one !== held) one.remove();
    held.before(...next.slice(0, Math.max(place, 0)));
    held.after(...next.slice(place + 1));
  };
  let wait = 0;
  let turn = 0;
  const look = async () => {
    const mine = ++turn;
    try {
      await send("keep");
      const answer = await send("check");
      if (mine !== turn) return;
      fresh(answer.markup);
      said.textContent = answer.said;
      if (answer.moved) notice("moved");
    } catch (error) { notice({ 403: "other", 409: "moved" }[error.message] || "offline"); }
  };
  const marks = () => { for (const button of buttons) button.classList.toggle("missing", !value().includes(button.dataset.token)); };
  const correct = document.getElementById("correct");
  const drop = document.getElementById("drop");
  const sign = form.querySelector("button[value=sign]");
  const state = () => { // one button signs what is in the field
    const other = !same(value(), seen);
    form.classList.toggle("changed", other);
    if (sign) [sign.hidden, correct.hidden, drop.hidden] = [other, !other, !other];
    marks();
  };
  function changed() {
    if (field) area.value = value(); // the hidden one, which is sent
    if (same(value(), seen)) memory.drop(name); else memory.set(name, { text: value(), seen });
    state();
    document.dispatchEvent(new CustomEvent("leaflets-text", { detail: value() })); // the picture of the page
    clearTimeout(wait);
    wait = setTimeout(look, 350);
  }
  (field || area).addEventListener("input", changed);
  form.addEventListener("submit", (event) => { if (event.submitter?.value === "drop") memory.drop(name); });

  const kept = memory.get(name);
  const begun = area.value !== area.defaultValue; // somebody was quicker than this script
  if (begun) changed();
  if (kept && !same(kept.text, value())) {
    if (kept.seen === seen && !begun) {
      put(kept.text);
      notice("device");
    } else if (same(kept.text, seen)) {
      memory.drop(name);
    } else {
      const old = notice("device-old");
      if (old) {
        old.querySelector(".text").textContent = kept.text;
        old.querySelector("button").addEventListener("click", () => { put(kept.text); old.remove(); });
      }
    }
  }
  state();
})();
