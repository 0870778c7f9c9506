/** An image's name in parts: registry.example:5000, team/app, v1. */
export type ImageName = { readonly host: string; readonly path: string; readonly tag: string; readonly full: string };

/** An image's name with Docker's defaults filled in; a text that says what is wrong with it otherwise. Source: github.com/distribution/reference. */
export function parseImageName(name: string): ImageName | string {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const hasHost = /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
  const host = hasHost ? first : "docker.io";
  const rest = hasHost ? name.slice(slash + 1) : slash < 0 ? `library/${name}` : name;
  const match = /^(?<path>[^:@]*)(?::(?<tag>[^@]*))?(?:@(?<digest>.*))?$/.exec(rest);
  const { path = rest, tag, digest } = match?.groups ?? {};
  if (path !== path.toLowerCase()) return `invalid reference format: repository name (${path}) must be lowercase`;
  const isValid =
    hostPattern.test(host) && pathPattern.test(path) && (tag === undefined || tagPattern.test(tag)) && (digest === undefined || digestPattern.test(digest));
  if (!isValid) return "invalid reference format";
  const version = digest === undefined ? `:${tag ?? "latest"}` : `${tag === undefined ? "" : `:${tag}`}@${digest}`;
  return { host, path, tag: digest ?? tag ?? "latest", full: `${host}/${path}${version}` };
}

const hostPattern = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const pathPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
