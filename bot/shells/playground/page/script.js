// The page: which chats are shown, and what happens in them.

import { alertBox, toast } from "./dom.js";
import * as inspector from "./inspector.js";
import { Pane } from "./pane.js";
import { act, listen } from "./wire.js";

const world = { bot: null, people: [], menus: { private: [], group: [] }, chats: new Map() };
let panes = [];

function everything(told) {
  Object.assign(world, { bot: told.bot, people: told.people, menus: told.menus });
  world.chats = new Map(told.chats.map((chat) => [
    chat.id,
    { ...chat, messages: new Map(chat.messages.map((message) => [message.message_id, message])) },
  ]));
  draw();
}

function draw() {
  const [ann, bob] = world.people;
  const group = [...world.chats.values()].find(({ id }) => id < 0);
  const views = {
    ann: [[ann.id, ann.id]],
    bob: [[bob.id, bob.id]],
    both: [[ann.id, ann.id], [bob.id, bob.id]],
    group: [[group.id, ann.id]],
  };
  const view = document.querySelector("[name=view]:checked").value;
  panes = views[view].map(([chat, person]) => new Pane(world, world.chats.get(chat), person, inspector.open));
  document.getElementById("chats").replaceChildren(...panes.map(({ node }) => node));
}

function message(told) {
  const chat = world.chats.get(told.chat);
  if (told.kind === "deleted") chat.messages.delete(told.message.message_id);
  else chat.messages.set(told.message.message_id, told.message);
  chat.keyboard = told.keyboard;
  for (const pane of panes.filter(({ chatId }) => chatId === told.chat)) {
    if (told.kind === "deleted") pane.remove(told.message);
    else pane.show(told.message);
    pane.setKeyboard(told.keyboard);
  }
}

function answered({ content, chat }) {
  for (const pane of panes.filter(({ chatId }) => chatId === chat)) pane.answered(content.callback_query_id);
  if (!content.text) return;
  if (content.show_alert) alertBox(content.text);
  else toast(content.text);
}

function blocked({ chat, content }) {
  world.chats.get(chat).blocked = content.blocked;
  for (const pane of panes.filter(({ chatId }) => chatId === chat)) pane.setBlocked(content.blocked);
}

const HAPPENINGS = {
  everything,
  new: message,
  edited: message,
  deleted: message,
  typing: ({ chat }) => panes.filter(({ chatId }) => chatId === chat).forEach((pane) => pane.typing()),
  answered,
  blocked,
  inline: ({ content }) => panes.forEach((pane) => pane.offered(content)),
  menu: ({ menus }) => { world.menus = menus; },
  clock: () => {},
};

let ahead = 0; // ms between the playground's clock and this computer's

function tick() {
  const now = new Date(Date.now() + ahead);
  const shown = document.getElementById("now");
  shown.dateTime = now.toISOString();
  const weekday = matchMedia("(min-width: 40rem)").matches ? { weekday: "short" } : {};
  shown.textContent = now.toLocaleString([], { ...weekday, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

listen(
  (told) => {
    ahead = new Date(told.now) - Date.now();
    tick();
    HAPPENINGS[told.kind]?.(told);
  },
  () => toast("The playground cannot be reached. It may have ended."),
);
setInterval(tick, 1000);
for (const choice of document.querySelectorAll("[name=view]")) choice.addEventListener("change", draw);
for (const step of document.querySelectorAll("[data-hours]")) {
  step.addEventListener("click", async () => {
    await act("clock", { hours: Number(step.dataset.hours) });
    toast(`The clock is ${step.textContent.slice(1)} further.`);
  });
}
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  panes[0].composer.field.focus();
});
document.getElementById("close-inspector").addEventListener("click", inspector.close);
document.getElementById("inspector").addEventListener("keydown", (event) => {
  if (event.key === "Escape") inspector.close();
});
