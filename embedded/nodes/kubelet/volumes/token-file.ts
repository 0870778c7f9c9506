import { typeOf } from "../../../objects/object-key.ts";
import type { MountSources } from "./mount-sources.ts";
import { MountError } from "./mount-error.ts";
import type { ProjectedSource, VolumeFile } from "./volume.ts";
import { messageOf } from "../../../to-error.ts";

/** A pod's tokens by what they are for. */
export type TokenCache = Map<string, { readonly token: string; readonly renewAt: number }>;

/**
 * A service-account token as a file. It is renewed when four fifths of its life have gone, or a day.
 * Source: k8s.io/kubernetes, pkg/kubelet/token/token_manager.go.
 */
export async function buildTokenFile(sources: MountSources, request: NonNullable<ProjectedSource["serviceAccountToken"]>, mode: number): Promise<VolumeFile> {
  const { user, fsGroup } = sources;
  const content = Buffer.from(await readToken(sources, request));
  // Closed to others as soon as the kubelet knows whose it is.
  return { path: request.path, content, mode: user === undefined && fsGroup === undefined ? mode : 0o600 };
}

async function readToken({ context, pod, tokens }: MountSources, request: NonNullable<ProjectedSource["serviceAccountToken"]>): Promise<string> {
  const { audience, expirationSeconds = 3600 } = request;
  const account = pod.spec.serviceAccountName ?? "default";
  const purpose = JSON.stringify([account, audience, expirationSeconds]);
  const now = context.clock.now().getTime();
  const held = tokens.get(purpose);
  if (held !== undefined && now < held.renewAt) return held.token;
  const { name, namespace, uid } = pod.metadata;
  const issued = await context
    .issueToken({
      namespace,
      serviceAccount: account,
      uid: findAccountUid(context.api, namespace, account),
      audiences: audience === undefined || audience === "" ? [] : [audience],
      expirationSeconds,
      boundPod: { name, uid, nodeName: context.node.name },
    })
    .catch((error: unknown) => {
      throw new MountError(`failed to fetch token: ${messageOf(error)}`);
    });
  const life = Date.parse(issued.expirationTimestamp) - now;
  tokens.set(purpose, { token: issued.token, renewAt: now + Math.min(life * 0.8, day) });
  return issued.token;
}

const day = 24 * 3600 * 1000;

function findAccountUid(api: MountSources["context"]["api"], namespace: string, name: string): string {
  const found = api.find({ type: typeOf(api, "v1", "ServiceAccount"), namespace, name });
  if (found === undefined) throw new MountError(`failed to fetch token: serviceaccounts ${JSON.stringify(name)} not found`);
  return found.metadata.uid ?? "";
}
