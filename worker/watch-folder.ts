import type { FSWatcher } from "node:fs";
import { watch } from "node:fs";

/** Notice of changes to one name in a folder. `start` may be called again and again: the folder may come late. */
type FolderWatch = {
  start(): void;
  /** Waits for a change since the last call, so many milliseconds or the signal, whichever comes first. */
  change(milliseconds: number): Promise<void>;
  close(): void;
};

/** Watches a folder as far as its file system allows it; where it does not, `change` ends by its time alone. */
export function watchFolder(folder: string, name: string, signal: AbortSignal): FolderWatch {
  let watcher: FSWatcher | undefined;
  let isChanged = false;
  let wake = (): void => undefined;
  const notice = (): void => {
    isChanged = true;
    wake();
  };
  const stopWatching = (): void => {
    watcher?.close();
    watcher = undefined;
  };
  signal.addEventListener("abort", notice, { once: true });
  return {
    start() {
      if (watcher !== undefined) return;
      try {
        watcher = watch(folder, { persistent: false }, (_event, file) => (file === null || file === name ? notice() : undefined));
        watcher.on("error", stopWatching);
      } catch {
        watcher = undefined;
      }
    },
    async change(milliseconds) {
      if (!isChanged && !signal.aborted) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, milliseconds);
        wake = resolve;
        await promise;
        clearTimeout(timer);
      }
      isChanged = false;
    },
    close() {
      stopWatching();
      signal.removeEventListener("abort", notice);
    },
  };
}
