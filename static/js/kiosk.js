// Leaves nothing of whoever was here: on the start page what scripts have kept, elsewhere after two minutes
// without a touch, with a warning first. Without it nothing is kept, and the page itself asks.

const TWO_MINUTES = 120_000;
const HALF_A_MINUTE = 30_000;

const warning = document.querySelector("[data-kiosk]");
let timer;

if (warning) {
  for (const sign of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(sign, stay, { passive: true });
  stay();
} else if (document.querySelector("[data-kiosk-start]")) {
  localStorage.clear();
  sessionStorage.clear();
}

function stay() {
  clearTimeout(timer);
  warning.hidden = true;
  timer = setTimeout(warn, TWO_MINUTES);
}

function warn() {
  warning.textContent = warning.dataset.warning;
  warning.hidden = false;
  timer = setTimeout(() => location.replace(warning.dataset.kiosk), HALF_A_MINUTE);
}

// A page that the browser had put aside shows somebody else's answers.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
