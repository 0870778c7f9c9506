import type { ImageName } from "../../../../core/kubernetes/image-name.ts";

/**
 * Why an image that can't be run here could not be pulled, in containerd's words. Nothing is asked for over a network: the image's name decides,
 * so that people see each of the refusals that real registries give.
 *
 *  | name | refusal |
 *  |---|---|
 *  | a host below .invalid, .example or .test without a port | the name of the host is unknown |
 *  | port 5001, or a path with `private` in it | not authorized |
 *  | port 9 (discard), where nobody listens | connection refused |
 *  | a path with `slow` in it | time-out |
 *  | a path with `foreign` in it | it is for machines of another kind |
 *  | a path with `broken` in it | a layer can't be unpacked |
 *  | anything else | the registry knows no such image |
 */
export function refusePull(image: string, { host, path, tag, full }: ImageName): string {
  const pull = `failed to pull and unpack image ${JSON.stringify(full)}:`;
  const url = `https://${host === "docker.io" ? "registry-1.docker.io" : host}/v2/${path}/manifests/${tag}`;
  const prefix = `${pull} failed to resolve image:`;
  const unanswered = (why: string): string => `${prefix} failed to do request: Head ${JSON.stringify(url)}: ${why}`;
  if (/\.(?:invalid|example|test)$/.test(host)) return unanswered(`dial tcp: lookup ${host} on 10.96.0.10:53: no such host`);
  if (host.endsWith(":9")) return unanswered(`dial tcp 192.0.2.1:9: connect: connection refused`);
  if (/\bslow\b/.test(path)) return unanswered("dial tcp 192.0.2.1:443: i/o timeout");
  if (/\bforeign\b/.test(path)) return `rpc error: code = NotFound desc = ${pull} no match for platform in manifest: not found`;
  if (/\bbroken\b/.test(path)) return `${pull} failed to extract layer (application/vnd.oci.image.layer.v1.tar+gzip): invalid tar header`;
  if (host.endsWith(":5001") || /\bprivate\b/.test(path))
    return `${prefix} pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`;
  return `rpc error: code = NotFound desc = ${prefix} ${full}: not found`;
}
