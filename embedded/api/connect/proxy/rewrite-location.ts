import { posix } from "node:path";

/** A Location that names a path of the upstream, made to lead through the proxy; any other as it is. Source: apimachinery, util/proxy Transport.rewriteURL. */
export function rewriteLocation(
  location: string,
  { prefix, upstreamHost, requestHost }: { readonly prefix: string; readonly upstreamHost: string; readonly requestHost: string },
): string {
  const [, scheme = "", authority, path = "", rest = ""] = /^([a-z][a-z0-9+.-]*:)?(?:\/\/([^/?#]*))?([^?#]*)(.*)$/is.exec(location) ?? [];
  const isElsewhere = authority !== undefined && authority !== "" && authority !== upstreamHost && authority !== requestHost;
  if (isElsewhere || !path.startsWith("/")) return location;
  const origin = authority !== undefined && authority === requestHost ? `${scheme}//${authority}` : "";
  return `${origin}${path.startsWith(prefix) ? path : posix.join(prefix, path)}${rest}`;
}
