import type { Browser } from "playwright-core";

/** Milliseconds between the frames that are drawn while the page is scrolled for some seconds, from DevTools' trace. */
export async function measureFrames(browser: Browser, url: string): Promise<readonly number[]> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(url, { waitUntil: "load" });
  const all = page.getByLabel("With skipped");
  if (await all.isVisible()) await openTree(page);
  const session = await page.context().newCDPSession(page);
  const drawn: number[] = [];
  session.on("Tracing.dataCollected", ({ value }) => {
    for (const event of value as readonly { readonly [key: string]: unknown }[]) if (event["name"] === "DrawFrame") drawn.push(Number(event["ts"]) / 1000);
  });
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["disabled-by-default-devtools.timeline.frame", "devtools.timeline.frame"] },
  });
  for (const yDistance of [-30_000, 15_000, -30_000])
    await session.send("Input.synthesizeScrollGesture", { x: 600, y: 500, yDistance, speed: 12_000, gestureSourceType: "mouse" });
  await session.send("Tracing.end");
  await complete;
  await page.close();
  const times = drawn.toSorted((a, b) => a - b);
  return times.slice(1).map((time, index) => time - (times[index] ?? time));
}

/** All tests of the tree, by the hundred, as far as a thousand. */
async function openTree(page: Awaited<ReturnType<Browser["newPage"]>>): Promise<void> {
  await page.getByLabel("With skipped").check();
  await page.locator("#test-tree summary").first().click();
  for (let presses = 0; presses < 9; presses++) await page.locator("#test-tree .more").click();
}
