import type { Json, JsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { field, list, text } from "../../../core/kubernetes/field.ts";
import type { Clock } from "../../clock.ts";
import type { Identity } from "../identity/identity.ts";
import type { User } from "../registry/api.ts";
import type { ResourceType } from "../resource-type.ts";
import { apiVersionOf } from "../resource-type.ts";
import { badRequest, noResource, StatusError } from "../status-error.ts";
import type { Attributes, Authorizer } from "./authorizer.ts";
import { renderTime } from "../../objects/render-time.ts";

/**
 * Answers a create of one of the types without storage: TokenReview, SelfSubjectReview, the access reviews, SelfSubjectRulesReview.
 * Rejects with StatusError, as the API server would.
 */
export async function answerReview(review: Review): Promise<KubernetesObject> {
  const { type, object, namespace, user, authorizer, clock } = review;
  const answer = (status: JsonObject, spec?: Json, metadata: JsonObject = {}): KubernetesObject =>
    parseAnswer({ kind: type.kind, apiVersion: apiVersionOf(type), metadata, ...(spec === undefined ? {} : { spec }), status });
  const access = (subject: User): KubernetesObject => {
    const { allowed, reason } = authorizer.review(subject, parseAttributes(review));
    return answer({ allowed, ...(reason === "" ? {} : { reason }) }, object["spec"], namespace === "" ? {} : { namespace });
  };
  switch (type.kind) {
    case "TokenReview":
      return answer(await reviewToken(review), object["spec"]);
    case "SelfSubjectReview":
      return answer({ userInfo: renderUser(user) }, undefined, { creationTimestamp: renderTime(clock.now()) });
    case "SelfSubjectAccessReview":
      return access(user);
    case "SubjectAccessReview":
    case "LocalSubjectAccessReview":
      return access(parseSubject(review));
    case "SelfSubjectRulesReview":
      return answer(reviewRules(review), {});
    default:
      throw noResource();
  }
}

type Review = {
  readonly type: ResourceType;
  readonly object: JsonObject;
  /** Of the request's path; only LocalSubjectAccessReview has one. */
  readonly namespace: string;
  readonly user: User;
  readonly identity: Pick<Identity, "verifyToken">;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
};

async function reviewToken({ object, identity }: Review): Promise<JsonObject> {
  const token = text(field(object, "spec", "token"));
  if (token === "") throw badRequest("token is required for TokenReview in authentication");
  const verified = await identity.verifyToken(token, list(field(object, "spec", "audiences")).map(text));
  if ("error" in verified) return { user: {}, error: verified.error };
  return { authenticated: true, user: renderUser(verified.user), audiences: verified.audiences };
}

const renderUser = ({ name, uid, groups, extra }: User): JsonObject => ({
  username: name,
  ...(uid === undefined ? {} : { uid }),
  groups,
  ...(extra === undefined ? {} : { extra }),
});

function parseAttributes({ type, object, namespace }: Review): Attributes {
  const resource = field(object, "spec", "resourceAttributes");
  const path = field(object, "spec", "nonResourceAttributes");
  if (resource !== undefined && path !== undefined) {
    const value = JSON.stringify({ Path: text(field(path, "path")), Verb: text(field(path, "verb")) });
    throw refuse(type, "spec.nonResourceAttributes", `${value}: cannot be specified in combination with resourceAttributes`);
  }
  const read = (key: string): string => text(field(resource, key));
  const asked = { verb: read("verb"), group: read("group"), resource: read("resource"), subresource: read("subresource"), name: read("name") };
  if (path !== undefined) return { ...asked, verb: text(field(path, "verb")), namespace: "", path: text(field(path, "path")) };
  if (resource === undefined)
    throw refuse(type, "spec.resourceAttributes", "null: exactly one of nonResourceAttributes or resourceAttributes must be specified");
  if (namespace !== "" && read("namespace") !== namespace)
    throw refuse(type, "spec.resourceAttributes.namespace", `${JSON.stringify(read("namespace"))}: must match metadata.namespace`);
  return { ...asked, namespace: read("namespace") };
}

function parseSubject({ type, object }: Review): User {
  const name = text(field(object, "spec", "user"));
  const groups = list(field(object, "spec", "groups")).map(text);
  if (name === "" && groups.length === 0) throw refuse(type, "spec.user", `"": at least one of user or group must be specified`);
  return { name, groups };
}

function reviewRules({ object, user, authorizer }: Review): JsonObject {
  const namespace = text(field(object, "spec", "namespace"));
  if (namespace === "") throw badRequest("no namespace on request");
  const { rules, evaluationError } = authorizer.rules(user, namespace);
  return {
    resourceRules: rules
      .filter((rule) => rule.resources.length > 0)
      .map(({ verbs, apiGroups, resources, resourceNames }) => ({
        verbs,
        apiGroups,
        resources,
        ...(resourceNames.length === 0 ? {} : { resourceNames }),
      })),
    nonResourceRules: rules.filter((rule) => rule.nonResourceURLs.length > 0).map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
    incomplete: false,
    ...(evaluationError === "" ? {} : { evaluationError }),
  };
}

/** The API server names no kind here. */
function refuse({ group }: ResourceType, where: string, why: string): StatusError {
  const message = `Invalid value: ${why}`;
  return new StatusError({
    code: 422,
    reason: "Invalid",
    message: `.${group} "" is invalid: ${where}: ${message}`,
    details: { group, causes: [{ reason: "FieldValueInvalid", message, field: where }] },
  });
}

/** A review has no name, which objects otherwise have. */
const parseAnswer = (object: JsonObject): KubernetesObject => object as KubernetesObject;
