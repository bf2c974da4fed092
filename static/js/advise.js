// Shows advice on a statement while it is written, a moment after the last key: nobody is corrected mid-word.
// The patterns come with the page, the same that the server looks for once the statement is sent.

const A_PAUSE = 900;

for (const form of document.querySelectorAll("[data-advised]")) {
  const [text, language] = [form.elements.text, form.elements.language];
  const signs = [...form.querySelectorAll("[data-sign]")].map((sign) => ({
    pattern: new RegExp(sign.dataset.sign, "i"),
    advises: sign.dataset.advises,
    language: sign.dataset.in,
  }));
  const advise = () => {
    const found = new Set(
      signs
        .filter((sign) => !sign.language || sign.language === language.value)
        .filter((sign) => sign.pattern.test(text.value))
        .map((sign) => sign.advises),
    );
    for (const advice of form.querySelectorAll("[data-kind]")) {
      advice.hidden = !found.has(advice.dataset.kind);
    }
  };
  let pause;
  const wait = () => {
    clearTimeout(pause);
    pause = setTimeout(advise, A_PAUSE);
  };
  text.addEventListener("input", wait);
  language.addEventListener("change", wait);
}
