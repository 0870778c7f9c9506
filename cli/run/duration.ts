import { KnownError } from "../../core/contract/known-error.ts";

/** Seconds of a Go duration (`1h30m`, `90s`, `1.5h`) or of a plain number of seconds, of up to 20 days; KnownError "wrong-usage" naming the flag otherwise, and `typed` where that is more than the duration. */
export function parseDuration(flag: string, text: string, typed = text): number {
  const seconds = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : secondsOfParts(text);
  if (seconds !== undefined && seconds > 0 && seconds <= longestSeconds) return seconds;
  throw new KnownError(
    "wrong-usage",
    `${flag} ${typed}: is ${seconds === undefined ? "no duration" : seconds > 0 ? "longer than 20 days" : "no time at all"}.`,
    { hint: "Give seconds, or a duration such as 90s, 45m or 1h30m, of up to 20 days." },
  );
}

/** Node's timers end at 24 days. */
const longestSeconds = 20 * 24 * 3600;
const units: Record<string, number | undefined> = { ms: 0.001, s: 1, m: 60, h: 3600 };

function secondsOfParts(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return undefined;
  return [...text.matchAll(/([\d.]+)(ms|[smh])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ""] ?? 0), 0);
}

/** A length of time as people read it, in whole seconds: 42s, 3m05s, 1h02m05s. */
export function renderDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, "0");
  if (hours > 0) return `${hours}h${two(minutes)}m${two(rest)}s`;
  return minutes > 0 ? `${minutes}m${two(rest)}s` : `${rest}s`;
}
