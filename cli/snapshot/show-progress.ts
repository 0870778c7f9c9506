import type { SnapshotProgress } from "../../core/snapshot/snapshot-input.ts";
import { renderBytes } from "../render-bytes.ts";
import { createLiveView } from "../terminal/live-view.ts";
import type { Output } from "../terminal/output.ts";
import { fitText } from "../terminal/safe-text.ts";

const plainMilliseconds = 10_000;

/** Says on the error output how far a snapshot is: on a terminal in one line that is drawn in place, else in one each ten seconds, and nothing where it is to be quiet. */
export function showProgress(output: Output): { readonly show: (progress: SnapshotProgress) => void; readonly end: () => void } {
  if (output.isQuiet === true) return { show: () => undefined, end: () => undefined };
  const isLive = output.isErrTerminal === true;
  const view = createLiveView({ ...output, out: (text) => output.err(text) });
  let said = performance.now();
  return {
    show(progress) {
      const line = renderProgress(progress);
      if (isLive) return view.draw([fitText(line, output.columns - 1)]);
      if (performance.now() - said < plainMilliseconds) return;
      said = performance.now();
      output.err(`${line}\n`);
    },
    end() {
      if (isLive) view.draw([]);
      view.end();
    },
  };
}

function renderProgress({ kinds, allKinds, objects, logs, allLogs, requests, receivedBytes }: SnapshotProgress): string {
  const of = (done: number, all: number, what: string): string => (all === 0 ? `${done} ${what}` : `${done} of ${all} ${what}`);
  return `${of(kinds, allKinds, "kinds")}, ${objects} objects, ${of(logs, allLogs, "logs")}; ${requests} requests, ${renderBytes(receivedBytes)}`;
}
