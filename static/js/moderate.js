// Decides by single keys about the statement that has the focus, without loading a page. Without it the same
// forms work as forms. Keys act on nothing else on the page, so that they are in nobody's way (WCAG 2.1.4).

const queue = document.querySelector("[data-queue]");
const keys = document.querySelector("[data-keys]");
// Whoever works with keys goes on with them on the next page.
const USED = "decides-with-keys";

if (keys) {
  keys.hidden = false;
  keys.querySelector("button").addEventListener("click", () => {
    sessionStorage.setItem(USED, "1");
    focusOn(open()[0]);
  });
}
if (sessionStorage.getItem(USED)) focusOn(open()[0] ?? document.querySelector("[data-take]"));

queue.addEventListener("keydown", (event) => {
  const article = document.activeElement;
  if (!article.matches("[data-submission]") || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const act = actions[key] ?? (/^[1-8]$/.test(key) ? () => decide(article, Number(key)) : null);
  if (!act) return;
  event.preventDefault();
  act(article);
});

const actions = {
  j: (article) => focusOn(beside(article, 1)),
  k: (article) => focusOn(beside(article, -1)),
  x: (article) => article.querySelector("[name=ticked]").click(),
  9: (article) => article.querySelector("[data-open]").click(),
  0: () => document.querySelector("[data-take]").click(),
};

// 1 publishes; 2 to 8 are the reasons, in the order in which the page lists them.
async function decide(article, key) {
  if (article.hasAttribute("aria-busy") || article.matches(".submission--done")) return;
  const form = article.querySelector("form:has([name=reason])");
  const fields = new FormData(form);
  fields.set("verdict", key === 1 ? "accept" : "reject");
  if (key > 1) form.elements.reason.selectedIndex = key - 1;
  fields.set("reason", form.elements.reason.value);
  article.setAttribute("aria-busy", "true");
  focusOn(beside(article, 1) ?? article);
  const reply = await fetch(form.action, { method: "POST", body: fields, headers: { "X-Card": "1" } }).catch(() => null);
  article.removeAttribute("aria-busy");
  const html = new DOMParser().parseFromString((await reply?.text()) ?? "<main>", "text/html");
  // No line, or a whole page because the session has ended: sent as a form, so that the browser shows what is wrong.
  if (html.querySelector("main")) return form.requestSubmit(form.querySelector(`[value=${fields.get("verdict")}]`));
  article.querySelector("[data-done]").replaceChildren(...html.body.childNodes);
  if (!reply.ok) return focusOn(article);
  article.classList.add("submission--done");
  const ticked = article.querySelector("[name=ticked]");
  ticked.checked = false;
  ticked.disabled = true;
  form.remove();
  // Not while others are on their way: that would break them off.
  if (!open().length) location.reload();
}

// What nobody has decided about yet, with what is on its way.
function open() {
  return [...queue.querySelectorAll("[data-submission]:not(.submission--done)")];
}

function beside(article, step) {
  const all = open();
  return all[all.indexOf(article) + step];
}

function focusOn(article) {
  if (!article) return;
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: "center" });
}
