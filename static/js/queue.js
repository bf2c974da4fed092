// Answers on their way to the server. Each is kept on this device until the server has replied, so that
// none is lost with the connection; each has a random name, so that one that is sent twice counts once.

const PATIENCE = 15_000;
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

class AnswerQueue {
  #prefix;
  #heard;
  #pause = FIRST_PAUSE;
  #timer;
  #sending = Promise.resolve();

  // heard(answer, reply): called for every answer that the server has taken or refused.
  constructor(name, heard) {
    this.#prefix = `unsent ${name} `;
    this.#heard = heard;
    addEventListener("online", () => this.send());
  }

  // The keys of what is not yet sent, the oldest first.
  get keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix)).sort();
    } catch {
      return []; // The browser forbids storage: nothing is ever kept.
    }
  }

  read(key) {
    return JSON.parse(localStorage.getItem(key));
  }

  // Keep an answer: { url, fields, text }. Throws where the browser lets nobody keep anything.
  add(answer) {
    const ballot = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    // Later than all that wait, whatever became of the clock: they are sent in the order of their keys.
    const last = Number(this.keys.at(-1)?.slice(this.#prefix.length).split(" ")[0] ?? 0);
    const key = `${this.#prefix}${Math.max(Date.now(), last + 1)} ${ballot}`;
    localStorage.setItem(key, JSON.stringify({ ...answer, fields: { ballot, ...answer.fields } }));
    return key;
  }

  // Drop everything that is not yet sent.
  forget() {
    for (const key of this.keys) localStorage.removeItem(key);
  }

  // Send all in order, one tab at a time; what cannot be sent now is tried again after a pause.
  // Called while sending, it sends afterwards what has come meanwhile.
  send() {
    clearTimeout(this.#timer);
    const all = () => this.#sendAll();
    const inTurn = () => (navigator.locks ? navigator.locks.request(this.#prefix, all) : all());
    this.#sending = this.#sending.then(inTurn, inTurn);
    return this.#sending;
  }

  async #sendAll() {
    for (const key of this.keys) {
      const answer = this.read(key);
      if (!answer) continue; // Another tab has sent it.
      const reply = await post(answer);
      if (!reply) return this.#tryLater();
      localStorage.removeItem(key);
      this.#pause = FIRST_PAUSE;
      this.#heard({ key, ...answer }, reply);
    }
  }

  #tryLater() {
    this.#timer = setTimeout(() => this.send(), this.#pause);
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE);
  }
}

// The server's reply to an answer: { html } or { status, refusal }; null if there was none worth the name.
async function post(answer) {
  try {
    let response = await attempt(answer);
    if (response.status === 400 && (await renewToken())) response = await attempt(answer);
    if (response.status === 429 || response.status >= 500) return null;
    const html = await response.text();
    return response.ok ? { html } : { status: response.status, refusal: headingOf(html) };
  } catch {
    return null;
  }
}

function attempt({ url, fields }) {
  const body = new URLSearchParams({ ...fields, csrf_token: token() });
  return fetch(url, { method: "POST", body, headers: { "X-Card": "1" }, signal: AbortSignal.timeout(PATIENCE) });
}

// A page that lay open for long holds a token of a session that is over.
async function renewToken() {
  const page = await fetch(document.querySelector("[data-token]").dataset.token, {
    signal: AbortSignal.timeout(PATIENCE),
  });
  const fresh = parse(await page.text()).querySelector("[name=csrf_token]");
  for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = fresh?.value ?? field.value;
  return Boolean(fresh);
}

function token() {
  return document.querySelector("[name=csrf_token]")?.value ?? "";
}

function headingOf(html) {
  return parse(html).querySelector("h1")?.textContent.trim() ?? "";
}

function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}
