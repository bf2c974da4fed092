// Votes without loading a page: sends the card's form and puts the next card in its place.
// Without this script the same form works as a form.

const place = document.querySelector("[data-turn]");
const status = document.querySelector("[data-turn-status]");
let sending = false;

place?.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-swap]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  // A second press while the first is on its way would vote on a card that nobody has read.
  if (sending) return;
  sending = true;
  place.setAttribute("aria-busy", "true");
  const fields = new FormData(form, event.submitter);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: fields,
      headers: { "X-Card": "1" },
      credentials: "same-origin",
    });
    if (!answer.ok || answer.redirected) throw new Error(`answered ${answer.status}`);
    show(await answer.text());
  } catch {
    // Whatever went wrong, the server has a page that explains it: send the form as a form.
    sendAsForm(form, event.submitter);
  } finally {
    sending = false;
    place.removeAttribute("aria-busy");
  }
});

function show(html) {
  place.innerHTML = html;
  status.textContent = place.querySelector("[data-status]")?.textContent ?? "";
  place.querySelector("[data-card]")?.focus({ preventScroll: true });
}

function sendAsForm(form, button) {
  const pressed = document.createElement("input");
  Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
  form.append(pressed);
  form.submit();
}

// The second click of a double click lands on the next card, which nobody has read yet.
place?.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("[data-swap] button")) event.preventDefault();
});

// 1, 2 and 3 vote, but only while the focus is in the card: a single key must never surprise anyone.
// The place of the key counts too, since a keyboard may write ١٢٣ or १२३. A key held down repeats, and
// would vote on one card after the other.
place?.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const typed = /^(?:Digit|Numpad)([123])$/.exec(event.code)?.[1] ?? event.key;
  const button = event.target.closest("[data-card]")?.querySelector(`[data-key="${CSS.escape(typed)}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});
