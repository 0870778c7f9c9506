import type { Area } from "../bad-case.ts";

/** Files of --config, ours and Sonobuoy's. */
export const configFiles: Area = {
  name: "config-files",
  files: {
    "config/empty.yaml": "",
    "config/list.yaml": "- plugin\n",
    "config/syntax.yaml": "timeout: [1h\n",
    "config/syntax.json": '{"timeout": "1h",\n',
    "config/unknown.yaml": "namespace: a\ntimeuot: 1h\nfrobnicate: true\n",
    "config/types.yaml": "timeout: [1h]\nforceImagePullPolicy: perhaps\nplugin:\n- {name: e2e}\nmaxResultSize: 1.5\n",
    "config/choices.yaml": "permissions: root\nimagePullPolicy: Often\n",
    "config/value.yaml": "timeout: soon\nnodeSelector: {a: b c}\n",
    "config/two.yaml": "timeout: 1h\n---\ntimeout: 2h\n",
    "config/nested.yaml": "config: other.yaml\n",
    "config/command-line.yaml": "wait: true\nkubeconfig: a\n",
    "config/twice.yaml": "timeout: 1h\ntimeout: 2h\n",
    "config/sonobuoy.json": '{"Server": {"timeoutseconds": "soon"}, "Plugins": 5, "Frobnicate": true}\n',
    "config/sonobuoy-plugins.json": '{"Plugins": [{"name": 5}], "WorkerImage": 7, "Namespace": []}\n',
  },
  cases: [
    { call: "run --config no-such.yaml" },
    { call: "run --config config" },
    ...["empty.yaml", "list.yaml", "syntax.yaml", "syntax.json", "unknown.yaml", "types.yaml", "choices.yaml", "value.yaml", "two.yaml", "nested.yaml"].map(
      (name) => ({ call: `run --config config/${name}`, ...(name === "value.yaml" && { place: "--timeout soon" }) }),
    ),
    { call: "run --config config/command-line.yaml" },
    { call: "run --config config/twice.yaml" },
    { call: "run --config config/sonobuoy.json" },
    { call: "run --config config/sonobuoy-plugins.json" },
    { call: "gen --config config/unknown.yaml" },
    { call: "preflight --config config/types.yaml" },
  ],
};
