/** How long ago a moment was, as Kubernetes tells ages: "90s", "5m3s", "3h", "2d4h"; `<unknown>` without one. */
export function renderAge(time: unknown, now: Date): string {
  if (typeof time !== "string" || time === "") return "<unknown>";
  const at = Date.parse(time);
  return Number.isNaN(at) ? "<unknown>" : renderDuration(now.getTime() - at);
}

/** Milliseconds with the one or two largest units that matter. Source: k8s.io/apimachinery, pkg/util/duration. */
export function renderDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return withRest(minutes, "m", `${seconds % 60}s`);
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return withRest(hours, "h", `${minutes % 60}m`);
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return withRest(days, "d", `${hours % 24}h`);
  if (hours < 17_520) return `${days}d`;
  const years = Math.floor(days / 365);
  return hours < 70_080 ? withRest(years, "y", `${days % 365}d`) : `${years}y`;
}

const withRest = (whole: number, unit: string, rest: string): string => (rest.startsWith("0") ? `${whole}${unit}` : `${whole}${unit}${rest}`);
