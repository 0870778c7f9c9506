import type { JsonObject } from "../contract/json.ts";
import { isJsonObject } from "../contract/json.ts";
import type { KubernetesObject } from "../contract/kubernetes-object.ts";
import type { Link } from "./api-call.ts";
import { callJson, notAnApiServer } from "./api-call.ts";
import type { ListQuery } from "./cluster.ts";
import { clusterFailure } from "./failure.ts";
import { parseObject } from "./parse-object.ts";
import type { Resource } from "./resource-path.ts";
import { resourcePath } from "./resource-path.ts";

/** Some objects, and the moment that the whole list shows. */
export type ListPage = { readonly objects: readonly KubernetesObject[]; readonly resourceVersion: string };

/** A list in pages, all of one moment; starts again when the server forgets that moment while nothing was given out yet, else throws a conflict. */
export async function* listPages(link: Link, query: ListQuery): AsyncGenerator<ListPage> {
  const resource = resourcePath(query);
  let given = 0;
  let token: string | undefined = "";
  while (token !== undefined) {
    const page: Page | "expired" = await readPage(link, { query, resource, token }).catch((error: unknown) => {
      if (clusterFailure(error)?.status === 410 && token !== "" && given === 0) return "expired";
      throw error;
    });
    token = page === "expired" ? "" : page.next;
    if (page === "expired") continue;
    given += page.objects.length;
    yield page;
  }
}

/** The part of a query that goes into the address. */
export const selectors = ({ labelSelector, fieldSelector }: ListQuery): Readonly<Record<string, string>> => ({
  ...(labelSelector !== undefined && { labelSelector }),
  ...(fieldSelector !== undefined && { fieldSelector }),
});

const defaultLimit = 500;

type Page = ListPage & { readonly next: string | undefined };

async function readPage(link: Link, input: { readonly query: ListQuery; readonly resource: Resource; readonly token: string }): Promise<Page> {
  const { query, resource, token } = input;
  const address = { limit: String(query.limit ?? defaultLimit), ...selectors(query), ...(token !== "" && { continue: token }) };
  const value = await callJson(link, { verb: "list", resource, method: "GET", query: address, signal: query.signal });
  const page = parsePage(value, query);
  if (!page) throw notAnApiServer(link.connection);
  return page;
}

/** Items of a list say neither their apiVersion nor their kind. */
function parsePage(value: unknown, { apiVersion, kind }: ListQuery): Page | undefined {
  if (!isJsonObject(value) || !(value["items"] === null || Array.isArray(value["items"]))) return undefined;
  const metadata: JsonObject = isJsonObject(value["metadata"]) ? value["metadata"] : {};
  const { resourceVersion, continue: next } = metadata;
  const objects: KubernetesObject[] = [];
  for (const item of value["items"] ?? []) {
    const object = parseObject(item, { apiVersion, kind });
    if (object) objects.push(object);
  }
  return {
    objects,
    resourceVersion: typeof resourceVersion === "string" ? resourceVersion : "",
    next: typeof next === "string" && next !== "" ? next : undefined,
  };
}
