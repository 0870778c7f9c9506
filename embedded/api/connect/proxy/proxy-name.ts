import { badRequest } from "../../status-error.ts";

/** The name in a proxy's path, taken apart; empty where it says nothing. */
export type ProxyName = { readonly scheme: "" | "http" | "https"; readonly name: string; readonly port: string };

/** "name", "name:port" or "scheme:name:port" of a "pod", "service" or "node"; throws BadRequest for anything else. Source: apimachinery, SplitSchemeNamePort. */
export function parseProxyName(text: string, kind: "pod" | "service" | "node"): ProxyName {
  const parts = text.split(":");
  const [scheme = "", name = "", port = ""] = parts.length < 3 ? ["", ...parts] : parts;
  if (parts.length > 3 || name === "" || (scheme !== "" && scheme !== "http" && scheme !== "https")) {
    throw badRequest(`invalid ${kind} request ${JSON.stringify(text)}`);
  }
  return { scheme, name, port };
}
