import { markedRule } from "./marked-rule.ts";
import type { Rule } from "./rule.ts";

/** Keys of services for money, mail, customers and documents. */
export const businessRules: readonly Rule[] = [
  markedRule({
    id: "payment-key",
    reason: "moves money or goods: PayPal, Plaid, Razorpay, Flutterwave, Paddle, Mollie, Shippo, EasyPost, Duffel, WooCommerce, Shopify",
    shapes: [
      "access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[a-f0-9]{32}",
      "access-(?:sandbox|development|production)-[0-9a-f-]{36}",
      "rzp_(?:live|test)_[A-Za-z0-9]{14}",
      "FLWSECK(?:_TEST)?-[a-z0-9]{12,32}-X",
      "pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}",
      "live_[A-Za-z0-9]{30,40}",
      "test_[A-Za-z0-9]{30,40}",
      "shippo_(?:live|test)_[a-f0-9]{40}",
      "EZAK[A-Za-z0-9]{54}",
      "EZTK[A-Za-z0-9]{54}",
      "duffel_(?:test|live)_[A-Za-z0-9_=-]{43}",
      "ck_[a-f0-9]{40}",
      "cs_[a-f0-9]{40}",
      "shptka_[a-fA-F0-9]{32}",
    ],
    examples: {
      hidden: ["«access_token$¦production$0123456789abcdef$0123456789abcdef0123456789abcdef»", "«rzp_¦live_AbCdEf01234567»"],
      kept: ["live_update", "test_that_a_very_long_name_of_a_test_passes", "cs_CZ"],
    },
  }),
  markedRule({
    id: "message-key",
    reason: "writes to people as its owner: MailerSend, Resend, Brevo, HubSpot, Meta, Instagram, Slack, Twitter, Salesforce, Zoho",
    shapes: [
      "mlsn\\.[a-f0-9]{64}",
      "re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}",
      "xsmtpsib-[a-f0-9]{64}-[A-Za-z0-9]{16}",
      "pat-[a-z]{2}\\d-[0-9a-f-]{36}",
      "EAA[A-Za-z0-9]{90,300}",
      "IGQ[A-Za-z0-9_-]{90,300}",
      "xwfp-[A-Za-z0-9-]{20,200}",
      "AAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%]{80,120}",
      "00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,140}",
      "1000\\.[a-f0-9]{32}\\.[a-f0-9]{32}",
      "oauth:[a-z0-9]{30}",
    ],
    examples: { hidden: ["«re_¦AbCd1234_AbCdEfGhIjKlMnOpQrStUvWx»", "«pat-¦na1-0123abcd-0123-4567-89ab-0123456789ab»"], kept: ["re_match", "oauth:token"] },
  }),
  markedRule({
    id: "document-key",
    reason: "reads what people write down: Airtable, Linear, Figma, Typeform, Contentful, Mapbox, Dropbox, Adobe, ClickUp, Trello, Frame.io",
    shapes: [
      "pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}",
      "lin_oauth_[a-f0-9]{64}",
      "lin_wh_[A-Za-z0-9]{30,50}",
      "figo_[A-Za-z0-9_-]{36,48}",
      "tfp_[A-Za-z0-9._=-]{44,64}",
      "CFPAT-[A-Za-z0-9_-]{43}",
      "sk\\.eyJ[A-Za-z0-9_-]{20,300}\\.[A-Za-z0-9_-]{20,30}",
      "sl\\.(?:u\\.)?[A-Za-z0-9_-]{120,250}",
      "p8e-[A-Za-z0-9_-]{32}",
      "pk_\\d{4,12}_[A-Z0-9]{32}",
      "ATTA[a-f0-9]{64}[A-F0-9]{8}",
      "fio-u-[A-Za-z0-9_=-]{64}",
    ],
    examples: { hidden: ["«p8e-¦AbCdEfGhIjKlMnOpQrStUvWxYz012345»"], kept: ["pk_live_4eC39HqLyjWDarjtT1zdp7dc", "patch.diff"] },
  }),
];
