import { renderJunit } from "./junit.ts";
import type { ResultFile } from "./plugin-program.ts";

/** What a plugin leaves when its own program crashed: one failed item with the stack, never nothing. */
export function renderFailedResult(plugin: string, format: FailedResultFormat, error: unknown): ResultFile {
  const name = `${plugin} ran to its end`;
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error && error.stack !== undefined ? error.stack : message;
  if (format === "junit")
    return { name: "junit.xml", content: renderJunit(plugin, [{ name, className: plugin, seconds: 0, outcome: { kind: "error", message, text: stack } }]) };
  return {
    name: "results.yaml",
    content: JSON.stringify({ name: plugin, status: "failed", items: [{ name, status: "failed", details: { error: stack } }] }, undefined, 2),
  };
}

export type FailedResultFormat = "junit" | "manual";
