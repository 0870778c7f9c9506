import type { Finding } from "../core/contract/report/finding.ts";
import { renderLine } from "./visible-text.ts";

/** An object in one line: kind/namespace/name, as far as they are known, and the container in it. */
export function describeObject({ kind, namespace, name, container }: NonNullable<Finding["object"]>): string {
  const parts = [kind, namespace, name].filter((part) => part !== undefined && part !== "").map((part) => renderLine(part ?? ""));
  return [parts.join("/"), ...(container === undefined ? [] : [`container ${renderLine(container)}`])].join(" ");
}
