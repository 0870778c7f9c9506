import { badRequest, StatusError } from "../status-error.ts";
import { scanJson } from "./scan-json.ts";

/** Where the next page of a list starts, and of which revision it is; revision -1 means the newest. */
export type ContinueToken = { readonly revision: number; readonly start: string };

/** As the API server writes it; `start` is a path below the list's own: "/namespace/name" or "/name". Source: k8s.io/apiserver, pkg/storage/continue.go. */
export const renderContinueToken = ({ revision, start }: ContinueToken): string =>
  Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: revision, start })).toString("base64url");

/** Throws StatusError 400. */
export function parseContinueToken(token: string): ContinueToken {
  const why = "invalid continue token: continue key is not valid";
  const text = Buffer.from(token, "base64url").toString("utf8");
  const scanned = scanJson(text);
  if ("error" in scanned) throw badRequest(`${why}: ${scanned.error}`);
  const value = JSON.parse(text) as { readonly v?: unknown; readonly rv?: unknown; readonly start?: unknown } | null;
  if (value?.v !== "meta.k8s.io/v1") throw badRequest(`${why}: server does not recognize this encoded version ${JSON.stringify(value?.v ?? "")}`);
  const { rv, start } = value;
  if (typeof rv !== "number" || rv === 0 || typeof start !== "string")
    throw badRequest(`${why}: incorrect encoded start resourceVersion (version meta.k8s.io/v1)`);
  return { revision: rv, start };
}

/** The page's revision is compacted away. Its body carries a token with which the client may go on nevertheless, reading the newest state. */
export class ContinueExpired extends StatusError {
  readonly token: string;

  constructor(start: string) {
    super({
      code: 410,
      reason: "Expired",
      message:
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. " +
        "Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.",
    });
    this.name = "ContinueExpired";
    this.token = renderContinueToken({ revision: -1, start });
  }
}
