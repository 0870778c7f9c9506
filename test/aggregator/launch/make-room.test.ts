import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findPortConflicts, isInTheWay } from "../../../aggregator/launch/make-room.ts";
import type { JsonObject } from "../../../core/contract/json.ts";
import { definition } from "../../cli/definitions.ts";

const withPorts = (name: string, order: number, { ports, podSpec }: { readonly ports: readonly JsonObject[]; readonly podSpec?: JsonObject }) =>
  definition({ name, order, container: { name, image: "x", ports }, ...(podSpec && { podSpec }) });
const onHost: JsonObject = { hostNetwork: true, containers: [] };

describe("pods that make room", () => {
  const cases: readonly [string, Parameters<typeof findPortConflicts>[0], readonly string[]][] = [
    [
      "go before a later group's plugin with the same host port",
      [withPorts("a", 1, { ports: [{ hostPort: 80 }] }), withPorts("b", 2, { ports: [{ hostPort: 80 }] })],
      ["a"],
    ],
    ["stay where the ports differ", [withPorts("a", 1, { ports: [{ hostPort: 80 }] }), withPorts("b", 2, { ports: [{ hostPort: 81 }] })], []],
    [
      "stay where only the protocol is another",
      [withPorts("a", 1, { ports: [{ hostPort: 80 }] }), withPorts("b", 2, { ports: [{ hostPort: 80, protocol: "UDP" }] })],
      [],
    ],
    ["stay beside plugins of the same group", [withPorts("a", 1, { ports: [{ hostPort: 80 }] }), withPorts("b", 1, { ports: [{ hostPort: 80 }] })], []],
    [
      "stay for ports inside of pods",
      [
        withPorts("a", 1, { ports: [{ containerPort: 80 }], podSpec: { containers: [] } }),
        withPorts("b", 2, { ports: [{ containerPort: 80 }], podSpec: { containers: [] } }),
      ],
      [],
    ],
    [
      "go for ports of containers on the host's network",
      [withPorts("a", 1, { ports: [{ containerPort: 80 }], podSpec: onHost }), withPorts("b", 2, { ports: [{ hostPort: 80, containerPort: 8080 }] })],
      ["a"],
    ],
  ];
  for (const [what, definitions, wanted] of cases) it(what, () => assert.deepEqual([...findPortConflicts(definitions)], wanted));

  const result = (node: string, code?: string) => ({
    plugin: "p",
    node,
    state: "waiting" as const,
    since: new Date(0),
    ...(code !== undefined && { problem: { code, message: "m" } }),
  });
  const ways: readonly [string, string, string, string | undefined, boolean][] = [
    ["the pod of a Job for one that no node can take", "global", "n1", "unschedulable", true],
    ["a node's own pod", "n1", "n1", "unschedulable", true],
    ["not another node's pod", "n1", "n2", "unschedulable", false],
    ["every pod for a quota", "n1", "n2", "quota-exceeded", true],
    ["none for a problem of another kind", "n1", "n1", "image-pull", false],
    ["none where nothing is wrong", "n1", "n1", undefined, false],
  ];
  for (const [what, held, waiting, code, wanted] of ways) it(`go: ${what}`, () => assert.equal(isInTheWay(result(held), result(waiting, code)), wanted));
});
