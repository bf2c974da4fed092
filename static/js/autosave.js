// Saves what is written every few seconds, and says so. Without it the form's own buttons save.

const A_PAUSE = 3000;

for (const form of document.querySelectorAll("[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  const { saved, lost, stopped } = form.dataset;
  const clock = new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn`, { timeStyle: "short", hourCycle: "h23" });
  let [waiting, goesOn, running] = ["unsaved" in form.dataset, true, null];

  const say = (words) => {
    // The same words again would be read out again.
    if (status.textContent !== words) status.textContent = words;
  };
  const save = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set("save", "stay");
    waiting = false;
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { "X-Autosave": "1" } });
    } catch {
      waiting = true;
      return say(lost);
    }
    const isWords = answer.headers.get("Content-Type") === "application/json";
    const { said, revision } = isWords ? await answer.json() : { said: stopped };
    if (answer.ok && isWords) {
      form.elements.revision.value = revision;
      return say(saved.replace("{time}", clock.format(new Date())));
    }
    // What has to be corrected is saved once it is; two writers, or nobody signed in, need the button.
    goesOn = answer.status === 422;
    say(said);
  };
  const nowAndThen = async () => {
    if (waiting && goesOn) await (running = save());
    running = null;
    setTimeout(nowAndThen, A_PAUSE);
  };
  form.addEventListener("input", () => {
    waiting = true;
  });
  // The button sends everything. It waits for a save on its way, which would be somebody else's to it.
  form.addEventListener("submit", async (event) => {
    goesOn = false;
    if (!running) return;
    event.preventDefault();
    await running;
    running = null;
    form.requestSubmit(event.submitter);
  });
  nowAndThen();
}
