import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition holds; throws after a minute, so that a test that waits in vain fails instead of hanging. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`never came true: ${condition.toString()}`);
    await sleep(5);
  }
}
