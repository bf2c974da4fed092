// Votes without loading a page: keeps the answer, sends it, and puts the next card in its place. When the
// connection is lost, it goes on with the cards that it fetched ahead. Without it the same forms work as forms.

const place = document.querySelector("[data-turn]");
const status = document.querySelector("[data-turn-status]");
const unsent = document.querySelector("[data-unsent]");
const refused = document.querySelector("[data-refused]");
const queue = new AnswerQueue(unsent.dataset.unsent, heard);

let awaited = null; // The key of the answer whose reply is the next card.
let last = null; // The card that was answered last: its statement, the answer's name and how it looked.
let ahead = []; // The turns to come, as HTML.
// A page that is opened while answers wait may show a card that is answered already.
const kept = queue.keys;
let stale = kept.some((key) => queue.read(key)?.fields.statement === statementIn(place));

place?.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-swap]");
  const button = event.submitter;
  if (!form || !button) return;
  event.preventDefault();
  // A second press while the first is on its way would vote on a card that nobody has read.
  if (place.hasAttribute("aria-busy")) return;
  const answer = answerIn(form, button);
  const isUndo = !form.closest("[data-card]");
  const html = place.innerHTML;
  const fallsBehind = queue.keys.length > 0;
  try {
    awaited = queue.add(answer);
  } catch {
    return sendAsForm(form, button);
  }
  const { statement, ballot } = queue.read(awaited).fields;
  busy(button, true);
  const sent = queue.send();
  // With others waiting before it there is no line: nobody needs to wait for that to show again.
  if (!fallsBehind) await sent;
  busy(button, false);
  const former = last;
  last = isUndo ? null : { statement, ballot, html };
  if (awaited === "asks for the form") return sendAsForm(form, button);
  if (awaited) {
    awaited = null;
    show(isUndo ? former?.html : ahead.shift());
    if (isUndo) status.textContent = "";
    report();
  }
});

function answerIn(form, button) {
  const { csrf_token: _renewed, ...fields } = Object.fromEntries(new FormData(form, button));
  // An undo names the vote that it means, if this page has cast it; otherwise it means whichever holds.
  if (!form.closest("[data-card]")) fields.ballot = last?.statement === fields.statement ? last.ballot : "";
  const statement = place.querySelector("[data-statement-text]");
  return {
    url: button.getAttribute("formaction") ?? form.action,
    fields,
    text: statement?.textContent ?? "",
    language: statement?.lang ?? "",
  };
}

// The server has taken or refused an answer, this moment's or one that had waited.
function heard(answer, reply) {
  const isAwaited = answer.key === awaited;
  if (isAwaited) awaited = reply.status === 400 ? "asks for the form" : null;
  if (reply.refusal && !(isAwaited && awaited)) refuse(answer, reply.refusal);
  if (reply.html && isAwaited) {
    show(reply.html);
    lookAhead();
  } else if (reply.html && !queue.keys.length) {
    catchUp(reply.html);
  }
  report();
}

// All is sent that had waited: what stands on the page may have been overtaken by it.
function catchUp(html) {
  if (!place) return location.reload();
  if (!statementIn(place) || stale) show(html);
  else place.querySelector(".progress")?.replaceWith(parse(html).querySelector(".progress") ?? "");
  stale = false;
  lookAhead();
}

function show(html) {
  place.innerHTML = html ?? place.dataset.noneLeft;
  const news = place.querySelector("[data-status]");
  status.textContent = news?.dataset.status || news?.textContent.trim() || "";
  place.querySelector("[data-card]")?.focus({ preventScroll: true });
}

// Fetch the turns to come while there is a line, a handful at a time.
async function lookAhead() {
  const here = statementIn(place);
  ahead = here && ahead.length && statementIn(parse(ahead[0])) === here ? ahead.slice(1) : [];
  if (!here || ahead.length > 1) return;
  try {
    const answer = await fetch(`${place.dataset.turn}?statement=${here}`);
    const turns = parse(answer.ok ? await answer.text() : "").querySelectorAll("template");
    if (here === statementIn(place)) ahead = Array.from(turns, (turn) => turn.innerHTML);
  } catch {
    // Without a line there is nothing to fetch, and what was fetched before still serves.
  }
}

function statementIn(part) {
  return part?.querySelector("[data-card] [name=statement]")?.value;
}

function report() {
  const waiting = queue.keys.filter((key) => key !== awaited).length;
  const number = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`).format(waiting);
  if (waiting) unsent.textContent = unsent.dataset.waiting.replace("{number}", number);
  else if (unsent.textContent) unsent.textContent = refused.hidden ? unsent.dataset.done : "";
}

function refuse(answer, reason) {
  const { refused: title, wayOn, url } = refused.dataset;
  if (refused.hidden) {
    refused.append(
      made("p", { className: "notice__title", textContent: title }),
      made("ul", { className: "plain-list" }),
      made("a", { href: url, textContent: wayOn }),
    );
    refused.hidden = false;
  }
  const line = made("li", {});
  line.append(made("q", { textContent: answer.text, lang: answer.language, dir: "auto" }), " ", reason);
  refused.querySelector("ul").append(line);
  refused.scrollIntoView({ block: "nearest" });
  // What was said of the vote before would be taken for an answer to this one.
  status.textContent = "";
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function busy(button, isBusy) {
  for (const part of [place, button]) {
    if (isBusy) part.setAttribute("aria-busy", "true");
    else part.removeAttribute("aria-busy");
  }
}

function sendAsForm(form, button) {
  const pressed = document.createElement("input");
  Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
  if (button.name) form.append(pressed);
  if (button.hasAttribute("formaction")) form.action = button.formAction;
  form.submit();
}

// The second click of a double click lands on the next card, which nobody has read yet.
place?.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("[data-swap] button")) event.preventDefault();
});

// 1 to 5 answer, but only while the focus is in the card: a single key must never surprise anyone.
// The place of the key counts too, since a keyboard may write ١٢٣ or १२३. A key held down repeats, and
// would vote on one card after the other.
place?.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const typed = /^(?:Digit|Numpad)([1-5])$/.exec(event.code)?.[1] ?? event.key;
  const button = event.target.closest("[data-card]")?.querySelector(`[data-key="${CSS.escape(typed)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});

// A page that the browser had put aside shows what was true then.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Another tab may have sent what this one counts.
addEventListener("storage", report);

report();
if (kept.length) queue.send();
if (place) lookAhead();
