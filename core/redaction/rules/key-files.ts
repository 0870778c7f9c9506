import type { Rule } from "./rule.ts";

/** Keys in other forms than PEM: XML, numbers as OpenSSL prints them, and base64 of files that only programs read. */
export const keyFileRules: readonly Rule[] = [
  {
    id: "xml-key",
    reason: "the private numbers of a key as .NET writes it",
    literals: ["<p>", "<q>", "<dp>", "<dq>", "<inverseq>", "<d>"],
    window: 1020,
    pattern: /<(?:P|Q|DP|DQ|InverseQ|D)>(?<secret>[A-Za-z0-9+/]{20,1000}={0,2})(?=<\/)/dy,
    examples: {
      hidden: ["<RSAKeyValue><Modulus>abc</Modulus><P>«ctFsjG4gvgRDa0/f579imZGU¦S8s=»</P></RSAKeyValue>"],
      kept: ["<p>paragraph</p>", "<D>short</D>"],
    },
  },
  {
    id: "printed-key",
    reason: "the private numbers of a key as OpenSSL prints them",
    literals: ["priv:", "privateexponent:", "prime1:", "prime2:", "exponent1:", "exponent2:", "coefficient:"],
    window: 8000,
    pattern:
      /(?:priv|privateExponent|prime[12]|exponent[12]|coefficient):[ \t]{0,4}(?<secret>(?:\r?\n[ \t]{1,12}(?:[0-9a-f]{2}:){0,31}[0-9a-f]{2}:?(?=\r?\n|$)){1,80})/dy,
    examples: { hidden: ["priv:«\n    53:68:05:69:87:54:1a:¦64:b9:67:c6:a8:ef:87:a7:\n    00:11»\npub:\n    04:01"], kept: ["priv: none", "prime1: 7"] },
  },
  {
    id: "raw-key",
    reason: "base64 of a private key (PKCS#8, PKCS#1, SEC1) without the lines of PEM around it, and of a PKCS#12 file",
    literals: ["mii", "mighageambmg", "mig2ageambag", "mhccaqee", "migkageb", "mc4caqawbqydk2v"],
    window: 15_100,
    pattern:
      /(?<![A-Za-z0-9+/_-])(?:MII[A-Z][A-Za-z0-9+/]{2}IBA(?:DANBgkqhkiG9w0BAQEFAASC|AKC|AKB|zCC)|MIG(?:HAgEAMBMGByqGSM49|2AgEAMBAGByqGSM49|kAgEBBDC)|MHcCAQEEI|MC4CAQAwBQYDK2V)[A-Za-z0-9+/]{20,15000}={0,2}/dy,
    examples: {
      hidden: [
        "signing with «MIIEvgIBADANBgkqhkiG9w0BAQEFAASC¦BKgwggSkAgEAAoIBAQAil6C8FwamaOxK»",
        "keystore: «MIIKdwIBAzCCCi0GCSqGSIb3DQEHAaCC¦Ch4EggoaMIIKFkHhnODQLDx9kyG»",
      ],
      kept: ["MIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0GCSqGSIb3DQEBCwUAMEUxCzAJBgNV", "badanbgkqhkig9w0baqefaasc"],
    },
  },
  {
    id: "binary-keystore",
    reason: "base64 of a keystore of Java or a keytab of Kerberos",
    literals: ["/u3+7q", "bqiaa"],
    window: 16_000,
    pattern: /(?<![A-Za-z0-9+/_-])(?:\/u3\+7Q|BQIAA[A-Q])[A-Za-z0-9+/]{40,15000}={0,2}/dy,
    examples: {
      hidden: [
        "keystore.jks: «/u3+7QAAAAIAAAABJz25nGHrLJzCrO6EVs7¦imAaRq2D97JvbBO5g4dFQcyk7»",
        "k: «BQIAAABHsgVYg6JBw2glA0Rn3nGY894x¦EdghIkiyOqsuKruw9u7XGyqH»",
      ],
      kept: ["BQIAA", "aBQIAAABHsgVYg6JBw2glA0Rn3nGY894xEdghIkiyOqsuKruw9u7XGyqH"],
    },
  },
];
