import type { Area, BadCase } from "../bad-case.ts";

const config = (cluster: string, user = "{}"): string =>
  `current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: ${cluster}}]\nusers: [{name: u, user: ${user}}]\n`;
const closed = "{server: 'http://127.0.0.1:1'}";
const file = (name: string, more: Partial<BadCase> = {}): BadCase => ({ call: `status --kubeconfig FOLDER/kube/${name}`, ...more });

/** Kubeconfig files, and how a cluster is named. */
export const kubeconfigs: Area = {
  name: "kubeconfigs",
  files: {
    "kube/empty": "",
    "kube/text": "hello\n",
    "kube/syntax": "clusters: [\n",
    "kube/no-context": "clusters: []\n",
    "kube/other-context": "current-context: b\ncontexts: [{name: a, context: {cluster: c}}]\n",
    "kube/no-cluster": "current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\n",
    "kube/no-user":
      "current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]\n",
    "kube/no-list": "current-context: a\ncontexts: {a: b}\n",
    "kube/server": config("{server: 'ftp://example.test'}"),
    "kube/no-server": config("{}"),
    "kube/ca": config("{server: 'https://127.0.0.1:1', certificate-authority: no-such.crt}"),
    "kube/key": config("{server: 'https://127.0.0.1:1'}", "{client-certificate: no-such.crt, client-key: no-such.key}"),
    "kube/token-file": config("{server: 'https://127.0.0.1:1'}", "{tokenFile: no-such-token}"),
    "kube/exec": config("{server: 'https://127.0.0.1:1'}", "{exec: {apiVersion: client.authentication.k8s.io/v1, command: no-such-program-of-anybody}}"),
    "kube/exec-fails": config("{server: 'https://127.0.0.1:1'}", "{exec: {apiVersion: client.authentication.k8s.io/v1, command: 'false'}}"),
    "kube/provider": config("{server: 'https://127.0.0.1:1'}", "{auth-provider: {name: gcp}}"),
    "kube/proxy": config("{server: 'https://127.0.0.1:1', proxy-url: 'gopher://example.test'}"),
    "kube/closed": config(closed),
  },
  cases: [
    { call: "status --kubeconfig no-such-file" },
    { call: "status --kubeconfig FOLDER/kube" },
    ...["empty", "text", "syntax", "no-context", "other-context", "no-cluster", "no-user", "no-list", "server", "no-server"].map((name) => file(name)),
    file("ca", { place: "no-such.crt" }),
    file("key", { place: "no-such.crt" }),
    file("token-file", { place: "no-such-token" }),
    file("exec", { code: 3, place: "no-such-program-of-anybody" }),
    file("exec-fails", { code: 3, place: "credential plugin" }),
    file("provider"),
    file("proxy", { place: "proxy-url" }),
    file("closed", { code: 3, place: "127.0.0.1:1" }),
    { call: "run --kubeconfig FOLDER/kube/closed", code: 3, place: "127.0.0.1:1" },
    { call: "gen --kubeconfig FOLDER/kube/closed", code: 3, place: "--kubernetes-version" },
    { call: "status --context no-such-context" },
    { call: "status --cluster no-such-cluster" },
    { call: "status --user no-such-user" },
    { call: "status --as-group admins" },
    { call: "status --as nobody-in-particular", code: 3, place: "asdic-run" },
    { call: "status --request-timeout soon" },
    { call: ["status", "--as", ""] },
  ],
};
