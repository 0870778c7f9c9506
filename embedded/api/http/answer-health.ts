import type { Exchange } from "./exchange.ts";
import { sendText } from "./send.ts";

/** Answers /healthz, /livez and /readyz, and each of their checks below. */
export async function answerHealth({ response, query }: Exchange, root: string, check: string): Promise<void> {
  const checks = ["ping", "log", "etcd", ...(root === "readyz" ? ["informer-sync", "shutdown"] : [])];
  if (check !== "" && !checks.includes(check)) return sendText(response, 404, "404 page not found\n");
  if (!query.has("verbose") || check !== "") return sendText(response, 200, "ok");
  const excluded = query.getAll("exclude");
  const lines = checks.map((name) => `[+]${name} ${excluded.includes(name) ? "excluded: ok" : "ok"}\n`);
  return sendText(response, 200, `${lines.join("")}${root} check passed\n`);
}
