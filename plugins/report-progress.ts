import type { ProgressUpdate } from "./plugin-program.ts";

/** Sends progress to the worker beside this program; one that can't be told is left out, because results matter more. */
export function createReport(port: string | undefined): (progress: ProgressUpdate) => void {
  // One after the other: what arrives last is what is shown.
  let last: Promise<unknown> = Promise.resolve();
  return (progress) => {
    console.log(`${progress.completed + progress.failures.length}/${progress.total} ${progress.msg}`);
    if (port === undefined) return;
    last = last.then(() => send(port, progress));
  };
}

const send = (port: string, progress: ProgressUpdate): Promise<unknown> =>
  fetch(`http://localhost:${port}/progress`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(progress),
    signal: AbortSignal.timeout(2000),
  }).then(
    (response) => response.body?.cancel(),
    (error: unknown) => console.error(`progress was not told: ${String(error)}`),
  );
