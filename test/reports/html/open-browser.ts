import { existsSync } from "node:fs";
import { chromium, type Browser, type Page } from "playwright-core";

/** How a page is looked at. */
export type Looks = {
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  readonly script?: boolean;
  readonly motion?: "reduce";
};

/** One Chromium: Debian's, or the one that $ASDIC_CHROMIUM names. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env["ASDIC_CHROMIUM"] ?? "/usr/bin/chromium";
  if (!existsSync(executablePath))
    throw new Error(`There is no ${executablePath}: install Debian's package chromium, or name another one with ASDIC_CHROMIUM.`);
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"], timeout: 60_000 });
}

/** A page with what it asked the network for beyond itself, and what went wrong in it. */
export type OpenedPage = { readonly page: Page; readonly requests: readonly string[]; readonly errors: readonly string[]; readonly close: () => Promise<void> };

/** A page of its own with the file in it, when it is there. */
export async function openPage(browser: Browser, url: string, looks: Looks = {}): Promise<OpenedPage> {
  const { theme = "light", width = 1280, height = 800, script = true, motion } = looks;
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height },
    javaScriptEnabled: script,
    permissions: ["clipboard-read", "clipboard-write"],
    ...(motion === undefined ? {} : { reducedMotion: motion }),
  });
  const page = await context.newPage();
  const [requests, errors]: [string[], string[]] = [[], []];
  page.on("request", (request) => request.url().split("#")[0] !== url.split("#")[0] && requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("dialog", (dialog) => {
    errors.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, requests, errors, close: () => context.close() };
}
