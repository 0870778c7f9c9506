import { markedRule } from "./marked-rule.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Keys of cloud providers. */
export const cloudRules: readonly Rule[] = [
  {
    id: "aws-key-id",
    reason: "names an access key, role or user of AWS; with its secret it signs requests",
    literals: ["akia", "asia", "aida", "aroa", "abia", "acca", "agpa", "anpa"],
    window: 24,
    pattern: /(?<![A-Za-z0-9+/_-])(?:AKIA|ASIA|AIDA|AROA|ABIA|ACCA|AGPA|ANPA)[A-Z0-9]{16}(?![A-Za-z0-9+/_-])/dy,
    examples: { hidden: ["id: «AKIA¦IOSFODNN7EXAMPLE»", "user «AIDA¦QWERTYUIOPAS2345»"], kept: ["ASIA and EUROPE", "xAKIA¦IOSFODNN7EXAMPLE2"] },
  },
  {
    id: "aws-secret-key",
    reason: "signs requests to AWS; forty characters without a mark of their own, so a word about AWS must stand in front",
    literals: ["aws_secret", "aws-secret", "awssecret", "secret_access", "secretaccess", "secret access", "secret-access", "aws_session_token"],
    window: 1400,
    pattern:
      /(?:aws)?[_-]?(?:secret|session)[ _-]?(?:access)?[ _-]?(?:key|token)?["'\\ ]{0,4}[:=,>]{1,2}["'\\ ]{0,4}(?<secret>[A-Za-z0-9/+=]{40,1300})(?![A-Za-z0-9/+=])/diy,
    examples: {
      hidden: ["aws_secret_access_key = «wJalrXUtnFEMI/K7MDENG/bPxRfiCY¦EXAMPLEKEY»", '"SecretAccessKey": "«wJalrXUtnFEMI/K7MDENG/bPxRfiCY¦EXAMPLEKEY»"'],
      kept: ["aws_secret_access_key = $¦{KEY}"],
    },
  },
  {
    id: "google-api-key",
    reason: "calls Google's APIs at its owner's cost",
    literals: ["aiza"],
    window: 48,
    pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/dy,
    examples: { hidden: ["key=«AIza¦SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY»"], kept: ["AIza¦short"] },
  },
  {
    id: "google-oauth",
    reason: "an access or refresh token or client secret of Google",
    literals: ["ya29.", "gocspx-", "1//0"],
    window: 520,
    pattern: /(?<![A-Za-z0-9_-])(?:ya29\.[A-Za-z0-9_.-]{20,500}|GOCSPX-[A-Za-z0-9_-]{20,60}|1\/\/0[A-Za-z0-9_-]{30,200})/dy,
    examples: { hidden: ["with «ya29.¦a0AfH6SMBx-1234567890abcdefghij»", "client «GOCSPX-¦abcdefghijklmnopqrstuvwx»"], kept: ["ya29.x"] },
  },
  {
    id: "azure-account-key",
    reason: "opens a storage account, a Service Bus or Event Hub, Cosmos DB or an IoT hub",
    literals: ["accountkey=", "sharedaccesskey=", "sharedaccesssignature="],
    window: 1100,
    pattern: /(?:accountkey|sharedaccesskey|sharedaccesssignature)=(?<secret>[^\s;"'<>&\\]{8,1000})/diy,
    examples: {
      hidden: [
        "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=«Zm9vYmFy¦Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9vYg==»;EndpointSuffix=core.windows.net",
      ],
      kept: ["AccountKey=;"],
    },
  },
  {
    id: "azure-sas",
    reason: "a shared access signature opens what its URL names",
    literals: ["sig="],
    window: 210,
    pattern: /(?<=[?&;])sig=(?<secret>[A-Za-z0-9%/+=_-]{20,200})/diy,
    examples: {
      hidden: ["https://x.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig=«Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6¦cXV4Zm9vYg%3D%3D»"],
      kept: ["&sig=short"],
    },
  },
  {
    id: "azure-client-secret",
    reason: "logs an application in at Microsoft Entra",
    literals: ["7q~", "8q~", "6q~"],
    window: 44,
    pattern: /[678]Q~[A-Za-z0-9_.~-]{31,34}(?![A-Za-z0-9_.~-])/dy,
    examples: { hidden: ["«8Q~¦abcdefghijklmnopqrstuvwxyz01234567»"], kept: ["8Q~short"] },
  },
  {
    id: "digitalocean-token",
    reason: "acts for its owner at DigitalOcean",
    literals: ["dop_v1_", "doo_v1_", "dor_v1_"],
    window: 80,
    pattern: /do[opr]_v1_[a-f0-9]{64}/dy,
    examples: { hidden: ["«dop_¦v1_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef»"], kept: ["dop_v1_abc"] },
  },
  {
    id: "alibaba-key-id",
    reason: "names an access key of Alibaba Cloud",
    literals: ["ltai"],
    window: 40,
    pattern: /(?<![A-Za-z0-9])LTAI[A-Za-z0-9]{12,26}(?![A-Za-z0-9])/dy,
    accept: (found) => /\d/.test(secretOf(found)),
    examples: { hidden: ["id «LTAI¦5tFkd7Fq2Rq1example»"], kept: ["LTAImonths"] },
  },
  {
    id: "heroku-key",
    reason: "acts for its owner at Heroku; a UUID, so the name must stand in front",
    literals: ["heroku", "hrku-"],
    window: 120,
    pattern: /(?:hrku-(?<secret>[A-Za-z0-9_-]{36,70})|heroku[^\n]{0,30}?[:= "'](?<uuid>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}))/diy,
    examples: { hidden: ["HEROKU_API_KEY=«01234567-89ab-cdef-0123-456789abcdef»"], kept: ["pod 01234567-89ab-cdef-0123-456789abcdef"] },
  },
  markedRule({
    id: "cloud-token",
    reason: "tokens of Tencent, Scaleway, Exoscale, Yandex, Volcano Engine, Cloudflare, Akamai, Netlify, Vercel and others that name their kind",
    shapes: [
      "y0_Ag[A-Za-z0-9_-]{40,80}",
      "AQVN[A-Za-z0-9_-]{35,38}",
      "t1\\.[A-Za-z0-9_-]{40,400}={0,2}\\.[A-Za-z0-9_-]{80,90}={0,2}",
      "CCIPAT_[A-Za-z0-9_]{30,100}",
      "nvapi-[A-Za-z0-9_-]{40,90}",
      "DO00[A-Z0-9]{16}",
      "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{32,80}",
      "AKID[A-Za-z0-9]{32}",
      "AKLT[A-Za-z0-9_-]{40,60}",
      "SCW[A-Z0-9]{17}",
      "EXO[a-f0-9]{24}",
      "GOOG1[A-Z0-9]{50,61}",
      "v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}",
      "akab-[a-z0-9]{16}-[a-z0-9]{16}",
      "nfp_[A-Za-z0-9]{36}",
      "vcp_[A-Za-z0-9]{24,60}",
      "vck_[A-Za-z0-9]{24,60}",
      "tk-us-[A-Za-z0-9_-]{48}",
    ],
    examples: {
      hidden: ["«pscale_¦pw_abcdefghijklmnopqrstuvwxyz0123456789AB»", "id «AKID¦0123456789abcdefghijABCDEFGHIJ01»"],
      kept: ["pscale_pw_x", "EXOTIC"],
    },
  }),
];
