import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

/** How a page is looked at. */
export type Looks = {
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  readonly motion?: "reduce";
  readonly colours?: "forced";
};

/** One Chromium: Debian's, or the one that $ASDIC_CHROMIUM names. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env["ASDIC_CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath))
    throw new Error(`There is no ${executablePath}: install Debian's package chromium, or name another one with ASDIC_CHROMIUM.`);
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--renderer-process-limit=2"], timeout: 60_000 });
}

/** A page with what it asked the network for beyond itself, and what went wrong in it. */
export type OpenedPage = { readonly page: Page; readonly requests: readonly string[]; readonly errors: readonly string[]; readonly close: () => Promise<void> };

/** A place for many pages, with or without scripts; pages of one share their processes, which cost more than a page does. */
export const openContext = (browser: Browser, scripts: "scripts" | "no-scripts" = "scripts"): Promise<BrowserContext> =>
  browser.newContext({ javaScriptEnabled: scripts === "scripts", permissions: ["clipboard-read", "clipboard-write"] });

/** A page of its own with the file in it, when it is there. */
export async function openPage(context: BrowserContext, url: string, looks: Looks = {}): Promise<OpenedPage> {
  const { theme = "light", width = 1280, height = 800, motion, colours } = looks;
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  await page.emulateMedia({
    colorScheme: theme,
    ...(motion === undefined ? {} : { reducedMotion: motion }),
    ...(colours === undefined ? {} : { forcedColors: "active" }),
  });
  const [requests, errors]: [string[], string[]] = [[], []];
  page.on("request", (request) => request.url().split("#")[0] !== url.split("#")[0] && requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("dialog", (dialog) => {
    errors.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, requests, errors, close: () => page.close() };
}
