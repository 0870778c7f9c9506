/** Whether signs beyond ASCII can be shown: not where the locale says another character set (LANG=C), and not on a dumb terminal. */
export function hasUnicode(environment: NodeJS.ProcessEnv): boolean {
  if (environment["TERM"] === "dumb") return false;
  const locale = environment["LC_ALL"] || environment["LC_CTYPE"] || environment["LANG"] || "";
  return locale === "" ? assumed(environment) : /utf-?8/i.test(locale);
}

/** Without a locale: Windows and macOS have none by default and can; elsewhere what says nothing is POSIX's C. */
const assumed = (environment: NodeJS.ProcessEnv): boolean =>
  environment["SystemRoot"] !== undefined || environment["__CF_USER_TEXT_ENCODING"] !== undefined || environment["TERM_PROGRAM"] !== undefined;
