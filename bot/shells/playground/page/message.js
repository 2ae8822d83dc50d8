// One message in a chat: its bubble, its buttons, and what one can do with it.

import { button, clockTime, el } from "./dom.js";
import { formatted } from "./text.js";

export function drawn(message, pane) {
  const own = !message.is_bot && message.from.id === pane.person;
  const node = el(
    "li",
    { class: `message ${own ? "own" : message.is_bot ? "bot" : "other"}`, tabindex: "-1", "data-id": message.message_id },
    bubble(message, pane, own),
    rows(message, pane),
    tools(message, pane, own),
  );
  return node;
}

function bubble(message, pane, own) {
  const via = message.via_bot ? ` via @${message.via_bot.username}` : "";
  const who = own ? `You${via}` : `${message.from.first_name}${via}`;
  return el(
    "div",
    { class: "bubble" },
    el("p", { class: own && !via ? "who hidden" : "who" }, who),
    message.reply_to_message && el("p", { class: "replied" }, words(message.reply_to_message)),
    picture(message),
    file(message),
    el("div", { class: "text" }, formatted(words(message), message.entities ?? message.caption_entities, (text) => pane.say(text))),
    el("p", { class: "when" }, `${message.edit_date ? "edited " : ""}${clockTime(message.date)}`),
  );
}

export function words(message) {
  if (message.location) return `Location ${message.location.latitude}, ${message.location.longitude}`;
  return message.text ?? message.caption ?? "";
}

function picture(message) {
  if (!message.photo) return null;
  const size = message.photo.at(-1);
  const label = message.caption ? "Picture; its caption follows" : "Picture";
  return el("img", { src: `/file/${size.file_id}`, width: size.width, height: size.height, alt: label });
}

function file(message) {
  if (!message.document) return null;
  const { file_id: id, file_name: name } = message.document;
  return el("a", { class: "document", href: `/file/${id}`, download: name }, `Download ${name}`);
}

function rows(message, pane) {
  if (!message.rows.length) return null;
  const group = el("div", { class: "rows", role: "group", "aria-label": "Buttons" });
  for (const row of message.rows) {
    group.append(el("div", {}, ...row.map((key) => pressable(key, message, pane))));
  }
  return group;
}

function pressable(key, message, pane) {
  const label = key.url ? `${key.text} ↗` : key.copy_text ? `${key.text} ⧉` : key.text;
  const node = button(label, () => pane.press(key, message, node), { "data-style": key.style });
  return node;
}

function tools(message, pane, own) {
  return el(
    "div",
    { class: "tools" },
    message.is_bot && button("Why this answer", (event) => pane.explain(message, event.currentTarget), { class: "why" }),
    !own && pane.isGroup && button("Reply", () => pane.replyTo(message)),
    own && message.text && !message.via_bot && button("Edit", () => pane.edit(message)),
  );
}
