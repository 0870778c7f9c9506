import type { Finding } from "../../core/contract/report/finding.ts";
import { describeObject } from "../describe-object.ts";
import { renderLine, renderLines } from "../visible-text.ts";
import { levelOf, ruleId } from "./build-rules.ts";

/** A finding as a SARIF result; its place is a path in the tarball, as a URI that is valid whatever the path holds. */
export function buildResult(finding: Finding, ruleIndex: number): object {
  const { id, fingerprint, message, remediation, file, plugin, waiver } = finding;
  const text = [renderLine(finding.title), renderLines(message), remediation === undefined ? "" : renderLine(remediation.text)];
  return {
    ruleId: ruleId(id),
    ruleIndex,
    kind: "fail",
    level: levelOf(finding),
    message: { text: [...new Set(text.filter((part) => part !== ""))].join("\n") || "It says nothing." },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: pathAsUri(file ?? fallbackFile(plugin)), uriBaseId: "TARBALL" },
          region: { startLine: 1 },
        },
        logicalLocations: [logicalLocation(finding)],
      },
    ],
    // GitHub goes by the first one alone, and would else make it from a source file that is not there.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "asdicFingerprint/v1": fingerprint },
    ...(waiver?.state === "active" ? { suppressions: [{ kind: "external", status: "accepted", justification: renderLine(waiver.reason) }] } : {}),
    properties: { plugin: renderLine(plugin), severity: finding.severity, ...(finding.node === undefined ? {} : { node: renderLine(finding.node) }) },
  };
}

const fallbackFile = (plugin: string): string => (plugin === "" ? "meta/status.json" : `plugins/${plugin}/sonobuoy_results.yaml`);

function logicalLocation({ id, title, object }: Finding): object {
  const name = object === undefined ? renderLine(title) : renderLine(object.name ?? "");
  return {
    name: name || "unnamed",
    fullyQualifiedName: object === undefined ? ruleId(id) : describeObject(object) || "unnamed",
    kind: object === undefined ? "function" : "resource",
  };
}

/** Relative, each part encoded, without parts that lead elsewhere. */
const pathAsUri = (path: string): string =>
  path
    .toWellFormed()
    .replaceAll("\\", "/")
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .map(encodeURIComponent)
    .join("/") || "unknown";
