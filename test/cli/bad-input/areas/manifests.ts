import { manifest } from "../../run/manifest/manifest.ts";
import type { Area } from "../bad-case.ts";

/** Manifests for `run -f`. What one may hold wrongly is in test/cli/run/manifest/parse-manifest.test.ts. */
export const manifests: Area = {
  name: "manifests",
  files: {
    "manifests/good.yaml": manifest,
    "manifests/empty.yaml": "---\n# nothing\n",
    "manifests/no-run.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: asdic}\n",
    "manifests/no-object.yaml": "- a\n---\nb\n",
    "manifests/syntax.yaml": "kind: [\n",
    "manifests/wire.yaml": manifest.replace('{"wireVersion":"', '{"wireVersion":"9'),
    "manifests/cut-off.yaml": manifest.slice(0, manifest.lastIndexOf("kind: Deployment")),
    "manifests/other-namespace.yaml": manifest.replace('"namespace":"asdic"', '"namespace":"other"'),
    "manifests/sonobuoy.yaml":
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sonobuoy-config-cm, namespace: sonobuoy}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: sonobuoy-plugins-cm, namespace: sonobuoy}\ndata:\n  plugin-0.yaml: |\n    sonobuoy-config: {driver: Job, plugin-name: mine}\n    spec: {image: x}\n",
  },
  cases: [
    { call: "run -f no-such.yaml" },
    { call: "run -f manifests" },
    ...["empty", "no-run", "no-object", "syntax", "wire", "cut-off", "other-namespace", "sonobuoy"].map((name) => ({ call: `run -f manifests/${name}.yaml` })),
    { call: "run -f -", input: "", place: "standard input" },
    { call: "run -f -", input: "hello\n", place: "standard input" },
    { call: "run -f manifests/good.yaml -p smoke --timeout 1h" },
    { call: "run -f manifests/good.yaml -n elsewhere", place: "elsewhere" },
    { call: "run -f manifests/good.yaml --config asdic.yaml" },
    { call: "run -f manifests/good.yaml --skip-preflight=weather", place: "weather" },
    { call: "run -f manifests/good.yaml -o x.tar.gz" },
  ],
};
