import type { ProgressUpdate } from "./plugin-program.ts";

/** Sends progress to the worker beside this program; one that can't be told is left out, because results matter more. */
export function createReport(port: string | undefined): (progress: ProgressUpdate) => void {
  return (progress) => {
    console.log(`${progress.completed + progress.failures.length}/${progress.total} ${progress.msg}`);
    if (port === undefined) return;
    fetch(`http://localhost:${port}/progress`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(progress),
      signal: AbortSignal.timeout(2000),
    }).then(
      (response) => response.body?.cancel(),
      (error: unknown) => console.error(`progress was not told: ${String(error)}`),
    );
  };
}
