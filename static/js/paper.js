// Types in a sheet with one key for each line. Without it the same form works with Tab and the arrow keys.

const form = document.querySelector("[data-sheet]");
const lines = [...(form?.querySelectorAll("fieldset") ?? [])];

if (form) {
  form.querySelector("[data-keys-hint]").hidden = false;
  // Whoever types goes on typing, in the first line that says nothing yet.
  if (form.dataset.sheet) focusOn(lines.find((line) => !line.querySelector(":checked")) ?? lines[0]);
}

// Only while the focus is in a line. The place of the key counts too: a keyboard may write ١٢٣ or १२३.
form?.addEventListener("keydown", (event) => {
  const line = event.target.closest("fieldset");
  if (!line || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
  const typed = /^(?:Digit|Numpad)([0-3])$/.exec(event.code)?.[1] ?? event.key;
  const choice = line.querySelector(`[data-key="${CSS.escape(typed)}"]`);
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  focusOn(lines[lines.indexOf(line) + 1]);
});

function focusOn(line) {
  const target = line ? (line.querySelector(":checked") ?? line.querySelector("input")) : form.querySelector("[type=submit]");
  target.focus();
}
