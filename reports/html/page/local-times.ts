/** Gives every time of the page, which is written in UTC, the reader's own as what is shown when it is pointed at. */
export function fillLocalTimes(): void {
  for (const time of document.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) time.title = at.toLocaleString();
  }
}
