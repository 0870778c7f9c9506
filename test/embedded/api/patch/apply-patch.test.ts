import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { parse } from "yaml";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { applyPatch } from "../../../../embedded/api/patch/apply-patch.ts";
import { trackFields } from "../../../../embedded/api/patch/track-fields.ts";
import type { Patch } from "../../../../embedded/api/registry/api.ts";
import { builtInTypes } from "../../../../embedded/api/resource-types.ts";
import { apiVersionOf } from "../../../../embedded/api/resource-type.ts";
import { createSchema } from "../../../../embedded/api/schema/schema.ts";
import { StatusError } from "../../../../embedded/api/status-error.ts";

const folder = new URL("../../../fixtures/embedded/schema/", import.meta.url);
const requests: unknown = parse(await readFile(new URL("patches.yaml", folder), "utf8"));
const answers: unknown = JSON.parse(await readFile(new URL("patches.json", folder), "utf8"));
const schema = createSchema();

const kinds: Readonly<Record<string, Patch["kind"]>> = {
  "application/merge-patch+json": "merge",
  "application/json-patch+json": "json",
  "application/strategic-merge-patch+json": "strategic",
  "application/apply-patch+yaml": "apply",
};

for (const request of list(requests)) {
  const name = text(field(request, "name"));
  void test(`${name}, as the real API server does it`, () => {
    const given = list(field(answers, name)).map(parseAnswer);
    let current: KubernetesObject | undefined;
    if (field(request, "create") !== undefined) [current] = [given.shift()?.object];
    list(field(request, "steps")).forEach((step, index) => {
      const expected = given[index];
      assert.ok(expected);
      // Whose name and version it is, is the registry's question.
      if (/has been modified|^the name of/.test(expected.message)) return;
      check(`${name}, step ${index}`, { current, step, expected });
      current = expected.object ?? current;
    });
  });
}

type Answer = { readonly object: KubernetesObject | undefined; readonly code: number; readonly message: string; readonly details: unknown };

function check(
  label: string,
  { current, step, expected }: { readonly current: KubernetesObject | undefined; readonly step: unknown; readonly expected: Answer },
): void {
  const query = new URLSearchParams(text(field(step, "query")));
  const kind = kinds[text(field(step, "type"))];
  const body = field(step, "body");
  assert.ok(kind);
  if (kind === "json" && !Array.isArray(body)) return;
  const patch = parsePatch(kind === "apply" ? { kind, body, force: query.get("force") === "true" } : { kind, body });
  const [type] = builtInTypes.filter((known) => known.kind === (expected.object ?? current)?.kind);
  assert.ok(type);
  const manager = query.get("fieldManager") ?? (kind === "apply" ? "" : "unknown");
  const now = new Date(timeOf(expected.object, manager));
  try {
    const patched = applyPatch({ type, current, patch, schema, fieldManager: manager, now });
    const complaints = query.get("fieldValidation") === "Strict" ? schema.unknownFields(type, patched) : [];
    if (complaints.length > 0) throw new StatusError({ code: 422, reason: "Invalid", message: `strict decoding error: ${complaints.join(", ")}` });
    const filled = schema.applyDefaults(type, schema.decode(type, patched));
    const causes = schema.validate(type, filled, current);
    if (causes.length > 0)
      throw new StatusError({ code: 422, reason: "Invalid", message: causes.map(({ field: at, message }) => `${at}: ${message}`).join(", ") });
    const tracked = kind === "apply" ? filled : trackFields({ type, old: current, object: filled, schema, fieldManager: manager, now });
    assert.ok(expected.object, `${label}: expected ${expected.message}`);
    assert.deepEqual(comparable(tracked), comparable(expected.object), label);
    assert.equal(apiVersionOf(type), expected.object.apiVersion);
  } catch (error) {
    if (!(error instanceof StatusError) || expected.object !== undefined) throw error;
    assert.equal(error.code, expected.code, `${label}: ${error.message}`);
    assert.ok(withoutObject(expected.message).endsWith(withoutObject(error.message)), `${error.message}\n${expected.message}`);
    if (error.details !== undefined)
      assert.deepEqual(
        withoutObject(JSON.stringify(field(error.details, "causes") ?? null)),
        withoutObject(JSON.stringify(field(expected.details, "causes") ?? null)),
        label,
      );
  }
}

/** A message that quotes the whole object quotes its fields in another order than Go does. */
const withoutObject = (message: string): string => message.replace(/"\{.*\}\\*": /, "");

/** What the registry and admission write, and the moments. */
function comparable({ metadata, ...object }: KubernetesObject): JsonObject {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, generation: ____, namespace: _____, managedFields, ...rest } = metadata;
  const entries = list(managedFields).map((entry) => ({ ...parseObject(entry), time: "" }));
  const spec = field(object, "spec");
  const {
    clusterIPs: ______,
    ipFamilies: _______,
    ipFamilyPolicy: ________,
    serviceAccount: _________,
    serviceAccountName: __________,
    priority: ___________,
    preemptionPolicy: ____________,
    ...wanted
  } = parseObject(spec);
  return { ...object, ...(spec === undefined ? {} : { spec: wanted }), status: {}, metadata: { ...rest, managedFields: entries } };
}

const timeOf = (object: KubernetesObject | undefined, manager: string): string =>
  text(
    field(
      list(object?.metadata["managedFields"]).find((entry) => field(entry, "manager") === manager),
      "time",
    ),
  ) || "2026-01-02T03:04:05Z";

const parseObject = (value: unknown): JsonObject => ({ ...(value as JsonObject) });
const parsePatch = (value: unknown): Patch => value as Patch;

function parseAnswer(answer: unknown): Answer {
  if (field(answer, "kind") !== "Status") return { object: answer as KubernetesObject, code: 200, message: "", details: undefined };
  return { object: undefined, code: Number(field(answer, "code")), message: text(field(answer, "message")), details: field(answer, "details") };
}
