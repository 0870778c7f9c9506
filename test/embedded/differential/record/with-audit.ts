import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { isMap, parse, parseDocument, stringify } from "yaml";
import { list, text as textOf, field } from "../../../../core/kubernetes/field.ts";

/** Runs `work` while the lab's API server writes an audit log of those users, and gives the log's lines; the API server is as it was before when this ends, however it ends. */
export async function withAudit(
  users: { readonly names: readonly string[]; readonly groups: readonly string[] },
  work: () => Promise<void>,
): Promise<readonly string[]> {
  const original = await onNode(`cat ${manifest}`);
  if (original.includes("--audit-")) throw new Error("The lab's API server is audited already; another recording may be running.");
  await onNode(`mkdir -p ${logs} && rm -f ${logs}/* && cat > ${policy}`, stringify(buildPolicy(users)));
  // Beside the folder that the kubelet reads: a copy inside it would be a second API server.
  await onNode(`cp -p ${manifest} ${kept}`);
  try {
    await replaceManifest(addAudit(original));
    await work();
    return (await onNode(`cat ${logs}/audit.log`)).split("\n").filter((line) => line !== "");
  } finally {
    await replaceManifest(original);
    await onNode(`rm -rf ${logs} ${policy} ${kept}`);
  }
}

const manifest = "/etc/kubernetes/manifests/kube-apiserver.yaml";
const kept = "/etc/kubernetes/kube-apiserver-before-audit.yaml";
const policy = "/etc/kubernetes/audit-policy.yaml";
const logs = "/var/log/kubernetes-audit";

/** What nobody may read in a log is not written into it. */
function buildPolicy({ names, groups }: { readonly names: readonly string[]; readonly groups: readonly string[] }) {
  const secret = [
    { group: "", resources: ["secrets", "serviceaccounts/token"] },
    { group: "authentication.k8s.io", resources: ["tokenreviews"] },
  ];
  const who = [{ users: names }, { userGroups: groups }];
  return {
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    omitStages: ["RequestReceived", "ResponseStarted"],
    rules: [
      ...who.map((selected) => ({ level: "Metadata", ...selected, resources: secret })),
      ...who.map((selected) => ({ level: "RequestResponse", ...selected })),
      { level: "None" },
    ],
  };
}

function addAudit(original: string): string {
  const pod = parseDocument(original);
  for (const flag of [`--audit-policy-file=${policy}`, `--audit-log-path=${logs}/audit.log`, "--audit-log-maxsize=500"])
    pod.addIn(["spec", "containers", 0, "command"], flag);
  for (const [name, path, type] of [
    ["audit-policy", policy, "File"],
    ["audit-log", logs, "Directory"],
  ] as const) {
    pod.addIn(["spec", "containers", 0, "volumeMounts"], { mountPath: path, name, ...(type === "File" && { readOnly: true }) });
    pod.addIn(["spec", "volumes"], { hostPath: { path, type }, name });
  }
  if (!isMap(pod.contents)) throw new Error(`${manifest} holds no object`);
  return pod.toString();
}

/** Resolves when the API server runs with that manifest. */
async function replaceManifest(content: string): Promise<void> {
  const command = list(field(parse(content), "spec", "containers", "0", "command")).map((word) => textOf(word));
  await onNode(`cat > ${kept}.new && mv ${kept}.new ${manifest}`, content);
  for (const deadline = Date.now() + 180_000; !(await isRunning(command)); await sleep(500))
    if (Date.now() > deadline) throw new Error(`The API server does not come back with ${command.join(" ")}`);
}

async function isRunning(command: readonly string[]): Promise<boolean> {
  const running = await onNode("for pid in $(pgrep -x kube-apiserver; pgrep -f '^kube-apiserver '); do tr '\\0' ' ' </proc/$pid/cmdline; echo; done").catch(
    () => "",
  );
  if (!running.split("\n").some((line) => line.trim() === command.join(" "))) return false;
  const ready = await onNode("curl -sk https://127.0.0.1:6443/readyz || wget -qO- --no-check-certificate https://127.0.0.1:6443/readyz").catch(() => "");
  return ready === "ok";
}

/** Runs a shell command on the lab's control-plane node. */
async function onNode(command: string, input = ""): Promise<string> {
  const child = spawn(join(import.meta.dirname, "../../../../../shared/cluster/node"), ["exec", "control-plane", "sh", "-c", command]);
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once("close", resolve)),
  ]);
  if (code !== 0) throw new Error(`${command} on the control-plane node ended with ${code}: ${stderr}`);
  return stdout;
}
