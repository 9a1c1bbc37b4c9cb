"use strict";
// Keeps the answers on this phone and makes the file to send back. No word stands here: they are in the page, in two languages.
(function () {
  var body = document.body, reader = document.getElementById("reader"), out = document.getElementById("out");
  var rows = Array.prototype.slice.call(document.querySelectorAll(".row"));
  var place = ["leaflets", body.dataset.language, reader.readOnly ? reader.value : ""].join(" ");
  var keeps = true, sent = true, touched = [];

  function one(row, selector) { return row.querySelector(selector); }
  function words(name) { return document.getElementById(name).cloneNode(true).childNodes; }
  function say(name, where) {
    where.replaceChildren.apply(where, Array.prototype.slice.call(words(name)));
    where.hidden = false;
  }
  function answer(row) {
    var mark = one(row, "input[type=radio]:checked"), box = one(row, ".compared");
    return {
      code: row.dataset.code, digest: row.dataset.digest, answer: mark ? mark.value : "", text: one(row, ".text").value,
      reason: one(row, ".reason").value, compared: !!(box && box.checked)
    };
  }
  function filled(found) { return found.answer || found.text.trim() || found.reason.trim(); }
  function store(text) { try { localStorage.setItem(place, text); return localStorage.getItem(place) === text; } catch (error) { return false; } }
  function probe() { // under a name of its own: what is kept may still be on its way to this page
    try { localStorage.setItem("probe", "1"); localStorage.removeItem("probe"); return true; } catch (error) { return false; }
  }
  function stored() { try { return JSON.parse(localStorage.getItem(place) || "{}"); } catch (error) { return {}; } }
  function count() {
    var done = rows.filter(function (row) {
      var is = !!filled(answer(row));
      row.classList.toggle("answered", is);
      return is;
    }).length;
    var line = document.getElementById("count"), number = document.createElement("bdi");
    number.dir = "ltr";
    number.textContent = done + " / " + rows.length + " ";
    line.replaceChildren(number);
    ["phone-answered", keeps ? "phone-kept" : "phone-lost"].forEach(function (name) {
      Array.prototype.slice.call(words(name)).forEach(function (node) { line.appendChild(node); });
      line.appendChild(document.createTextNode(" "));
    });
  }
  function keep(row) { // a row, or none when only the reader's code changed: what another window keeps of the others stays
    var all = stored();
    all.reader = reader.value;
    all.rows = all.rows || {};
    if (row) { touched.push(row); all.rows[row.dataset.digest] = answer(row); }
    keeps = store(JSON.stringify(all));
    sent = false;
    count();
  }
  function show(row, found) {
    Array.prototype.forEach.call(row.querySelectorAll("input[type=radio]"), function (button) { button.checked = button.value === (found.answer || ""); });
    one(row, ".text").value = found.text || "";
    one(row, ".reason").value = found.reason || "";
    if (one(row, ".compared")) { one(row, ".compared").checked = !!found.compared; }
    if (found.text || found.reason) { one(row, "details").open = true; }
  }
  function restore() {
    var all = stored(), kept = all.rows || {};
    if (!reader.readOnly && all.reader) { reader.value = all.reader; }
    rows.forEach(function (row) { if (touched.indexOf(row) < 0) { show(row, kept[row.dataset.digest] || {}); } });
    count();
  }
  function file() {
    return JSON.stringify({
      kind: body.dataset.kind, version: body.dataset.version, reader: reader.value.trim(), rows: rows.map(answer).filter(filled)
    }, null, 1) + "\n";
  }
  function name(suffix) { return ["answers", body.dataset.version, reader.value.trim()].join("_").replace(/[^\w-]/g, "") + suffix; }
  function ready() {
    if (reader.value.trim()) { return true; }
    say("phone-code-first", document.getElementById("say"));
    reader.focus();
    return false;
  }
  function save() {
    if (!ready()) { return; }
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file()], {type: "application/json"}));
    link.download = name(".json");
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    sent = true;
  }
  function copy() {
    if (!ready()) { return; }
    out.value = file();
    out.hidden = false;
    out.focus();
    out.select();
    try { document.execCommand("copy"); } catch (error) { return; }
    say("phone-copied", document.getElementById("say"));
    sent = true;
  }
  function parcel() { return new File([file()], name(".txt"), {type: "text/plain"}); }
  function share() { if (ready()) { navigator.share({files: [parcel()]}).then(function () { sent = true; }, function () {}); } }
  function clear() {
    if (!window.confirm(document.getElementById("phone-clear-sure").textContent)) { return; }
    try { localStorage.removeItem(place); } catch (error) { /* nothing was kept */ }
    sent = true;
    location.reload();
  }

  keeps = probe();
  restore();
  // A page that was just loaded anew may get what was kept a moment later (Chromium gives a file a new process); so may a second window.
  window.addEventListener("storage", function (event) { if (event.key === place || event.key === null) { restore(); } });
  document.addEventListener("input", function (event) { if (event.target !== out) { keep(event.target.closest(".row")); } });
  document.addEventListener("click", function (event) {
    var button = event.target.closest(".start"), row = button && button.closest(".row");
    if (!row || one(row, ".text").value.trim()) { return; }
    one(row, ".text").value = one(row, ".draft").textContent;
    one(row, ".text").focus();
    keep(row);
  });
  window.addEventListener("beforeunload", function (event) { if (!keeps && !sent) { event.preventDefault(); event.returnValue = ""; } });
  document.getElementById("save").addEventListener("click", save);
  document.getElementById("copy").addEventListener("click", copy);
  document.getElementById("clear").addEventListener("click", clear);
  if (navigator.canShare && navigator.canShare({files: [new File([""], "a.txt", {type: "text/plain"})]})) {
    document.getElementById("share").hidden = false;
    document.getElementById("share").addEventListener("click", share);
  }
}());
