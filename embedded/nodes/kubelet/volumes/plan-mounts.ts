import { mkdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Mount } from "../../container.ts";
import { ContainerConfigError } from "../environment/build-environment.ts";
import { expand } from "../environment/expand.ts";
import type { Container, VolumeMount } from "../pods/pod.ts";
import { isInside } from "./is-inside.ts";

/** What a container sees of its pod's volumes. Rejects with ContainerConfigError for a subPath that can't be had. */
export async function planMounts(
  container: Container,
  paths: ReadonlyMap<string, string>,
  env: { readonly [name: string]: string },
): Promise<readonly Mount[]> {
  const mounts: Mount[] = [];
  for (const mount of container.volumeMounts ?? []) {
    const path = paths.get(mount.name);
    if (path === undefined)
      throw new ContainerConfigError(`cannot find volume ${JSON.stringify(mount.name)} to mount into container ${JSON.stringify(container.name)}`);
    mounts.push({ source: await openSubPath(path, mount, { env, container }), target: mount.mountPath, readOnly: mount.readOnly ?? false });
  }
  return mounts;
}

type Where = { readonly env: { readonly [name: string]: string }; readonly container: Container };

async function openSubPath(volume: string, { name, subPath, subPathExpr }: VolumeMount, { env, container }: Where): Promise<string> {
  const inside = subPathExpr === undefined || subPathExpr === "" ? (subPath ?? "") : expand(subPathExpr, env);
  if (inside === "") return volume;
  const refuse = (): ContainerConfigError =>
    new ContainerConfigError(`failed to prepare subPath for volumeMount ${JSON.stringify(name)} of container ${JSON.stringify(container.name)}`);
  if (inside.startsWith("/") || inside.split("/").includes("..")) throw refuse();
  const target = join(volume, inside);
  if (!(await isInside(volume, target))) throw refuse();
  if ((await stat(target).catch(() => undefined)) === undefined)
    await mkdir(target, { recursive: true, mode: 0o750 }).catch(() => {
      throw refuse();
    });
  return realpath(target);
}
