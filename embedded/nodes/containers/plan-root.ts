import { join } from "node:path";
import type { ContainerSpec, Mount } from "../container.ts";
import { renderPreload } from "../network/preload.ts";
import { controlName } from "../network/start-control-server.ts";
import { ownNode, ownPrograms } from "./images.ts";
import type { Namespaced } from "./isolation.ts";
import type { Machine } from "./read-machine.ts";
import type { RootPlan } from "./root-folder.ts";

/** What the containers of a pod have in common. */
export type PodPlace = { readonly address: string; readonly sockets: string; readonly searchList: readonly string[] };

/** Ours, inside a container: the way to the network, and what starts a program as the right user. */
export const insidePaths = { tools: "/.asdic", old: "/.asdic/old", sockets: "/.asdic/net", preload: "/.asdic/preload.cjs" } as const;

/** The root of a container with namespaces of its own. */
export function planRoot(options: {
  readonly folder: string;
  readonly spec: ContainerSpec;
  readonly machine: Machine & { readonly isolation: Namespaced };
  readonly isOwn: boolean;
  readonly place: PodPlace;
}): RootPlan {
  const { folder, spec, machine, isOwn, place } = options;
  const { isolation, programs, applets, libraries, kernelFolders } = machine;
  const readOnly = (source: string, target: string): Mount => ({ source, target, readOnly: true });
  const tools = (["env", "umount", "unshare", "setpriv"] as const).map((name) => readOnly(isolation[name], `${insidePaths.tools}/${name}`));
  const devices = ["null", "zero", "full", "random", "urandom"].map((name) => ({ source: `/dev/${name}`, target: `/dev/${name}`, readOnly: false }));
  const shown = isOwn
    ? [readOnly(process.execPath, ownNode), readOnly(programs, ownPrograms), { source: place.sockets, target: insidePaths.sockets, readOnly: false }]
    : applets === undefined
      ? shellFolders.map((path) => readOnly(path, path))
      : [readOnly(applets, "/bin")];
  const preload = isOwn
    ? {
        [insidePaths.preload]: renderPreload({
          control: `${insidePaths.sockets}/${controlName}`,
          folder: insidePaths.sockets,
          address: place.address,
          hostname: spec.hostname,
          isLoopbackNative: true,
        }),
      }
    : {};
  return {
    folder,
    files: { ...writeEtc(spec, place), ...preload },
    links: { "/dev/fd": "/proc/self/fd", "/dev/stdin": "/proc/self/fd/0", "/dev/stdout": "/proc/self/fd/1", "/dev/stderr": "/proc/self/fd/2" },
    folders: ["/proc", "/sys", "/run", "/root", "/var", "/home/nonroot", "/dev", "/usr/bin", insidePaths.old, spec.workingDir ?? "/"],
    mounts: [
      ...(isOwn || applets !== undefined ? libraries : libraries.filter((path) => !path.startsWith("/usr/"))).map((path) => readOnly(path, path)),
      ...shown,
      ...tools,
      ...devices,
      ...kernelFolders[isolation.kind],
      ...spec.mounts.toSorted((left, right) => left.target.length - right.target.length),
    ],
  };
}

/** What a shell finds where the machine has no busybox. */
const shellFolders = ["/bin", "/sbin", "/usr"];

/** Files that the C library and people read. */
export const writeEtc = ({ hostname }: ContainerSpec, { address, searchList }: PodPlace): { readonly [path: string]: string } => ({
  "/etc/passwd":
    "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n",
  "/etc/group": "root:x:0:\nnobody:x:65534:\nnonroot:x:65532:\n",
  "/etc/nsswitch.conf": "hosts: files dns\n",
  "/etc/hostname": `${hostname}\n`,
  "/etc/hosts": `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${address}\t${hostname}\n`,
  "/etc/resolv.conf": `search ${searchList.join(" ")}\nnameserver 10.96.0.10\noptions ndots:5\n`,
});

/** The container's environment: what the pod says, over what every container has. */
export function buildEnvironment(spec: ContainerSpec, preload: string | undefined): { readonly [name: string]: string } {
  const home = spec.runAsUser === 0 ? "/root" : spec.runAsUser === 65_532 ? "/home/nonroot" : "/";
  const options =
    preload === undefined
      ? []
      : [
          `--require=${/[\s"\\]/.test(preload) ? JSON.stringify(preload) : preload}`,
          ...(spec.env["NODE_OPTIONS"] ?? "").split(/ (?!$)/).filter((option) => option !== ""),
        ];
  return { HOME: home, HOSTNAME: spec.hostname, ...spec.env, ...(options.length === 0 ? {} : { NODE_OPTIONS: options.join(" ") }) };
}

/** Paths of a plain process: what was to be mounted, with the longest last. */
export const planPaths = (folder: string, spec: ContainerSpec): readonly Mount[] => [
  { source: join(folder, "tmp"), target: "/tmp", readOnly: false },
  ...spec.mounts.toSorted((left, right) => left.target.length - right.target.length),
];
