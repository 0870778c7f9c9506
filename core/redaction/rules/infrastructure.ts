import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Tokens of what runs clusters: Vault, Terraform, k3s, kubeadm, age, Consul, Argo. */
export const infrastructureRules: readonly Rule[] = [
  {
    id: "vault-token",
    reason: "reads secrets from a Vault",
    literals: ["hvs.", "hvb.", "hvr."],
    window: 320,
    pattern: /(?<![A-Za-z0-9])hv[sbr]\.[A-Za-z0-9_-]{20,300}/dy,
    examples: { hidden: ["X-Vault: «hvs.¦CAESIJabcdefghijklmnopqrstuvwxyz0123456789»"], kept: ["hvs.example"] },
  },
  {
    id: "vault-token-old",
    reason: "the form of Vault's tokens before 1.10, which needs a word in front",
    literals: ["vault", "root token", "client_token", "initial root"],
    window: 90,
    pattern: /(?:vault|root token|client_token|initial root)[^\n]{0,40}?["' :=](?<secret>[sbr]\.[A-Za-z0-9]{24,30})(?![A-Za-z0-9])/diy,
    examples: { hidden: ["Initial Root Token: «s.¦abcdefghijklmnopqrstuvwx»"], kept: ["vault s.short"] },
  },
  {
    id: "vault-unseal-key",
    reason: "opens a sealed Vault",
    literals: ["unseal key", "recovery key"],
    window: 110,
    pattern: /(?:unseal|recovery) key ?\d{0,2}: ?(?<secret>[A-Za-z0-9+/=]{40,80})/diy,
    examples: { hidden: ["Unseal Key 1: «4jYbl2CBIv6SpkKj6Hos9iD32k5RfGkLzlosrrq/Jg¦Om»"], kept: ["unseal key needed"] },
  },
  {
    id: "terraform-token",
    reason: "acts at Terraform Cloud",
    literals: [".atlasv1."],
    window: 110,
    locate: (text, at) => {
      const lead = /[A-Za-z0-9]{10,20}$/.exec(text.slice(Math.max(0, at - 20), at))?.[0].length ?? 0;
      const rest = /^\.atlasv1\.[A-Za-z0-9_=-]{40,90}/.exec(text.slice(at, at + 100))?.[0].length;
      return rest === undefined ? undefined : { start: at - lead, end: at + rest };
    },
    examples: { hidden: ["«abcdefghijklmn.atlasv1.abcdefghijklmnopqrstuvwxyz0123456789¦abcdefghijklmnopqrstuvwxyz01234»"], kept: ["x.atlasv1.y"] },
  },
  {
    id: "k3s-token",
    reason: "joins a node or server to a cluster of k3s or RKE2",
    literals: ["k10"],
    window: 160,
    pattern: /(?<![A-Za-z0-9])K10[0-9a-f]{40,64}::(?:[a-z-]{1,20}:)?[A-Za-z0-9.]{16,70}/dy,
    examples: {
      hidden: ["K3S_TOKEN «K10¦0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef::server:0123456789abcdef0123456789abcdef»"],
      kept: ["K10 backup"],
    },
  },
  {
    id: "age-key",
    reason: "opens what SOPS or age has encrypted",
    literals: ["age-secret-key-"],
    window: 80,
    pattern: /AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]{50,60}/diy,
    examples: {
      hidden: ["«AGE-SECRET-KEY-¦1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ»"],
      kept: ["age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"],
    },
  },
  {
    id: "ceph-key",
    reason: "opens the storage of a Ceph cluster",
    literals: ["key = aq", "key=aq", "key: aq", "key aq"],
    window: 60,
    pattern: /key(?: ?[=:] ?| )(?<secret>AQ[A-Za-z0-9+/]{30,42}={0,2})(?![A-Za-z0-9+/=])/diy,
    examples: { hidden: ["[client.admin]\n\tkey = «AQBxyz¦abcdefGhijklmnopqrstuvwxyz012345==»"], kept: ["key = aquarium"] },
  },
  {
    id: "discovery-token",
    reason: "joins a node to a cluster made by kubeadm",
    literals: ["--token", "kubeadm join", "certificate-key"],
    window: 200,
    pattern:
      /(?:--token[ =]{1,2}(?<secret>[a-z0-9]{6}\.[a-z0-9]{16})|kubeadm join[^\n]{0,80}--token (?<joining>[a-z0-9]{6}\.[a-z0-9]{16})|certificate-key[ =:]{1,3}(?<key>[a-f0-9]{64}))/dy,
    accept: (found) => secretOf(found) !== "",
    examples: { hidden: ["kubeadm init --certificate-key «0123456789abcdef0123456789abcdef¦0123456789abcdef0123456789abcdef»"], kept: ["--token-ttl 24h"] },
  },
];
