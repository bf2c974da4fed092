// Follows the room: counts on the big screen as people answer, and brings the next statement to the phones.
// A phone on which somebody is about to answer is only told. Without it pages follow by a link.

const EVERY = 4000;

const place = document.querySelector("[data-room]");

if (place) setTimeout(look, EVERY);

async function look() {
  try {
    const answer = await fetch(location.href);
    const there = new DOMParser().parseFromString(await answer.text(), "text/html");
    follow(there.querySelector("[data-room]"), there.querySelector("[data-live]"));
  } catch {
    // The line is lost for a moment: the next look will do.
  }
  setTimeout(look, EVERY);
}

function follow(there, count) {
  const live = document.querySelector("[data-live]");
  if (live && count && live.textContent !== count.textContent) live.textContent = count.textContent;
  const told = document.querySelector("[data-moved-on]");
  if (there?.dataset.room === place.dataset.room) return;
  if (!told || place.hasAttribute("data-waits")) location.reload();
  else if (!told.textContent) told.textContent = told.dataset.movedOn;
}
