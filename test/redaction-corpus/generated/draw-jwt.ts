import type { Random } from "../../faults/random/random.ts";
import type { DrawnText } from "./draw-text.ts";
import { drawText } from "./draw-text.ts";

/** Draws a JSON Web Token; its signature is the secret, because without it the claims open nothing. */
export function drawJwt(random: Random): DrawnText {
  const algorithm = random.pick(["RS256", "ES256", "HS256"]);
  const { text: id } = drawText(random, "<x8>-<x4>-4<x3>");
  const claims = random.pick([
    { iss: "https://kubernetes.default.svc.cluster.local", sub: "system:serviceaccount:team-a:robot", aud: ["api"], exp: 1_795_000_000, jti: id },
    { iss: "https://id.example.test/realms/main", sub: id, scope: "openid profile", exp: 1_795_000_000 },
    { sub: id, name: "deploy-bot", iat: 1_794_000_000 },
  ]);
  const signature = drawText(random, algorithm === "RS256" ? "<u342>" : "<u86>");
  return { text: [encode({ alg: algorithm, typ: "JWT" }), encode(claims), signature.text].join("."), secrets: signature.secrets };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
