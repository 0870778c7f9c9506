import { markedRule } from "./marked-rule.ts";
import type { Rule } from "./rule.ts";

/** Tokens of what builds, checks and delivers software. */
export const deliveryRules: readonly Rule[] = [
  markedRule({
    id: "build-token",
    reason: "starts and reads builds: Buildkite, CircleCI, Octopus Deploy, Harness, Prefect, Infracost",
    shapes: [
      "bkua_[a-z0-9]{40}",
      "bkct_[A-Za-z0-9]{36,60}",
      "bkat_[A-Za-z0-9]{36,60}",
      "CCIPRJ_[A-Za-z0-9_]{30,100}",
      "API-[A-Z0-9]{26,34}",
      "pat\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}",
      "sat\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9]{24}\\.[A-Za-z0-9]{20}",
      "pnu_[A-Za-z0-9]{36}",
      "pnb_[A-Za-z0-9]{36}",
      "ico-[A-Za-z0-9]{32}",
    ],
    examples: { hidden: ["with «bkua_¦0123456789abcdef0123456789abcdef01234567»", "«API-¦ABCDEFGHIJ0123456789KLMNOP»"], kept: ["API-GATEWAY", "pat.example"] },
  }),
  markedRule({
    id: "code-check-token",
    reason: "reads code and what was found in it: Sourcegraph, SonarQube, Snyk, StackHawk, Retool, ReadMe, Clojars",
    shapes: [
      "sgp_(?:[a-f0-9]{16}_|local_)?[a-f0-9]{40}",
      "squ_[a-f0-9]{40}",
      "sqp_[a-f0-9]{40}",
      "sqa_[a-f0-9]{40}",
      "snyk_[us]at\\.[a-z0-9]{8}\\.[A-Za-z0-9_.-]{40,300}",
      "hawk\\.[\\w-]{20}\\.[\\w-]{20}",
      "retool_01[a-z0-9]{26}",
      "rdme_[a-z0-9]{70}",
      "CLOJARS_[A-Za-z0-9]{60}",
      "glffct-[A-Za-z0-9_-]{20,60}",
      "glrtr-[A-Za-z0-9_.-]{20,60}",
      "ATCTT3[A-Za-z0-9_=-]{60,240}",
      "ATSTT3[A-Za-z0-9_=-]{60,240}",
    ],
    examples: { hidden: ["«squ_¦0123456789abcdef0123456789abcdef01234567»"], kept: ["squ_x", "hawk.example"] },
  }),
  markedRule({
    id: "cluster-access-token",
    reason: "lets a machine or person into a network or cluster: Tailscale, NetBird, Nebula, NATS, OpenShift, Rancher, Portainer",
    shapes: [
      "tskey-[a-z]{3,9}-[A-Za-z0-9-]{16,80}",
      "nbp_[A-Za-z0-9]{36}",
      ...["SUA", "SAA", "SOA", "SCA", "SNA", "SXA"].map((start) => `${start}[A-Z0-9]{50,56}`),
      "dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}",
      "sha256~[\\w-]{43}",
      "token-[a-z0-9]{5}:[a-z0-9]{54}",
      "kubeconfig-[a-z0-9.-]{3,40}:[a-z0-9]{54}",
      "ptr_[A-Za-z0-9+/]{43}=?",
      "n8n_api_[a-f0-9]{40,200}",
    ],
    examples: {
      hidden: ["«tskey-¦auth-kXyZ12CNTRL-abcdefgh12345678»", "«token-¦x7k2p:8bq5zl4vkh2q7wr6m9tn3xj1c5vd8bf2gs6hp4ky7zl9qm3w7k2p4x»"],
      kept: ["token-cleaner", "default-token-x7k2p"],
    },
  }),
  markedRule({
    id: "vault-service-token",
    reason: "opens a store of other secrets: 1Password, Bitwarden, Doppler, Infisical, Ory, LaunchDarkly, Statsig, Flagsmith",
    shapes: [
      "ops_eyJ[A-Za-z0-9+/=_-]{80,600}",
      "A3-[A-Z0-9]{6}-[A-Z0-9-]{11,13}(?:-[A-Z0-9]{5}){3}",
      "dp\\.(?:ct|scim|audit|said|sa)\\.[A-Za-z0-9._-]{40,60}",
      "st\\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\\.[0-9a-f]{32}\\.[0-9a-f]{32}",
      "st\\.[0-9a-f]{24}\\.[0-9a-f]{32}\\.[0-9a-f]{32}",
      "ory_[a-z]{2,6}_[A-Za-z0-9_.-]{30,100}",
      "sdk-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      "mob-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      "api-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      "secret-[A-Za-z0-9]{40,50}",
      "ser\\.[A-Za-z0-9]{20,30}",
    ],
    examples: {
      hidden: [
        "«A3-¦ABC123-DEF456-GHJ78-KLM90-NPQ12-RST34»",
        "key «sdk-¦0123abcd-0123-4567-89ab-0123456789ab»",
        "«st.985b6536-5b30-4e78-bd3c-1114aa2cd08f¦.6f42ab0ebe8ba3159ef657e003ce2d41.b2cf626060966c4a8c9e49b2c331a92c»",
      ],
      kept: ["sdk-v2", "ory_hydra", "secret-store"],
    },
  }),
];
