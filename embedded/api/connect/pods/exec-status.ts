import type { JsonObject } from "../../../../core/contract/json.ts";

export type ExecProtocol = "v5.channel.k8s.io" | "v4.channel.k8s.io";

/** How a command ended, or why it never ran. */
export type ExecOutcome = { readonly exitCode: number } | { readonly failure: string };

/** The status on the error channel. The API server writes it for version 5, the kubelet for version 4, each in its own words. */
export function buildExecStatus(protocol: ExecProtocol, command: readonly string[], outcome: ExecOutcome): JsonObject {
  const isFive = protocol === "v5.channel.k8s.io";
  const head = isFive ? { metadata: {} } : {};
  if ("failure" in outcome) {
    const message = `Internal error occurred: error executing command in container: ${outcome.failure}`;
    return isFive
      ? { ...head, status: "Failure", message: `Internal error occurred: ${message}`, reason: "InternalError", details: { causes: [{ message }] }, code: 500 }
      : { status: "Failure", message, reason: "InternalError", code: 500 };
  }
  const { exitCode } = outcome;
  if (exitCode === 0) return { ...head, status: "Success" };
  const why = isFive ? `command terminated with exit code ${exitCode}` : `error executing command [${command.join(" ")}], exit code ${exitCode}`;
  return {
    ...head,
    status: "Failure",
    message: `command terminated with non-zero exit code: ${why}`,
    reason: "NonZeroExitCode",
    details: { causes: [{ reason: "ExitCode", message: String(exitCode) }] },
  };
}
