import type { Browser } from "playwright-core";

/** Milliseconds from the start of the navigation until the page's script has run and what it made is painted. */
export async function measureOpening(browser: Browser, url: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: "load" });
  const painted = await page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))))");
  await page.close();
  return Number(painted);
}
