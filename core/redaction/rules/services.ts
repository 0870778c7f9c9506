import type { Rule } from "./rule.ts";
import { looksRandom } from "../names/looks-random.ts";
import { secretOf } from "./rule.ts";

/** Keys of hosted services for payment, mail, telephony, monitoring and models. */
export const serviceRules: readonly Rule[] = [
  {
    id: "stripe-key",
    reason: "moves money; a hook's secret signs its messages",
    literals: ["sk_live_", "rk_live_", "sk_test_", "rk_test_", "whsec_"],
    window: 260,
    pattern: /(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9+/=]{16,240}/dy,
    examples: { hidden: ["«sk_¦live_4eC39HqLyjWDarjtT1zdp7dc»", "«whsec_¦abcdefghijklmnopqrstuvwxyz012345»"], kept: ["pk_live_4eC39HqLyjWDarjtT1zdp7dc"] },
  },
  {
    id: "sendgrid-key",
    reason: "sends mail as its owner",
    literals: ["sg."],
    window: 80,
    pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/dy,
    examples: { hidden: ["«SG.¦abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG»"], kept: ["SG.svc.cluster.local"] },
  },
  {
    id: "mail-key",
    reason: "sends mail by Mailgun, Mailchimp, Postmark, Brevo",
    literals: ["key-", "xkeysib-"],
    window: 110,
    pattern: /(?:(?<![A-Za-z0-9-])key-[a-f0-9]{32}(?![A-Za-z0-9])|xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16})/dy,
    examples: { hidden: ["MAILGUN «key-¦0123456789abcdef0123456789abcdef»"], kept: ["key-value store", "eu-west-us1"] },
  },
  {
    id: "twilio-key",
    reason: "calls and writes as its owner",
    literals: ["twilio"],
    window: 120,
    pattern: /twilio[^\n]{0,60}?[:= "'](?<secret>(?:SK|AC)?[0-9a-f]{32})(?![0-9a-f])/diy,
    examples: { hidden: ["TWILIO_API=«SK¦0123456789abcdef0123456789abcdef»"], kept: ["twilio/client:1.2"] },
  },
  {
    id: "monitoring-key",
    reason: "writes to or reads a monitoring account: New Relic, Grafana, Dynatrace, Honeycomb, Sentry, PagerDuty, Pulumi, Doppler, Postman, Linear",
    literals: [
      "nrak-",
      "nrii-",
      "nrjs-",
      "nraa-",
      "nral",
      "glsa_",
      "glc_",
      "eyjrijoi",
      "dt0c01.",
      "hcaik_",
      "sntrys_",
      "sntryu_",
      "pul-",
      "dp.st.",
      "dp.pt.",
      "pmak-",
      "lin_api_",
    ],
    window: 420,
    pattern:
      /(?<![A-Za-z0-9])(?:NR(?:AK|II|JS|AA)-[A-Za-z0-9_-]{19,50}|gls?[ac]_[A-Za-z0-9_+/=-]{30,400}|eyJrIjoi[A-Za-z0-9+/=]{40,200}|dt0c01\.[A-Z0-9]{24}\.[A-Z0-9]{64}|hcaik_[a-z0-9]{58}|sntry[su]_[A-Za-z0-9+/=_-]{60,400}|pul-[a-f0-9]{40}|dp\.[sp]t\.[A-Za-z0-9._-]{40,60}|PMAK-[a-f0-9]{24}-[a-f0-9]{34}|lin_api_[A-Za-z0-9]{40})/dy,
    examples: {
      hidden: ["«NRAK-¦ABCDEFGHIJKLMNOPQRSTUVWXYZ1»", "«glsa_¦abcdefghijklmnopqrstuvwxyz012345_0a1b2c3d»"],
      kept: ["glsa_x", "pul-up"],
    },
  },
  {
    id: "monitoring-key-by-name",
    reason: "keys of Datadog, PagerDuty and Opsgenie are plain hexadecimal: the name must stand in front",
    literals: ["datadog", "dd_api", "dd_app", "dd-api", "pagerduty", "opsgenie", "routing_key", "service_key", "integration_key", "sumologic", "splunk"],
    window: 140,
    pattern: /[A-Za-z_-]{2,20}[^\n]{0,50}?["' :=](?<secret>[0-9a-f]{32,40}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z-])/diy,
    accept: (found) => !/sha|commit|revision|uid|trace|span|digest|image|request/i.test(found.text.slice(found.literalAt, found.start)),
    examples: {
      hidden: ["DD_API_KEY=«0123456789abcdef¦0123456789abcdef»", "routing_key: «0123456789abcdef¦0123456789abcdef»"],
      kept: ["datadog/agent commit 0123456789abcdef0123456789abcdef01234567"],
    },
  },
  {
    id: "model-key",
    reason: "runs models at its owner's cost: OpenAI, Anthropic, Hugging Face, Replicate, Groq, Perplexity, xAI",
    literals: ["sk-", "hf_", "r8_", "gsk_", "pplx-", "xai-"],
    window: 260,
    pattern:
      /(?<![A-Za-z0-9_-])(?:sk-[A-Za-z0-9_-]{20,240}|hf_[A-Za-z0-9]{30,60}|r8_[A-Za-z0-9]{37}|gsk_[A-Za-z0-9]{50,60}|pplx-[A-Za-z0-9]{40,60}|xai-[A-Za-z0-9]{70,90})(?![A-Za-z0-9])/dy,
    accept: (found) => looksRandom(secretOf(found)) && /[A-Z]/.test(secretOf(found).slice(3)),
    examples: {
      hidden: [
        "OPENAI «sk-¦proj-abcdefGHIJKLMNOPqrstuvwx1234567890»",
        "«sk-ant-¦api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789»",
        "«hf_¦AbCdEfGhIjKlMnOpQrStUvWxYz01234567»",
      ],
      kept: ["sk-learn-pipeline-for-tabular-data", "hf_hub_download", "task-0123456789abcdef0123456789"],
    },
  },
  {
    id: "shop-token",
    reason: "acts for a shop or workspace: Shopify, Square, Airtable, Notion, Figma, Asana, Databricks, Supabase, Fly, Render",
    literals: ["shpat_", "shpss_", "shpca_", "sq0atp-", "sq0csp-", "eaaa", "ntn_", "secret_", "figd_", "dapi", "sbp_", "fo1_", "fm2_", "rnd_"],
    window: 700,
    pattern:
      /(?<![A-Za-z0-9])(?:shp(?:at|ss|ca)_[a-fA-F0-9]{32}|sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43}|EAAA[A-Za-z0-9_-]{60}|ntn_[A-Za-z0-9]{40,50}|secret_[A-Za-z0-9]{43}|figd_[A-Za-z0-9_-]{40}|dapi[a-f0-9]{32}(?:-\d)?|sbp_[a-f0-9]{40}|fo1_[A-Za-z0-9_-]{43}|fm2_[A-Za-z0-9+/=]{80,600}|rnd_[A-Za-z0-9]{28,36})(?![A-Za-z0-9])/dy,
    examples: { hidden: ["«shpat_¦0123456789abcdef0123456789abcdef»", "«dapi¦0123456789abcdef0123456789abcdef»"], kept: ["secret_name", "dapiVersion"] },
  },
];
