import { locateAssignment } from "../text/locate-assignment.ts";
import { locateNamedValue } from "../text/locate-named-value.ts";
import { locateNearWord } from "../text/locate-near-word.ts";
import type { Rule } from "./rule.ts";

/** Values whose names say that they are secret, in settings files, command lines, logs, and JSON inside of any of them. */
export const assignmentRules: readonly Rule[] = [
  {
    id: "secret-by-name",
    reason: "a name such as DB_PASSWORD, clientSecret or --api-key says what its value is",
    literals: [
      "pass",
      "pwd",
      "pswd",
      "secret",
      "token",
      "cred",
      "key",
      "webhook",
      "connstr",
      "connection",
      "mnemonic",
      "auth",
      "session",
      "salt",
      "cookie",
      "dsn",
      "licen",
      "jwt",
      "signing",
      "pw=",
      "pw:",
    ],
    window: 4300,
    locate: locateAssignment,
    examples: {
      hidden: [
        "login password=«hunter2» user=x",
        "env PGPASSWORD=«hunter2» psql",
        "Server=db;User Id=sa;Password=«my s3cret»;Encrypt=true",
        '"password": "«hun\\"ter2»"',
        '{\\"api_key\\":\\"«abc123»\\"}',
        "--token «abcdef123456»",
        "<password>«hunter2»</password>",
        "spring.datasource.password=«correct horse, battery»",
        "export AWS_TOKEN='«a b c1»'",
        "DB_PASSWORD=«correct horse»",
        "http://x/?access_token=«abc1234xyz»&next=1",
        "{Password:«hunter2» User:bob}",
      ],
      kept: [
        "TOKEN_TTL_SECONDS=3600",
        "DATABASE_HOST=db.example.test",
        "KAFKA_USER_GROUPS=token-readers",
        'key="kube-system/coredns"',
        "bypass=true",
        "password: must not be empty",
        'secret="default/my-tls"',
        "tokens=4096",
        "password=$¦{DB_PASSWORD}",
        "location = /token;",
        "passwordFile: /etc/secret/password",
      ],
    },
  },
  {
    id: "named-value",
    reason: "a field named value beside one named name, as containers' environments have it",
    literals: ["value"],
    window: 4600,
    locate: locateNamedValue,
    examples: {
      hidden: [
        '{"name":"API_KEY","value":"«abc»"}',
        '{"value":"«abc»","name":"API_KEY"}',
        "- name: DB_PASS\n  value: «hunter2»",
        '<add key="ApiKey" value="«abc»"/>',
      ],
      kept: ['{"name":"LOG_LEVEL","value":"debug"}', "- name: DB_HOST\n  value: db", '{"name":"A_TOKEN","valueFrom":{"secretKeyRef":{"name":"x","key":"y"}}}'],
    },
  },
  {
    id: "random-near-word",
    reason: "what only a machine can have made up, next to a word that speaks of secrets",
    literals: ["secret", "token", "password", "credential", "api key", "apikey", "api_key", "private key", "access key"],
    window: 600,
    locate: locateNearWord,
    examples: {
      hidden: ["issued token for bob: «dGhpc0lzQVZlcnlSYW5kb21TdHJpbmc5ODc2¦NTQzMjE»"],
      kept: ["token review of 0123456789abcdef0123456789abcdef0123456789abcdef", "password for user alice was changed by the administrator of the system"],
    },
  },
];
