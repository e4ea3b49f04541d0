"use strict";
// New mails appear by themselves, and times are those of the reader's own clock.
const list = document.querySelector("#list");
const LOOK_MILLISECONDS = 2000;
const today = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const earlier = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
let shown = "";

function localize(root) {
  for (const time of root.querySelectorAll("time")) {
    const moment = new Date(time.dateTime);
    const isShort = time.closest("li") && moment.toDateString() === new Date().toDateString();
    time.textContent = (isShort ? today : earlier).format(moment);
    time.title = earlier.format(moment);
  }
}

function replace(rows) {
  const focused = document.activeElement?.closest("#list a")?.getAttribute("href");
  list.innerHTML = rows;
  localize(list);
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

async function look() {
  if (document.hidden) return;
  const answer = await fetch(`/mailbox/list?selected=${list.dataset.selected}`).catch(() => null);
  if (!answer?.ok) return;
  const rows = await answer.text();
  const listed = list.querySelectorAll("li").length;
  // The first answer can be compared by its length only: the times on the page are localized by now.
  const isNews = shown ? rows !== shown : rows.split("<li>").length - 1 !== listed;
  shown = rows;
  if (!isNews) return;
  // A page without a mail says so: as a whole it has to say something else now.
  if (listed === 0) location.reload();
  else replace(rows);
}

localize(document);
setInterval(look, LOOK_MILLISECONDS);
document.addEventListener("visibilitychange", look);
