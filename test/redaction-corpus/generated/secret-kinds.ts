import type { Random } from "../../faults/random/random.ts";
import type { DrawnText } from "./draw-text.ts";
import { drawText } from "./draw-text.ts";
import { drawPassword } from "./draw-password.ts";
import { drawJwt } from "./draw-jwt.ts";
import { drawPem } from "./draw-pem.ts";

/** Draws a secret of a kind that templates name. */
export function drawSecret(random: Random, kind: string): DrawnText | undefined {
  const pattern = patterns[kind];
  if (pattern !== undefined) return drawText(random, pattern);
  if (kind === "token") return random.below(10) === 0 ? drawJwt(random) : drawText(random, random.pick(selfDescribing));
  return drawn[kind]?.(random);
}

/** Tokens that say by themselves what they are: makers publish how they begin, so that scanners find them. */
const published: Readonly<Record<string, string>> = {
  github: "ghp_<w36>",
  githubApp: "ghs_<w36>",
  githubFine: "github_pat_<w22>_<w59>",
  gitlab: "glpat-<u20>",
  gitlabRunner: "glrt-<u20>",
  npm: "npm_<w36>",
  pypi: "pypi-AgEIcHlwaS5vcmc<u120-150>",
  awsId: "AKIA<A16>",
  googleKey: "AIza<u35>",
  googleOauth: "ya29.a0<u120-160>",
  slack: "xoxb-<d12 public>-<d12 public>-<w24>",
  slackApp: "xapp-1-<A11>-<d13>-<x64>",
  stripe: "sk_live_<w24>",
  stripeHook: "whsec_<w32>",
  sendgrid: "SG.<u22>.<u43>",
  openai: "sk-proj-<u48>",
  anthropic: "sk-ant-api03-<u93>AA",
  huggingface: "hf_<w34>",
  grafana: "glsa_<w32>_<x8>",
  vault: "hvs.<u90>",
  terraform: "<w14>.atlasv1.<u67>",
  age: "AGE-SECRET-KEY-1<Z58>",
  digitalocean: "dop_v1_<x64>",
  dockerhub: "dckr_pat_<u27>",
  newrelic: "NRAK-<A27>",
  shopify: "shpat_<x32>",
  databricks: "dapi<x32>",
  postman: "PMAK-<x24>-<x34>",
  linear: "lin_api_<w40>",
  pulumi: "pul-<x40>",
  rubygems: "rubygems_<x48>",
  tailscale: "tskey-auth-<w17>-<w32>",
  doppler: "dp.pt.<w43>",
  telegram: "<d10>:AA<u33>",
  planetscale: "pscale_tkn_<u43>",
  sonar: "sqp_<x40>",
  atlassian: "ATATT3xFfGF0<u180>",
  dynatrace: "dt0c01.<A24>.<A64>",
};

const selfDescribing = Object.values(published);

/** Values that only their place makes a secret. */
const patterns: Readonly<Record<string, string>> = {
  ...published,
  awsSecret: "<b40>",
  awsSession: "IQoJb3JpZ2luX2Vj<b300-400>==",
  azureKey: "<b86>==",
  azureSecret: "<w3>8Q~<u34>",
  sas: "<b43>=",
  hex: "<x32>",
  hexLong: "<x64>",
  base64url43: "<u43>",
  hex40: "<x40>",
  cephKey: "AQ<b36>==",
  jenkinsKey: "{AQAAABAAAAAQ<b44>}",
  base64Key: "<b43>=",
  alnum: "<w16-40>",
  slackHook: "https://hooks.slack.com/services/T<A8>/B<A10>/<w24>",
  discordHook: "https://discord.com/api/webhooks/<d18>/<u68>",
  teamsHook: "https://example.webhook.office.com/webhookb2/<x8>-<x4>-4<x3>-a<x3>-<x12>/IncomingWebhook/<x32>/<x8>-<x4>-4<x3>-a<x3>-<x12>",
  kubeadm: "<a6>.<a16>",
  k3s: "K10<x64>::server:<x32>",
  bcrypt: "$2y$10$<w53>",
  bcryptB: "$2b$12$<w53>",
  apr1: "$apr1$<w8 public>$<w22>",
  sha512crypt: "$6$<w16 public>$<w86>",
  scram: "SCRAM-SHA-256$4096:<b22 public>==$<b43>=:<b43>=",
  wgKey: "<b42>A=",
  googleClient: "GOCSPX-<u28>",
  mapbox: "sk.eyJ1Ijoi<w60>.<u22>",
  rancher: "token-<a5>:<a54>",
  openshift: "sha256~<u43>",
  portainer: "ptr_<b43>=",
  nkey: "SUA<Z55>",
  bitbucket: "ATBB<w32>",
  mailgun: "key-<x32>",
  twilioKey: "SK<x32>",
  artifactory: "AKCp8<w68>",
  argon: "$argon2id$v=19$m=65536,t=3,p=4$<b22 public>$<b43>",
  pbkdf2: "pbkdf2_sha256$600000$<w22 public>$<b43>=",
  yescrypt: "$y$j9T$<w22 public>$<w43>",
  pgMd5: "md5<x32>",
  mysqlHash: "*<X40>",
  ssha: "{SSHA}<b38>==",
  base32: "<Z32>",
  alibaba: "LTAI5t<w18>",
  ppkLine: "<b64>",
  w30: "<w30>",
  w40s: "<w40>",
  u40: "<u40>",
  u43: "<u43>",
  u68: "<u68>",
  a52: "<a52>",
  pwSpecial: "<w4>&<s10>@<w3>",
};

const drawn: Readonly<Record<string, (random: Random) => DrawnText>> = {
  pw: drawPassword,
  jwt: drawJwt,
  uuid: (random) => {
    const { text } = drawText(random, "<x8>-<x4>-4<x3>-a<x3>-<x12>");
    return { text, secrets: [text] };
  },
  pem: (random) => drawPem(random, random.pick(["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY"])),
  pemEncrypted: (random) => drawPem(random, "ENCRYPTED PRIVATE KEY"),
  ssh: (random) => drawPem(random, "OPENSSH PRIVATE KEY"),
  pgp: (random) => drawPem(random, "PGP PRIVATE KEY BLOCK"),
};
