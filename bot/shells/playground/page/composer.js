// The field one writes in, with the list above it: the bot's commands after "/", or its cards after "@osteon_bot ".

import { el } from "./dom.js";

const TYPING_PAUSE = 200; // ms, so that not every letter is a query

export class Composer {
  constructor(root, id, wants) {
    this.root = root;
    this.wants = wants; // say(text), edit(message, text), menu(), username(), lookUp(text), choose(result)
    this.field = root.querySelector("input");
    this.list = root.querySelector(".list");
    this.menu = root.querySelector(".menu");
    this.about = root.querySelector(".about");
    this.options = [];
    this.at = -1;
    this.editing = this.replyTo = null;
    this.list.id = `list-${id}`;
    this.field.setAttribute("aria-controls", this.list.id);
    this.menu.setAttribute("aria-controls", this.list.id);
    root.querySelector("form").addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("input", () => this.look());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.menu.addEventListener("click", () => this.toggleMenu());
    this.about.querySelector("button").addEventListener("click", () => this.cancel());
  }

  name(label) {
    this.field.setAttribute("aria-label", label);
    this.list.setAttribute("aria-label", "Commands and cards");
  }

  write(text) {
    this.field.value = text;
    this.field.focus();
    this.look();
  }

  startEdit(message) {
    this.editing = message;
    this.replyTo = null;
    this.tell(`Editing: ${message.text}`);
    this.write(message.text);
  }

  startReply(message, text) {
    this.replyTo = message;
    this.editing = null;
    this.tell(`Replying to: ${text}`);
    this.field.focus();
  }

  tell(text) {
    this.about.hidden = !text;
    this.about.querySelector("span").textContent = text;
  }

  cancel() {
    if (this.editing) this.field.value = "";
    this.editing = this.replyTo = null;
    this.tell("");
    this.close();
    this.field.focus();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    const { editing, replyTo } = this;
    this.field.value = "";
    this.editing = this.replyTo = null;
    this.tell("");
    this.close();
    if (editing) await this.wants.edit(editing, text);
    else await this.wants.say(text, replyTo);
  }

  look() {
    clearTimeout(this.waiting);
    const text = this.field.value;
    const behind = `@${this.wants.username()} `;
    if (/^\/\w*$/.test(text)) this.offerCommands(text.slice(1));
    else if (text.startsWith(behind)) {
      this.waiting = setTimeout(() => this.wants.lookUp(text.slice(behind.length)), TYPING_PAUSE);
    } else this.close();
  }

  toggleMenu() {
    if (!this.list.hidden) {
      this.field.value = "";
      this.close();
      this.field.focus();
    } else this.write("/");
  }

  offerCommands(begun) {
    const fitting = this.wants.menu().filter(({ command }) => command.startsWith(begun));
    this.offer(fitting.map(({ command, description }) => ({
      title: `/${command}`,
      told: description,
      take: () => this.wants.say(`/${command}`),
    })));
  }

  offerCards(cards, onward) {
    const options = cards.map((card) => ({
      title: card.title ?? "Picture",
      told: card.description ?? "",
      take: () => this.wants.choose(card),
    }));
    this.offer(onward ? [onward, ...options] : options);
  }

  offer(options) {
    this.options = options;
    this.at = -1;
    const nodes = options.map((option, number) => el(
      "li",
      { role: "option", id: `${this.list.id}-${number}`, "aria-selected": "false", on: { click: () => this.take(number) } },
      el("strong", {}, option.title),
      option.told && el("small", {}, option.told),
    ));
    this.list.replaceChildren(...nodes);
    this.show(options.length > 0);
  }

  show(isOpen) {
    this.list.hidden = !isOpen;
    this.field.setAttribute("aria-expanded", String(isOpen));
    this.menu.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.waiting);
    this.options = [];
    this.at = -1;
    this.show(false);
  }

  key(event) {
    if (event.key === "Escape") {
      if (this.list.hidden) this.cancel();
      else this.close();
    } else if (this.options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.at >= 0) {
      event.preventDefault();
      this.take(this.at);
    }
  }

  move(step) {
    const count = this.options.length;
    const from = this.at < 0 && step < 0 ? 0 : this.at;
    this.list.children[this.at]?.setAttribute("aria-selected", "false");
    this.at = (from + step + count) % count;
    const chosen = this.list.children[this.at];
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", chosen.id);
  }

  take(number) {
    const option = this.options[number];
    this.field.value = "";
    this.close();
    this.field.focus();
    option.take();
  }
}
