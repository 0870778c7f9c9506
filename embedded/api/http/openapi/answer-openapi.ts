import { createHash } from "node:crypto";
import type { JsonObject } from "../../../../core/contract/json.ts";
import type { ResourceType } from "../../resource-type.ts";
import { groupsOf } from "../discovery/discovery.ts";
import type { Exchange } from "../exchange.ts";
import type { ActiveFaults } from "../faults.ts";
import { sendObject, sendText } from "../send.ts";
import { buildOpenapi } from "./build-openapi.ts";

/** Answers /openapi/v3 (an index), /openapi/v3/api/v1, /openapi/v3/apis/GROUP/VERSION and /openapi/v2: as much as clients need to see that the server validates fields itself. */
export async function answerOpenapi(exchange: Exchange & { readonly faults: ActiveFaults }, [version, ...rest]: readonly string[]): Promise<void> {
  const { response, api, faults } = exchange;
  const types = api.types.all();
  const json = { notation: "json", pretty: false } as const;
  const where = rest.join("/");
  if (version === "v2" && where === "") return sendObject(response, json, { status: 200, body: buildOpenapi(types, "2.0") });
  if (version !== "v3") return sendText(response, 404, "404 page not found\n");
  if (where === "") return sendObject(response, json, { status: 200, body: buildIndex(types, faults.broken), contentType: "text/plain; charset=utf-8" });
  const own = types.filter((type) => pathOf(type) === where);
  if (own.length === 0) return sendText(response, 404, "404 page not found\n");
  return sendObject(response, json, { status: 200, body: buildOpenapi(own, "3.0.0") });
}

function buildIndex(types: readonly ResourceType[], broken: ReadonlyMap<string, string>): JsonObject {
  const paths = groupsOf({ types, broken: new Map() })
    .filter(({ name }) => !broken.has(name))
    .flatMap(({ name, versions }) => versions.map((version) => pathOf({ group: name, version })));
  return { paths: Object.fromEntries(paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash(path, types)}` }])) };
}

const pathOf = ({ group, version }: Pick<ResourceType, "group" | "version">): string => (group === "" ? `api/${version}` : `apis/${group}/${version}`);

/** Clients keep a document for as long as its hash is the same. */
const hash = (path: string, types: readonly ResourceType[]): string =>
  createHash("sha256")
    .update(JSON.stringify(types.filter((type) => pathOf(type) === path)))
    .digest("hex")
    .toUpperCase();
