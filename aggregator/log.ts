import { openSync, writeSync } from "node:fs";

/** The run's log: JSON lines, to the container's output and to a file that becomes meta/run.log. */
export type Log = {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
};
type LogFields = { readonly [key: string]: string | number | boolean | undefined };

/** A log that writes every line to `file` and to `echo` at once, so that a crash loses none; `clean` hides secrets in its JSON. */
export function createLog(file: string, echo: (line: string) => void, clean: (line: string) => string = (line) => line): Log {
  const to = openSync(file, "a");
  const write = (level: string, msg: string, fields: LogFields = {}): void => {
    const line = clean(`${JSON.stringify({ time: new Date().toISOString(), level, msg, ...fields })}\n`);
    writeSync(to, line);
    echo(line);
  };
  return { info: (message, fields) => write("info", message, fields), warn: (message, fields) => write("warning", message, fields) };
}
