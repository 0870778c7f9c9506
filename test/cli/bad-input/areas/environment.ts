import type { Area } from "../bad-case.ts";

/** Variables of the environment. */
export const environment: Area = {
  name: "environment",
  files: {
    "kube-a": "hello\n",
    "kube-far": "current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: 'https://cluster.invalid'}}]\n",
  },
  cases: [
    { call: "status", environment: { KUBECONFIG: "/no/such/file" }, place: "/no/such/file" },
    { call: "status", environment: { KUBECONFIG: "FOLDER/kube-a:/no/such/file" }, place: "kube-a" },
    { call: "status", environment: { KUBECONFIG: "", HOME: "/no/such/home" }, place: "KUBECONFIG" },
    { call: "run", environment: { ASDIC_IMAGE: "an image" }, place: "ASDIC_IMAGE" },
    { call: "run -p http://example.test/plugin.yaml", environment: { http_proxy: "http://127.0.0.1:1" }, place: "127.0.0.1:1" },
    { call: "status --kubeconfig FOLDER/kube-far", environment: { HTTPS_PROXY: "http://127.0.0.1:1" }, code: 3, place: "127.0.0.1:1" },
    { call: "status --kubeconfig FOLDER/kube-far", environment: { HTTPS_PROXY: "gopher://127.0.0.1:1" }, place: "proxy in the environment" },
    { call: "plugins install mine kube-a", environment: { ASDIC_DIR: "relative" }, place: "kube-a" },
    {
      call: "plugins install mine -",
      environment: { ASDIC_DIR: "FOLDER/kube-a" },
      input: "sonobuoy-config: {driver: Job, plugin-name: mine}\nspec: {image: x}\n",
      place: "kube-a",
    },
    { call: "run -p smoke --frobnicate", environment: { NO_COLOR: "", FORCE_COLOR: "1" } },
  ],
};
