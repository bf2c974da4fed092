// Who is erased leaves nothing on this device either: answers that wait for a connection are dropped, unsent.

const erasure = document.querySelector("[data-forget]");

erasure?.addEventListener("submit", () => new AnswerQueue(erasure.dataset.forget, () => {}).forget());
