import { renderTime } from "../objects/render-time.ts";

const unitSeconds: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The moment that a text such as "12d ago" or "in 6d" names, RFC 3339 in whole seconds; undefined for any other text. */
export function resolveTime(text: string, now: Date): string | undefined {
  const match = /^(?:(?<past>\d+)(?<pastUnit>[smhd]) ago|in (?<future>\d+)(?<futureUnit>[smhd]))$/.exec(text)?.groups;
  if (!match) return undefined;
  const seconds = match["past"] === undefined ? toSeconds(match["future"], match["futureUnit"]) : -toSeconds(match["past"], match["pastUnit"]);
  return renderTime(new Date(now.getTime() + seconds * 1000));
}

/** For YAML's readers: turns each such text into its moment. */
export const reviveTimes =
  (now: Date) =>
  (_key: unknown, value: unknown): unknown =>
    typeof value === "string" ? (resolveTime(value, now) ?? value) : value;

const toSeconds = (count: string | undefined, unit: string | undefined): number => Number(count) * (unitSeconds[unit ?? ""] ?? 0);
