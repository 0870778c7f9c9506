import type { Json, JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import type { Clock } from "../../clock.ts";
import type { Api } from "../registry/api.ts";
import { badRequest, invalid, StatusError } from "../status-error.ts";
import type { Identity, TokenRequest } from "./identity.ts";
import { renderTime } from "../../objects/render-time.ts";
import { invalidValue } from "../causes.ts";
import { nodeNameOf } from "../../objects/pod-state.ts";

/** Answers a create of `serviceaccounts/NAME/token`: the TokenRequest with its token. Rejects with StatusError: no such account or pod, a wrong duration. */
export async function answerTokenRequest(request: {
  readonly namespace: string;
  readonly name: string;
  /** The TokenRequest that was sent. */
  readonly object: JsonObject;
  readonly api: Pick<Api, "get" | "types">;
  readonly identity: Identity;
  readonly clock: Clock;
}): Promise<KubernetesObject> {
  const { namespace, name, object, api, identity, clock } = request;
  const account = api.get({ type: find(api, "serviceaccounts"), namespace, name });
  const expirationSeconds = parseSeconds(field(object, "spec", "expirationSeconds"));
  const bound = field(object, "spec", "boundObjectRef");
  const boundPod = bound === undefined ? undefined : readBoundPod(bound, { namespace, account: name, api });
  const asked = list(field(object, "spec", "audiences")).map(text);
  const audiences = asked.length === 0 ? [identity.issuer] : asked;
  const uid = account.metadata.uid ?? "";
  const status = await identity.issueToken({ namespace, serviceAccount: name, uid, audiences, expirationSeconds, ...(boundPod ? { boundPod } : {}) });
  return {
    kind: "TokenRequest",
    apiVersion: "authentication.k8s.io/v1",
    metadata: { name, namespace, uid, creationTimestamp: renderTime(clock.now()) },
    spec: { audiences, expirationSeconds, boundObjectRef: parseJson(bound) },
    status,
  };
}

function parseSeconds(value: unknown): number {
  if (typeof value !== "number") return 3600;
  if (value < 600) throw refuseSeconds(value, "may not specify a duration less than 10 minutes");
  if (value > 2 ** 32) throw refuseSeconds(value, "may not specify a duration larger than 2^32 seconds");
  return value;
}

const refuseSeconds = (value: number, why: string): StatusError =>
  invalid({ group: "authentication.k8s.io", kind: "TokenRequest" }, "", invalidValue("spec.expirationSeconds", value, why));

type Place = { readonly namespace: string; readonly account: string; readonly api: Pick<Api, "get" | "types"> };

function readBoundPod(bound: unknown, { namespace, account, api }: Place): TokenRequest["boundPod"] {
  const [version, kind] = [text(field(bound, "apiVersion")), text(field(bound, "kind"))];
  if (version !== "v1" || kind !== "Pod")
    throw badRequest(`cannot bind token to object of type ${version.includes("/") ? version : `/${version}`}, Kind=${kind}`);
  const pod = api.get({ type: find(api, "pods"), namespace, name: text(field(bound, "name")) });
  const { name, uid = "" } = pod.metadata;
  const owner = text(field(pod, "spec", "serviceAccountName"));
  if (owner !== account)
    throw badRequest(
      `cannot bind token for serviceaccount ${JSON.stringify(account)} to pod running with different serviceaccount name ${JSON.stringify(owner)}.`,
    );
  const wanted = text(field(bound, "uid"));
  if (wanted !== "" && wanted !== uid) {
    const why = `the UID in the bound object reference (${wanted}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw new StatusError({
      code: 409,
      reason: "Conflict",
      message: `Operation cannot be fulfilled on Pod ${JSON.stringify(name)}: ${why}`,
      details: { name, kind: "Pod" },
    });
  }
  const nodeName = nodeNameOf(pod);
  return { name, uid, ...(nodeName === "" ? {} : { nodeName, ...readNodeUid(api, nodeName) }) };
}

function readNodeUid(api: Place["api"], name: string): { readonly nodeUid?: string } {
  try {
    const { uid } = api.get({ type: find(api, "nodes"), namespace: "", name }).metadata;
    return uid === undefined ? {} : { nodeUid: uid };
  } catch (error) {
    if (error instanceof StatusError && error.code === 404) return {};
    throw error;
  }
}

function find(api: Pick<Api, "types">, plural: string) {
  const type = api.types.find("", "v1", plural);
  if (!type) throw new Error(`there is no type ${plural}`);
  return type;
}

const parseJson = (value: unknown): Json => (value ?? null) as Json;
