// Shows how many characters are left, counted as the server counts them: marks belong to their letter.

for (const field of document.querySelectorAll("[data-limit]")) {
  const output = document.querySelector(`[data-counter-for="${field.id}"]`);
  const limit = Number(field.dataset.limit);
  const format = new Intl.NumberFormat(`${document.documentElement.lang}-u-nu-latn`);
  const count = () => {
    const text = field.value.normalize("NFC").trim().replace(/[ \t\r\n\f\v]+/g, " ");
    const left = limit - Array.from(text.replace(/[\p{Mn}\p{Me}\p{Mc}\p{Cf}]/gu, "")).length;
    output.textContent = output.dataset.text.replace("{left}", format.format(left));
    output.classList.toggle("is-over", left < 0);
  };
  field.addEventListener("input", count);
  count();
}
