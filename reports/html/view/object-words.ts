import type { Finding } from "../../../core/contract/report/finding.ts";
import { renderLine } from "../../visible-text.ts";

/** The object of a finding on one line, "Deployment shop/cart · container app"; empty where it has none. */
export function objectName({ object }: Pick<Finding, "object">): string {
  if (object === undefined) return "";
  const { kind, namespace, name, container, path } = object;
  const named = [namespace, name].filter((part) => part !== undefined && part !== "").join("/");
  const whole = [[kind, named].filter((part) => part !== undefined && part !== "").join(" "), container && `container ${container}`, path];
  return renderLine(whole.filter((part) => part !== undefined && part !== "").join(" · "));
}
