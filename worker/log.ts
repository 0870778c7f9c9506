/** Writes one JSON line {time, level, msg} on stdout. Messages never hold tokens or contents of results; JSON escapes what a terminal would obey. */
export type Log = (level: "info" | "warn" | "error", message: string) => void;

export const logToStdout: Log = (level, message) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, msg: message })}\n`);
};

/** What a caught value says in a log line: its message and, where the message hides it, its code. */
export function renderFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const message = error.message === "" ? error.name : error.message;
  return message.includes(code) ? message : `${message} (${code})`;
}
