import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";

/** Waits until the expression is true in the page; asked by the debugger, because the page's policy forbids Playwright's own way, which is eval. */
export async function waitUntil(page: Page, expression: string): Promise<void> {
  const end = Date.now() + patience;
  while ((await page.evaluate(expression)) !== true) {
    if (Date.now() > end) throw new Error(`it did not become true: ${expression}`);
    await sleep(25);
  }
}

const patience = 20_000;
