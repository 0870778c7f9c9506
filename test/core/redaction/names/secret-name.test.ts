import assert from "node:assert/strict";
import { test } from "node:test";
import { senseOf } from "../../../../core/redaction/names/secret-name.ts";

const cases = {
  password: [
    "DB_PASSWORD",
    "password",
    "PGPASSWORD",
    "rootPassword",
    "spring.datasource.password",
    "--db-passwd",
    "userpass",
    "REDIS_PW",
    "password.txt",
    "passwordHash",
    "PASSWORD_PROD",
  ],
  secret: [
    "API_KEY",
    "apiKey",
    "accessToken",
    "client_secret",
    "ENCRYPTION_KEY",
    "tls.key",
    "client-key-data",
    "auth_token",
    "connectionString",
    "secretAccessKey",
    "SESSION_SECRET",
  ],
  label: ["secret", "tlsSecret", "credentials", "webhook", "secretKey"],
  hint: ["auth", "COOKIE", "LICENSE", "routing_key", "SENTRY_DSN"],
  none: [
    "TOKEN_TTL_SECONDS",
    "DATABASE_HOST",
    "PASSWORD_FILE",
    "secretName",
    "KAFKA_USER_GROUPS",
    "tokenSecretRef",
    "sessionAffinity",
    "publicKey",
    "key",
    "monkey",
    "bypass",
    "author",
    "API_KEY_ENABLED",
    "max_tokens_limit",
    "passwordPolicy",
    "OAUTH_CLIENT_ID",
    "ACCESS_KEY_ID",
    "tokenreviews",
    "automountServiceAccountTokenPath",
    "AUTH_URL",
  ],
} as const;

for (const [sense, names] of Object.entries(cases))
  test(`${sense}: ${names.join(", ")}`, () => {
    for (const name of names) assert.equal(senseOf(name) ?? "none", sense, name);
  });
