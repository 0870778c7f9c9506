import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { promisify } from "node:util";
import { parse } from "yaml";
import { field, list, text } from "../core/kubernetes/field.ts";

/**
 * Writes the answers of a real API server ($KUBECONFIG, namespace brief-schema) beside the requests in test/fixtures/embedded/schema: decode.yaml, defaults.yaml and invalid.yaml are tried
 * as dry runs, patches.yaml for real and updates.yaml as dry runs on real objects, which are deleted at their end.
 */
const folder = new URL("../test/fixtures/embedded/schema/", import.meta.url);
const { stdout } = await promisify(execFile)("kubectl", ["config", "view", "--raw", "-o", "json"]);
const config: unknown = JSON.parse(stdout);
const [cluster, user] = [field(list(field(config, "clusters"))[0], "cluster"), field(list(field(config, "users"))[0], "user")];
const pem = (of: unknown, name: string): Buffer => Buffer.from(text(field(of, name)), "base64");
const credentials = { ca: pem(cluster, "certificate-authority-data"), cert: pem(user, "client-certificate-data"), key: pem(user, "client-key-data") };

for (const name of ["decode", "defaults", "invalid"])
  await record(name, async (test) => [await send(stepOf("POST", test), `dryRun=All${name === "decode" ? "&fieldValidation=Strict" : ""}`)]);
for (const name of ["patches", "updates"])
  await record(name, async (test) => {
    const query = name === "updates" ? "dryRun=All" : "";
    const at = `${text(field(test, "path"))}/${text(field(test, "create", "metadata", "name"))}`;
    const answers = [];
    try {
      if (field(test, "create") !== undefined)
        answers.push(
          await send({ method: "POST", path: text(field(test, "path")), body: field(test, "create"), type: "application/json" }, "fieldManager=creator"),
        );
      for (const step of list(field(test, "steps")))
        answers.push(await send({ ...stepOf("PATCH", step), path: text(field(test, "at")) || at }, text(field(step, "query")) || query));
    } finally {
      await send({ method: "DELETE", path: text(field(test, "at")) || at, body: { gracePeriodSeconds: 0 }, type: "application/json" }, "");
    }
    return answers;
  });

type Step = { readonly method: string; readonly path: string; readonly body: unknown; readonly type: string };

function stepOf(method: string, step: unknown): Step {
  return {
    method: text(field(step, "method")) || method,
    path: text(field(step, "path")),
    body: field(step, "body"),
    type: text(field(step, "type")) || (method === "PATCH" ? "application/merge-patch+json" : "application/json"),
  };
}

async function record(name: string, answer: (test: unknown) => Promise<unknown[]>): Promise<void> {
  const answers: Record<string, unknown> = {};
  for (const test of list(parse(await readFile(new URL(`${name}.yaml`, folder), "utf8").catch(() => "[]"))))
    answers[text(field(test, "name"))] = await answer(test);
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(answers, undefined, 1)}\n`);
  console.log(`${name}: ${Object.keys(answers).length} cases`);
}

async function send({ method, path, body, type }: Step, query: string): Promise<unknown> {
  const url = new URL(`${text(field(cluster, "server"))}${path}${query === "" ? "" : `?${query}`}`);
  const payload = Buffer.from(JSON.stringify(body));
  return await new Promise((resolve, reject) => {
    const outgoing = request(url, { method, ...credentials, headers: { "content-type": type, "content-length": payload.length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    });
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}
