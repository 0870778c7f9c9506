import { StatusError } from "../status-error.ts";

/** How an answer is to be written: as what, and in which notation. */
export type Format = {
  readonly as: "object" | "Table" | "PartialObjectMetadata" | "PartialObjectMetadataList";
  readonly notation: "json" | "yaml";
  /** Indented, as the API server does for people: `?pretty`, curl and browsers. */
  readonly pretty: boolean;
};

const media = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

/**
 * The first alternative of an Accept header that can be had. Protobuf is answered in JSON, which each client of the API reads.
 * Throws StatusError 406. Source: k8s.io/apiserver, pkg/endpoints/handlers/negotiation.
 */
export function negotiate(accept: string | undefined, options: { readonly pretty: string | null; readonly userAgent: string }): Format {
  const pretty = options.pretty === null ? /^(?:curl|Wget|Mozilla\/5\.0)/.test(options.userAgent) : !["false", "0"].includes(options.pretty);
  const clauses = parseClauses(accept ?? "");
  if (clauses.length === 0) return { as: "object", notation: "json", pretty };
  const known = clauses.filter(({ type }) => notations.has(type));
  for (const { type, parameters } of known) {
    const as = parseTransform(parameters);
    if (as !== undefined) return { as, notation: notations.get(type) ?? "json", pretty };
  }
  // The real server tells one from the other, too: a media type that it has not, and a form of one that it has.
  if (known.length === 0)
    throw new StatusError({ code: 406, reason: "NotAcceptable", message: `406: Not Acceptable\n\nAvailable representations: ${media}`, details: {} });
  throw new StatusError({ code: 406, reason: "NotAcceptable", message: `only the following media types are accepted: ${media}` });
}

export type Clause = { readonly type: string; readonly parameters: ReadonlyMap<string, string> };

/** The alternatives of an Accept header, best first. */
export function parseClauses(accept: string): readonly Clause[] {
  return accept
    .split(",")
    .map((clause) => clause.split(";").map((part) => part.trim()))
    .filter(([type = ""]) => type !== "")
    .map(([type = "", ...pairs]) => ({ type: type.toLowerCase(), parameters: new Map(pairs.map(parsePair)) }))
    .toSorted((a, b) => quality(b) - quality(a));
}

const notations: ReadonlyMap<string, Format["notation"]> = new Map([
  ["application/json", "json"],
  ["application/*", "json"],
  ["*/*", "json"],
  ["application/vnd.kubernetes.protobuf", "json"],
  ["application/yaml", "yaml"],
]);

const transforms: ReadonlyMap<string, Format["as"]> = new Map([
  ["Table", "Table"],
  ["PartialObjectMetadata", "PartialObjectMetadata"],
  ["PartialObjectMetadataList", "PartialObjectMetadataList"],
]);

function parseTransform(parameters: Clause["parameters"]): Format["as"] | undefined {
  const wanted = parameters.get("as");
  if (wanted === undefined) return "object";
  const isMeta = parameters.get("g") === "meta.k8s.io" && ["v1", "v1beta1"].includes(parameters.get("v") ?? "");
  return isMeta ? transforms.get(wanted) : undefined;
}

function parsePair(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

const quality = ({ parameters }: Clause): number => {
  const value = Number(parameters.get("q") ?? "1");
  return Number.isFinite(value) ? value : 0;
};
