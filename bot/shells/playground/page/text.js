// A message's text with its entities, as elements. Offsets count UTF-16 units, as JavaScript's strings do.

import { button, el } from "./dom.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
const LINK = /^(https?:|mailto:|tel:)/;

export function formatted(text, entities = [], send = () => {}) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return part(text, sorted, 0, text.length, send);
}

function part(text, entities, from, to, send) {
  const fragment = document.createDocumentFragment();
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...after] = rest;
    const end = Math.min(entity.offset + entity.length, to);
    if (entity.offset > at) fragment.append(text.slice(at, entity.offset));
    const inner = after.filter((other) => other.offset < end);
    fragment.append(element(entity, text.slice(entity.offset, end), part(text, inner, entity.offset, end, send), send));
    at = end;
    if (isQuote(entity) && text[at] === "\n") at += 1; // a quote stands on lines of its own anyhow
    rest = after.filter((other) => other.offset >= end);
  }
  if (at < to) fragment.append(text.slice(at, to));
  return fragment;
}

const isQuote = (entity) => entity.type.endsWith("blockquote");

function element(entity, text, content, send) {
  switch (entity.type) {
    case "blockquote":
      return el("blockquote", {}, el("span", { class: "quoted" }, content));
    case "expandable_blockquote":
      return folded(content);
    case "text_link":
    case "url":
      return link(entity.url ?? text, content);
    case "bot_command":
      return button(text, () => send(text), { class: "command" });
    case "spoiler":
      return el("span", { class: "spoiler", tabindex: "0" }, content);
    case "date_time":
      return el("time", { datetime: new Date(entity.unix_time * 1000).toISOString() }, local(entity));
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, content) : el("span", {}, content);
  }
}

function local(entity) {
  return new Date(entity.unix_time * 1000).toLocaleString([], { dateStyle: "full", timeStyle: "short" });
}

function link(address, content) {
  if (!LINK.test(address)) return el("span", {}, content);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, content);
}

function folded(content) {
  const quote = el("blockquote", { class: "folded" }, el("span", { class: "quoted" }, content));
  const unfold = button("Show all", () => {
    const isFolded = quote.classList.toggle("folded");
    unfold.textContent = isFolded ? "Show all" : "Show less";
    unfold.setAttribute("aria-expanded", String(!isFolded));
  }, { "aria-expanded": "false" });
  quote.append(unfold);
  return quote;
}
