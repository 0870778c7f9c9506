/** A moment as Kubernetes writes it: RFC 3339 in UTC, whole seconds. */
export const renderTime = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** A moment of an object as milliseconds; undefined where there is none or no such time. */
export function parseTime(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
