import { markedRule } from "./marked-rule.ts";
import type { Rule } from "./rule.ts";

/** Keys of services around language models, and of databases and analytics as a service. */
export const modelRules: readonly Rule[] = [
  markedRule({
    id: "model-service-key",
    reason:
      "runs models, searches and sandboxes at its owner's cost: Bedrock, Gemini, Cerebras, Fireworks, Together, Tavily, Firecrawl, ElevenLabs, LangSmith, Pinecone, W&B, RunPod, Jina, E2B",
    shapes: [
      "ABSK[A-Za-z0-9+/]{60,160}={0,2}",
      "AQ\\.Ab[A-Za-z0-9_-]{40,80}",
      "api_org_[A-Za-z0-9]{34}",
      "csk-[a-z0-9]{40,60}",
      "fw_[A-Za-z0-9]{22,24}",
      "tgp_v1_[A-Za-z0-9_-]{43}",
      "tvly-[A-Za-z0-9_-]{24,60}",
      "fc-[a-f0-9]{32}",
      "sk_[a-f0-9]{48}",
      "lsv2_[a-z]{2}_[a-f0-9]{32}_[a-f0-9]{10}",
      "pcsk_[A-Za-z0-9_]{50,90}",
      "wandb_v1_[A-Za-z0-9_]{40,90}",
      "esecret_[A-Za-z0-9]{20,60}",
      "rpa_[A-Z0-9]{30,60}",
      "jina_[A-Za-z0-9_-]{50,70}",
      "e2b_[a-f0-9]{40}",
      "bb_live_[A-Za-z0-9_-]{20,40}",
      "pylf_v\\d_[a-z]{2,5}_[A-Za-z0-9]{30,60}",
    ],
    examples: { hidden: ["«tvly-¦dev-AbCdEfGhIjKlMnOp0123456789ab»", "«fc-¦0123456789abcdef0123456789abcdef»"], kept: ["fw_version", "fc-match", "sk_buff"] },
  }),
  markedRule({
    id: "data-service-key",
    reason:
      "opens a database or reads what it has gathered: Supabase, Neon, Aiven, MongoDB Atlas, ClickHouse, Confluent, Xata, dbt, Materialize, PostHog, Axiom, Elastic",
    shapes: [
      "sb_secret_[A-Za-z0-9_-]{22,60}",
      "napi_[a-z0-9]{50,80}",
      "npg_[A-Za-z0-9]{12,24}",
      "AVNS_[A-Za-z0-9_-]{16,24}",
      "mdb_sa_sk_[A-Za-z0-9_-]{36,50}",
      "4b1d[A-Za-z0-9]{38}",
      "cflt[A-Za-z0-9+/]{56,64}",
      "xau_[A-Za-z0-9]{30,50}",
      "dbt[cu]_[A-Za-z0-9_-]{36,60}",
      "mzp_[a-f0-9]{64}",
      "phx_[A-Za-z0-9]{40,60}",
      "xaat-[0-9a-f-]{36}",
      "xapt-[0-9a-f-]{36}",
      "essu_[A-Za-z0-9+/=_-]{40,200}",
      "cxt[ph]_[A-Za-z0-9]{28,40}",
      "dose[a-f0-9]{32}",
      "hcxik_[a-z0-9]{40,70}",
      "dt0s\\d\\d\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{64}",
      "sm_[aps]at_[A-Za-z0-9]{16}",
    ],
    examples: {
      hidden: ["password «AVNS_¦AbCdEfGh0123456789_»", "«phx_¦AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdef»"],
      kept: ["AVNS_x", "npg_stat", "cfltools"],
    },
  }),
];
