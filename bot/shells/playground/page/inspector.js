// What stands behind an answer: the decision with its figures, and the whole section with the quoted sentences marked.

import { el } from "./dom.js";
import { inspect } from "./wire.js";

const OUTCOMES = {
  answer: "Sure enough to answer",
  clarify: "Near: it asked back",
  out_of_scope: "Not in the article: it refused",
  urgent: "An emergency: sent to medical help",
  smalltalk: "Small talk",
};
let opener = null;

export async function open(chat, message, from) {
  const told = await inspect(chat, message.message_id);
  document.getElementById("inspected").replaceChildren(...shown(told));
  document.getElementById("inspected").scrollTop = 0;
  document.body.classList.add("inspecting");
  const title = document.getElementById("inspector-title");
  title.textContent = "Why this answer";
  title.focus();
  opener = from;
}

export function close() {
  document.body.classList.remove("inspecting");
  opener?.focus();
}

function shown({ decision, quotes, verbatim, sections }) {
  return [...(decision ? decided(decision) : undecided(quotes)), ...article(quotes, verbatim, sections)];
}

function undecided(quotes) {
  const told = quotes ? "It shows what was chosen." : "It is one of the bot's own texts, such as for a command.";
  return [el("p", { class: "verdict" }, "Nothing was decided for this message."), el("p", { class: "note" }, told)];
}

function decided(decision) {
  const asked = decision.pressed ? `Button: ${decision.pressed}` : `“${decision.asked}”`;
  return [
    el("p", { class: "note" }, asked),
    el("p", { class: "verdict" }, el("strong", {}, OUTCOMES[decision.outcome] ?? decision.outcome)),
    ...(decision.pressed ? [el("p", { class: "note" }, "A button names what it wants: nothing had to be matched.")] : []),
    ...(decision.candidates ? matched(decision) : []),
    ...(decision.figures ? figures(decision) : []),
  ];
}

function matched(decision) {
  const { covered, refuse_below: low, answer_from: high } = decision;
  const best = Math.max(...decision.candidates.map(({ score }) => score));
  return [
    el("h3", { id: "covered" }, `Covered by the article: ${percent(covered)}`),
    el("meter", { min: 0, max: 1, low, high, optimum: 1, value: covered, "aria-labelledby": "covered" }),
    el("p", { class: "note" }, `Below ${percent(low)} it refuses, from ${percent(high)} it may answer, between it asks back.`),
    el("h3", {}, "What was meant, most likely first"),
    el("ol", { class: "candidates" }, ...decision.candidates.map((candidate) => el(
      "li",
      {},
      el("span", {}, el("b", {}, candidate.title), el("small", {}, `${candidate.score.toFixed(2)} · ${percent(candidate.share)}`)),
      el("meter", { min: 0, max: best, value: Math.max(candidate.score, 0), "aria-label": `Score of ${candidate.title}` }),
    ))),
    el("h3", {}, "Words and guards"),
    el("dl", { class: "facts" },
      ...fact("Unknown words", decision.unknown_words.join(", ") || "none"),
      ...fact("Guard", decision.guard ?? "none"),
      ...fact("Outside subject", decision.outside ?? "none"),
      ...fact("Level before", decision.level),
    ),
  ];
}

const fact = (name, value) => [el("dt", {}, name), el("dd", {}, value)];
const percent = (share) => `${Math.round(100 * share)} %`;

function figures({ figures: groups, summary }) {
  const rows = groups.flat().map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value)));
  return [el("details", {}, el("summary", {}, "Every figure"), el("div", { class: "scroll" }, el("table", {}, el("tbody", {}, ...rows))), el("p", {}, summary))];
}

function article(quotes, verbatim, sections) {
  if (!quotes) return [];
  const proof = quotes === verbatim
    ? `${quotes === 1 ? "The quote stands" : `All ${quotes} quotes stand`} in the article, letter for letter.`
    : `${verbatim} of ${quotes} quotes were found whole; the others were cut to fit a message, or are lists.`;
  return [el("h3", {}, "In the article"), el("p", { class: "note" }, proof), ...sections.map(section)];
}

function section({ part, title, passages }) {
  return el(
    "section",
    { class: "section", "aria-label": `${part} ${title}` },
    el("h3", {}, title ? `${part} › ${title}` : part),
    ...passages.map(({ sentences, columns }) => el("p", {}, ...sentences.flatMap(({ text, marked }, number) => [
      number ? (columns.length ? " | " : " ") : null,
      marked ? el("mark", {}, text) : text,
    ]))),
  );
}
