import type { TarballStatus } from "../../core/contract/run-status.ts";
import { renderBytes } from "../render-bytes.ts";
import { renderDuration } from "../run/duration.ts";
import { createLiveView } from "../terminal/live-view.ts";
import type { Output } from "../terminal/output.ts";
import { fitText } from "../terminal/safe-text.ts";

/** What is said of a transfer while it goes on. */
export type TransferBar = { readonly show: (size: number) => void; readonly end: () => void };

/** Short transfers are over before anybody reads of them. */
const firstMilliseconds = 1000;
const liveMilliseconds = 200;
const plainMilliseconds = 10_000;
/** Speed is that of the last so many milliseconds, so that a connection that has recovered is believed. */
const windowMilliseconds = 10_000;

/** On a terminal a bar with speed and time left that is drawn in place, else a line each ten seconds; on the error output, and nothing where it is to be quiet. */
export function createTransferBar(output: Output, tarball: Pick<TarballStatus, "name" | "size">, now: () => number = () => performance.now()): TransferBar {
  if (output.isQuiet === true) return { show: () => undefined, end: () => undefined };
  const isLive = output.isErrTerminal === true;
  const view = createLiveView({ ...output, out: (text) => output.err(text) });
  const seen: { readonly at: number; readonly size: number }[] = [];
  let said = now() + firstMilliseconds - (isLive ? liveMilliseconds : plainMilliseconds);
  return {
    show(size) {
      const at = now();
      // One a second is enough to tell a speed.
      if (at - (seen.at(-1)?.at ?? -Infinity) >= 1000) seen.push({ at, size });
      while ((seen[1]?.at ?? at) < at - windowMilliseconds) seen.shift();
      if (at - said < (isLive ? liveMilliseconds : plainMilliseconds)) return;
      said = at;
      const { at: since = at, size: before = size } = seen[0] ?? {};
      const line = renderTransfer(
        { name: tarball.name, total: tarball.size, size, bytesPerSecond: at > since ? ((size - before) / (at - since)) * 1000 : 0 },
        isLive,
      );
      if (isLive) view.draw([fitText(line, output.columns - 1)]);
      else output.err(`${fitText(line)}\n`);
    },
    end() {
      if (isLive) view.draw([]);
      view.end();
    },
  };
}

type Transfer = { readonly name: string; readonly total: number; readonly size: number; readonly bytesPerSecond: number };

const barWidth = 20;

/** `run.tar.gz [##########          ] 50 % of 2.0 GiB, 31.2 MiB/s, 33s left`; without the bar where it is a line of many. */
export function renderTransfer({ name, total, size, bytesPerSecond }: Transfer, hasBar: boolean): string {
  const done = total === 0 ? 1 : Math.min(1, size / total);
  const filled = Math.floor(done * barWidth);
  const bar = hasBar ? ` [${"#".repeat(filled)}${" ".repeat(barWidth - filled)}]` : ":";
  const speed = bytesPerSecond > 0 ? `, ${renderBytes(bytesPerSecond)}/s, ${renderDuration(Math.ceil((total - size) / bytesPerSecond))} left` : "";
  return `${name}${bar} ${Math.floor(done * 100)} % of ${renderBytes(total)}${speed}`;
}
