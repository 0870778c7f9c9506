import type { Rule } from "./rule.ts";

/** Tokens and incoming hooks of chats: whoever has a hook's URL can post. */
export const chatRules: readonly Rule[] = [
  {
    id: "slack-token",
    reason: "reads and writes in a workspace of Slack",
    literals: ["xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xoxe", "xapp-"],
    window: 260,
    pattern: /(?:xox[abprscde](?:\.xox[bp])?-|xapp-)[A-Za-z0-9%/+=_-]{10,240}/dy,
    examples: { hidden: ["«xox¦b-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx»"], kept: ["xoxb-1"] },
  },
  {
    id: "slack-hook",
    reason: "posts to a channel of Slack",
    literals: ["hooks.slack.com/"],
    window: 200,
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[A-Za-z0-9/_-]{10,160})/diy,
    examples: {
      hidden: ["url: https://hooks.slack.com/services/«T00000000/¦B00000000/XXXXXXXXXXXXXXXXXXXXXXXX»"],
      kept: ["https://hooks.slack.com/services/"],
    },
  },
  {
    id: "discord-hook",
    reason: "posts to a channel of Discord",
    literals: ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"],
    window: 200,
    pattern: /discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{10,25}\/[A-Za-z0-9_-]{20,120})/diy,
    examples: {
      hidden: ["https://discord.com/api/webhooks/«123456789012345678/¦abcdefghijklmnopqrstuvwxyz0123456789»"],
      kept: ["https://discord.com/api/webhooks/docs"],
    },
  },
  {
    id: "teams-hook",
    reason: "posts to a channel of Teams",
    literals: [".webhook.office.com/", "outlook.office.com/webhook/", ".logic.azure.com"],
    window: 420,
    pattern: /(?:\.webhook\.office\.com\/|outlook\.office\.com\/webhook\/|\.logic\.azure\.com(?::443)?\/workflows\/)(?<secret>[A-Za-z0-9@/_.?&=%-]{20,360})/diy,
    examples: {
      hidden: ["https://example.webhook.office.com/«webhookb2/00000000-1111@2222/IncomingWebhook/abcdef0123456789/3333»"],
      kept: ["https://outlook.office.com/webhook/help"],
    },
  },
  {
    id: "hook-url",
    reason: "other incoming hooks: Google Chat, Mattermost, Rocket.Chat, Zapier, Opsgenie; and addresses that take logs or signs of life",
    literals: ["chat.googleapis.com/", "hooks.zapier.com/", "/hooks/", "loggly.com/inputs/", "hc-ping.com/", "uptime.betterstack.com/api/v1/heartbeat/"],
    window: 300,
    pattern:
      /(?:chat\.googleapis\.com\/v1\/spaces\/[A-Za-z0-9_-]{5,20}\/messages\?|hooks\.zapier\.com\/hooks\/catch\/|\/hooks\/|loggly\.com\/(?:inputs|bulk)\/|hc-ping\.com\/|uptime\.betterstack\.com\/api\/v1\/heartbeat\/)(?<secret>(?:key=)?[A-Za-z0-9_/%&=-]{20,240})/diy,
    examples: {
      hidden: [
        "https://chat.googleapis.com/v1/spaces/AAAAabcd/messages?«key=AIzaXXXX&token=abcdefghijklmnop»",
        "https://hc-ping.com/«ad914c67-96c6-49f0¦-bdb9-5bc7129a91e1»",
        "https://mattermost.example.test/hooks/«abcdefghijklmnopqrst123456»",
      ],
      kept: ["cat /hooks/pre-install.sh"],
    },
  },
  {
    id: "telegram-token",
    reason: "is a bot of Telegram",
    literals: [":aa"],
    window: 70,
    locate: (text, at) => {
      const lead = /(?<![A-Za-z0-9])(?:bot)?(\d{8,10})$/.exec(text.slice(Math.max(0, at - 14), at))?.[1]?.length;
      return lead !== undefined && /^:AA[A-Za-z0-9_-]{31,34}(?![A-Za-z0-9_-])/.test(text.slice(at, at + 40))
        ? { start: at - lead, end: at + (/^:AA[\w-]{31,34}/.exec(text.slice(at, at + 40))?.[0].length ?? 0) }
        : undefined;
    },
    examples: { hidden: ["https://api.telegram.org/bot«123456789:¦AAabcdefghijklmnopqrstuvwxyz0123456»/sendMessage"], kept: ["robot 123456789"] },
  },
];
