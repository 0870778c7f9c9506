import assert from "node:assert/strict";
import { test } from "node:test";
import { images } from "../../../../cli/preflight/checks/images.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { PluginDefinition } from "../../../../core/contract/plugin-definition.ts";
import { definition, runPlan } from "../../definitions.ts";
import { checkInput } from "../check-input.ts";

const node = (name: string, ...names: readonly (readonly string[])[]): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name },
  status: { images: names.map((ofOne) => ({ names: ofOne, sizeBytes: 1 })) },
});
const own = "registry.asdic.test/asdic:v1";
const digest = (letter: string): string => `registry.asdic.test/asdic@sha256:${letter.repeat(64)}`;
const listed = (count: number): readonly (readonly string[])[] => Array.from({ length: count }, (_, index) => [`registry.asdic.test/other:${index}`]);

const cases: readonly {
  readonly of: string;
  readonly nodes: readonly KubernetesObject[];
  readonly policy?: "Always" | "IfNotPresent" | "Never";
  readonly image?: string;
  readonly definitions?: readonly PluginDefinition[];
  readonly says: readonly RegExp[];
}[] = [
  { of: "nodes that have it", nodes: [node("a", [own]), node("b", [own])], policy: "Never", says: [] },
  { of: "nodes that pull it", nodes: [node("a", ["x:1"])], says: [] },
  {
    of: "no node that has it, and none may pull it",
    nodes: [node("a", ["x:1"])],
    policy: "Never",
    says: [/^error No node has the image .*asdic:v1 \(asdic's own\)/],
  },
  {
    of: "one node that has it, and none may pull it",
    nodes: [node("a", ["x:1"]), node("b", [own])],
    policy: "Never",
    says: [/^warning 1 of 2 nodes haven't the image .*: a\. Load it onto the nodes/],
  },
  { of: "nodes that list only some of theirs", nodes: [node("a", ...listed(50)), node("b")], policy: "Never", says: [] },
  {
    of: "nodes that have different ones under the same name",
    nodes: [node("a", [digest("a"), own]), node("b", [digest("b"), own])],
    says: [/^warning The nodes have different images under the name .* --image-pull-policy Always/],
  },
  { of: "nodes that have the same one", nodes: [node("a", [digest("a"), own]), node("b", [digest("a"), digest("b"), own])], says: [] },
  {
    of: "a name that is none",
    nodes: [],
    image: "Registry/A:b:c",
    says: [/^error The image Registry\/A:b:c \(asdic's own\) is none: invalid reference format/],
  },
  {
    of: "a plugin's image by its short name, which no node has",
    nodes: [node("a", [own, digest("a")], ["docker.io/library/busybox:latest"])],
    definitions: [
      definition({ name: "one", container: { name: "x", image: "busybox", imagePullPolicy: "Never" } }),
      definition({ name: "two", container: { name: "x", image: "busybox:2", imagePullPolicy: "Never" } }),
    ],
    says: [/^warning No node has the image busybox:2 \(of two\)/],
  },
  {
    of: "an image with the server's version in its name",
    nodes: [node("a", ["registry.k8s.io/conformance:v1.36.3"])],
    definitions: [definition({ container: { name: "x", image: "registry.k8s.io/conformance:$SONOBUOY_K8S_VERSION", imagePullPolicy: "Never" } })],
    says: [],
  },
];

for (const { of, nodes, policy = "IfNotPresent", image = own, definitions = [], says } of cases)
  test(`images: ${of}`, async () => {
    const { problems } = await images.run(checkInput(runPlan(definitions, { image, imagePullPolicy: policy }), { nodes }));
    const lines = problems.map(({ severity, sentence, fix }) => `${severity} ${sentence} ${fix}`);
    assert.equal(lines.length, says.length, lines.join("\n"));
    for (const [index, pattern] of says.entries()) assert.match(lines[index] ?? "", pattern);
  });
