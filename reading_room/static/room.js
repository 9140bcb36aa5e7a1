// Keys for those who read a lot. Every page works without this file.
"use strict";

const field = () => document.querySelector("main [data-search]") || document.querySelector("[data-search]");
const help = document.getElementById("keys");
const opener = document.getElementById("keys-button");

function items() {
  return [...document.querySelectorAll("[data-items] > *")]
    .map((item) => item.querySelector("a"))
    .filter((link) => link && link.offsetParent !== null);
}

function step(by) {
  const links = items();
  if (!links.length) return;
  const at = links.findIndex((link) => link.closest("[data-items] > *").contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[next].focus();
}

function change(by) {
  const places = [...document.querySelectorAll("[data-change]")].filter((place) => place.offsetParent !== null);
  if (!places.length) return;
  const at = places.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : places.length - 1) : (at + by + places.length) % places.length;
  places[next].focus({ preventScroll: true });
  places[next].scrollIntoView({ block: "center" });
}

function toggle() {
  if (help.open) help.close();
  else help.showModal();
}

const typing = (target) => target.closest("input, select, textarea, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const acts = {
    "/": () => { const found = field(); if (found) { found.focus(); found.select(); } },
    j: () => step(1),
    k: () => step(-1),
    n: () => change(1),
    p: () => change(-1),
    "?": toggle,
  };
  if (help.open && event.key !== "?") return;
  if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});

for (const hint of document.querySelectorAll(".keys[hidden]")) hint.hidden = false;
opener.hidden = false;
opener.addEventListener("click", toggle);
