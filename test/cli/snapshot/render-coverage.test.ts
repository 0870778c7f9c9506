import { test } from "node:test";
import { renderCoverage } from "../../../cli/snapshot/render-coverage.ts";
import type { SnapshotFailure } from "../../../core/contract/snapshot-coverage.ts";
import { assertGolden } from "../../golden.ts";
import { storedCoverage } from "../get/stored-cluster.ts";

const failure = (resource: string, rest: Partial<SnapshotFailure> = {}): SnapshotFailure => ({
  verb: "list",
  resource,
  namespace: "",
  code: 403,
  reason: "Forbidden",
  message: `${resource} is forbidden`,
  ...rest,
});

test("what is not there is told in few lines that are safe to print, alike failures together", () => {
  const kinds = Array.from({ length: 60 }, (_, index) => failure(`kind-${index}`));
  const own = [
    failure("pods", { namespace: "shop" }),
    failure("pods/log", { verb: "get", namespace: "shop", name: "web-0/main", code: 500, reason: "InternalError", message: "the node\n\u001b[31mis away" }),
  ];
  const open = ["blue", "green", "red", "shop", "shop-2", "shop-3"];
  const instead = [
    failure("secretless.example.test", { instead: { namespaces: ["blue\u0007"], count: 1, known: 12 } }),
    failure("widgets.example.test", { instead: { namespaces: open, count: 40, known: 104 } }),
    failure("gadgets.example.test", { instead: { namespaces: open, count: 40, known: 104 } }),
    failure("closed.example.test", { instead: { namespaces: [], count: 0, known: 3 } }),
    failure("unknown.example.test", { instead: { namespaces: [], count: 0, known: 0 } }),
  ];
  const failures = [...kinds, ...instead, ...own];
  const omissions = Array.from({ length: 30 }, (_, index) => ({ what: `kind-${index}`, why: "the limit of objects of one kind", count: index }));
  const lines = renderCoverage({ ...storedCoverage, failures, failureCount: 1500, omissions, throttled: 2, waitedMilliseconds: 61_000 }, 123_456);
  assertGolden("cli/snapshot/coverage.txt", `${lines.join("\n")}\n`);
});
