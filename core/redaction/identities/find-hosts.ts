import type { Hit } from "../text/find-hits.ts";
import type { Identities } from "./identities.ts";

/** Hosts in addresses and in names of images, each with its token; public ones and those inside of a cluster stay. */
export function findHosts({ tokenOf }: Identities, text: string): readonly Hit[] {
  const hits: Hit[] = [];
  const add = (start: number, name: string): void => {
    if (!isPublicHost(name)) hits.push({ start, end: start + name.length, rule: "host", replacement: tokenOf("host", name.toLowerCase()) });
  };
  for (let at = text.indexOf("://"); at !== -1; at = text.indexOf("://", at + 3)) {
    const [, login = "", host] = inAddress.exec(text.slice(at + 3, at + 600)) ?? [];
    if (host !== undefined) add(at + 3 + login.length, host);
  }
  for (const { index, groups } of text.matchAll(inImage)) if (groups?.["host"] !== undefined) add(index, groups["host"]);
  return hits;
}

const inAddress = /^([^\s/@"'<>]{0,300}@)?((?:[A-Za-z0-9][\w-]{0,62}\.){1,8}[A-Za-z]{2,24})(?=[:/?\s"'\\),;]|$)/;

/** registry.corp.example.com:5000/team/app:1.2, with a tag or a digest. */
const inImage =
  /(?<![\w./@-])(?<host>(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}[a-z]{2,24})(?=(?::\d{2,5})?\/[a-z0-9][\w./-]{1,200}(?:@sha256:|:[\w][\w.-]{0,100}(?![\w/.])))/g;

/** What is the same for everybody, and names inside of a cluster. */
const isPublicHost = (name: string): boolean =>
  /(?:^|\.)(?:k8s\.io|kubernetes\.io|docker\.(?:io|com)|quay\.io|ghcr\.io|gcr\.io|github\.com|githubusercontent\.com|mcr\.microsoft\.com|public\.ecr\.aws|registry\.npmjs\.org|pypi\.org|slack\.com|cluster\.local|svc|localhost|invalid|test|example|example\.(?:com|org|net)|w3\.org|golang\.org|apache\.org|spring\.io|json-schema\.org|xmlsoap\.org)$/i.test(
    name,
  );
