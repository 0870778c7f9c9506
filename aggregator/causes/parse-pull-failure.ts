/** Why an image did not come: the registry said no, or has it not, or does not answer; it is for other machines; or nobody can tell. */
export type PullFailure = "refused" | "not-found" | "network" | "platform" | "unknown";

/**
 * What a container runtime's message about a failed pull means. It is one of the few places that look at words: a kubelet says ErrImagePull
 * whatever has happened. Sources: containerd (core/remotes, docker resolver), CRI-O (containers/image), Go's net and crypto/tls.
 */
export function parsePullFailure(message: string, image: string): PullFailure {
  // An image may be called "denied" or bear the tag 403.
  const words = (image === "" ? message : message.replaceAll(image, "")).replaceAll(/https?:\/\/[^\s"]+/g, "");
  return patterns.find(({ pattern }) => pattern.test(words))?.failure ?? "unknown";
}

/** The first that matches counts: containerd says "not found" of a platform too, and "denied" where the image may just not exist. */
const patterns: readonly { readonly failure: PullFailure; readonly pattern: RegExp }[] = [
  {
    failure: "platform",
    pattern: /no match for platform|no image found in (?:manifest list|image index) for architecture|choosing an image from manifest list/i,
  },
  {
    failure: "network",
    pattern:
      /dial (?:tcp|udp)|no such host|i\/o timeout|connection (?:refused|reset)|network is unreachable|no route to host|TLS handshake|\btls: |x509: |HTTP response to HTTPS client|context deadline exceeded|DeadlineExceeded|Client\.Timeout|unexpected EOF|proxyconnect|\b50[234] (?:Bad Gateway|Service Unavailable|Gateway Time)/i,
  },
  {
    failure: "refused",
    pattern:
      /pull access denied|access to the resource is denied|\b40[13]\b|unauthorized|authorization failed|authentication required|\bdenied\b|forbidden|toomanyrequests|\b429\b/i,
  },
  { failure: "not-found", pattern: /not found|manifest unknown|name unknown|\b404\b|code = NotFound|repository does not exist/i },
];
