// One chat as one person sees it.

import { Composer } from "./composer.js";
import { button, el, toast } from "./dom.js";
import { drawn, words } from "./message.js";
import { act } from "./wire.js";

const DEEP_LINK = /^https:\/\/t\.me\/(\w+)\?start=([\w-]+)$/;
const TYPING_SHOWN = 5000; // ms, as Telegram's apps do
const NEAR_END = 120; // pixels from the end at which new messages are scrolled to
let panes = 0;

export class Pane {
  constructor(world, chat, person, explain) {
    this.world = world;
    this.chatId = chat.id;
    this.person = person;
    this.isGroup = chat.id < 0;
    this.explain = (message, from) => explain(this.chatId, message, from);
    this.query = null;
    this.spinning = new Map();
    this.node = document.getElementById("pane").content.cloneNode(true).querySelector(".pane");
    this.log = this.node.querySelector(".log");
    this.composer = new Composer(this.node.querySelector(".composer"), (panes += 1), {
      say: (text, replyTo) => this.say(text, replyTo),
      edit: (message, text) => this.do("edit", { message: message.message_id, text }),
      menu: () => world.menus[this.isGroup ? "group" : "private"],
      username: () => world.bot.username,
      lookUp: (text) => this.lookUp(text),
      choose: (card) => this.do("choose", { query: this.query, result: card.id }),
    });
    this.name();
    for (const message of chat.messages.values()) this.log.append(drawn(message, this));
    this.setKeyboard(chat.keyboard);
    this.setBlocked(chat.blocked);
    requestAnimationFrame(() => this.scrollDown());
  }

  name() {
    const title = this.isGroup ? this.world.chats.get(this.chatId).title : `${this.nameOf(this.person)} and Osteon`;
    this.node.setAttribute("aria-label", title);
    this.node.querySelector("h2").textContent = title;
    this.log.setAttribute("aria-label", `Messages, ${title}`);
    this.composer.name(`Message from ${this.nameOf(this.person)}`);
    const as = this.node.querySelector(".as");
    const block = this.node.querySelector(".block");
    as.hidden = !this.isGroup;
    block.hidden = this.isGroup;
    if (!this.isGroup) {
      block.addEventListener("click", () => this.do("block", { blocked: block.getAttribute("aria-pressed") === "false" }));
      return;
    }
    const choice = as.querySelector("select");
    choice.append(...this.world.people.map((user) => el("option", { value: user.id }, user.first_name)));
    choice.addEventListener("change", () => this.become(Number(choice.value)));
  }

  become(person) {
    this.person = person;
    this.composer.name(`Message from ${this.nameOf(person)}`);
    const { messages } = this.world.chats.get(this.chatId);
    this.log.replaceChildren(...[...messages.values()].map((message) => drawn(message, this)));
    this.scrollDown();
  }

  nameOf(person) {
    return this.world.people.find((user) => user.id === person).first_name;
  }

  async do(name, asked) {
    try {
      return await act(name, { person: this.person, chat: this.chatId, ...asked });
    } catch (error) {
      toast(error.message);
      return {};
    }
  }

  say(text, replyTo) {
    return this.do("say", { text, reply_to: replyTo?.message_id });
  }

  edit(message) {
    this.composer.startEdit(message);
  }

  replyTo(message) {
    this.composer.startReply(message, words(message));
  }

  async lookUp(text) {
    const { query } = await this.do("inline", { text });
    this.query = query;
  }

  async press(key, message, node) {
    if (key.callback_data != null) {
      node.setAttribute("aria-busy", "true");
      const { query } = await this.do("press", { message: message.message_id, data: key.callback_data });
      if (query) this.spinning.set(query, node);
      else node.removeAttribute("aria-busy");
    } else if (key.copy_text) {
      await navigator.clipboard.writeText(key.copy_text.text);
      toast("Copied");
    } else if (key.url) this.open(key.url);
    else {
      const query = key.switch_inline_query_current_chat ?? key.switch_inline_query ?? "";
      this.composer.write(`@${this.world.bot.username} ${query}`);
    }
  }

  open(url) {
    const [, username, payload] = DEEP_LINK.exec(url) ?? [];
    if (username === this.world.bot.username) this.start(payload);
    else window.open(url, "_blank", "noopener,noreferrer");
  }

  async start(payload) {
    if (this.isGroup) toast(`Goes on in the chat of ${this.nameOf(this.person)} and Osteon.`);
    await this.do("say", { chat: this.person, text: `/start ${payload}` });
  }

  // --- What happens ---

  show(message) {
    const isNear = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_END;
    const before = this.find(message);
    const after = drawn(message, this);
    if (before) this.replace(before, after);
    else this.log.append(after);
    if (message.is_bot) this.setTyping("");
    if (isNear && !before) this.scrollDown(after);
  }

  replace(before, after) {
    const label = before.contains(document.activeElement) ? document.activeElement.textContent : null;
    before.replaceWith(after);
    if (label === null) return;
    const same = [...after.querySelectorAll("button")].find((other) => other.textContent === label);
    (same ?? after).focus();
  }

  remove(message) {
    this.find(message)?.remove();
  }

  find(message) {
    return this.log.querySelector(`[data-id="${message.message_id}"]`);
  }

  scrollDown(newest) {
    // A long answer is read from its beginning.
    if (newest && newest.offsetHeight > this.log.clientHeight) newest.scrollIntoView({ block: "start" });
    else this.log.scrollTop = this.log.scrollHeight;
  }

  typing() {
    this.setTyping("Osteon is typing …");
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => this.setTyping(""), TYPING_SHOWN);
  }

  setTyping(text) {
    this.node.querySelector(".typing").textContent = text;
  }

  answered(queryId) {
    this.spinning.get(queryId)?.removeAttribute("aria-busy");
    this.spinning.delete(queryId);
  }

  offered(answer) {
    if (answer.inline_query_id !== this.query) return;
    const { results, button: onward } = answer;
    const start = onward && { title: onward.text, take: () => this.start(onward.start_parameter) };
    this.composer.offerCards(results, start);
    if (!results.length && !start) toast("Nothing fits these words.");
  }

  setKeyboard(markup) {
    const keys = this.node.querySelector(".keys");
    keys.hidden = !markup;
    keys.replaceChildren(...(markup?.keyboard ?? []).flat().map((key) => this.key(key)));
  }

  key(key) {
    const text = typeof key === "string" ? key : key.text;
    // Somewhere in Berlin: where one really is stays with the browser.
    const here = { latitude: 52.52, longitude: 13.405 };
    return button(text, () => (key.request_location ? this.do("location", here) : this.say(text)));
  }

  setBlocked(isBlocked) {
    const block = this.node.querySelector(".block");
    block.setAttribute("aria-pressed", String(isBlocked));
    block.textContent = isBlocked ? "Unblock the bot" : "Block the bot";
  }
}
