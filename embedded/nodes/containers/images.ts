import type { Image } from "../container.ts";

/** Where our own image keeps its programs; see Dockerfile. */
export const ownNode = "/nodejs/bin/node";
export const ownPrograms = "/asdic";

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Our own image as the Dockerfile makes it. */
export const buildOwnImage = (name: string): Image => ({
  name,
  entrypoint: [ownNode],
  command: [`${ownPrograms}/cli/main.js`, "--help"],
  user: 65_532,
  workingDir: "/home/nonroot",
  env: { PATH: path, NODE_ENV: "production" },
});

/** An image of shell tools, as busybox publishes it. */
export const buildShellImage = (name: string): Image => ({ name, entrypoint: [], command: ["sh"], user: 0, workingDir: "/", env: { PATH: path } });

/** Whether a reference names busybox, from wherever: "busybox", "registry.k8s.io/e2e-test-images/busybox:1.37.0-1", "busybox@sha256:…". */
export const isShellImage = (name: string): boolean => /^(?:[^@]+\/)?busybox(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/.test(name);
