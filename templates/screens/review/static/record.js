// The microphone for the forms of the page; without it a file does as well.
"use strict";

const KINDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

function kind() {
  return KINDS.find((name) => MediaRecorder.isTypeSupported(name)) || "";
}

async function record(form) {
  const start = form.querySelector(".start");
  const stop = form.querySelector(".stop");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    document.getElementById("silent").hidden = false;
    return;
  }
  const parts = [];
  const recorder = new MediaRecorder(stream, { mimeType: kind(), audioBitsPerSecond: 32000 });
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  recorder.addEventListener("stop", () => {
    stream.getTracks().forEach((track) => track.stop());
    handIn(form, new Blob(parts, { type: recorder.mimeType }));
  });
  start.hidden = true;
  stop.hidden = false;
  stop.focus();
  stop.addEventListener("click", () => recorder.stop(), { once: true });
  recorder.start();
}

function handIn(form, sound) {
  const field = form.querySelector("input[type=file]");
  const file = new DataTransfer();
  file.items.add(new File([sound], "recording", { type: sound.type }));
  field.files = file.files;
  form.requestSubmit(form.querySelector(".quiet"));
}

if (navigator.mediaDevices && window.MediaRecorder && window.DataTransfer) {
  for (const form of document.querySelectorAll(".record form.sound")) {
    const start = form.querySelector(".start");
    start.hidden = false;
    start.addEventListener("click", () => record(form));
  }
}
