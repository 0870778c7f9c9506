const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that end so name a password. */
export const passwordEnds =
  /(?:password|passwords|passphrases|passwd|passwrd|passphrase|passcode|pwd|pswd|mnemonic|seedphrase|bindpw|userpw|rootpw|adminpw)\d*$|^(?:pass|pw|userpass|sshpass|dbpass|rootpass|adminpass|keypass|storepass|keystorepass|truststorepass|smtppass|mysqlpass|pgpass|proxypass|bindpw|rootpw|dbpw|adminpw|userpw|requirepass|masterauth|psk)\d*$/;

/** The same in German, Dutch, Swedish, French, Spanish, Portuguese, Italian, Polish and Turkish, also where a text of UTF-8 is read byte by byte. */
export const foreignPasswordEnds =
  /(?:passwort|kennwort|wachtwoord|l.{1,2}senord|losenord|motdepasse|contrase.{1,2}a|contrasenia|contrasena|senha|haslo|has\u0142o)\d*$|^(?:passe|mdp|parola|parolachiave|sifre)$/;

/** Words that end so name a secret. */
export const secretEnds =
  /(?:secret|secrets|token|tokens|credential|credentials|creds|apikey|apikeys|accesskey|clave|secretkey|privatekey|privkey|unsealkey|gossipkey|authkey|accountkey|sharedkey|encryptionkey|signingkey|masterkey|sessionkey|connectionstring|connstr|webhook|mnemonic|sshkey|cryptkey|appkey|licensekey|keyring|userkey|authtok)\d*$/;

/** Words that name a secret, or a Secret. */
export const labelWords = words("secret secrets credential credentials creds webhook");

/** With one of these in front they name a secret itself. */
export const secretOwners = words("client shared app application session cookie jwt signing consumer oauth oidc hmac api user account admin bot totp otp");

/** What stands before "key" when the key is a secret. */
export const keyKinds = words(`
  api access secret private encryption encrypt account shared auth session signing sign master storage ssh crypto crypt aes hmac jwt client tls ssl deploy
  webhook ipsec ike gossip wireguard vpn admin root cert decryption symmetric consumer application app license licence nonce fernet wrapping unseal recovery psk preshared ingest ingestion
  instrumentation subscription function cookie cipher rsa pem erlang`);

/** What stands before "key" when it may be a secret. */
export const weakKeyKinds = words(
  "service routing integration write read user server cluster node join registration security hash base project stream host validation machine data token identity certificate",
);

/** Words that name a secret only when they stand last, and the value looks random. */
export const hintWords = words(
  "auth authorization session signing salt cookie cookies dsn sas cert certificate license licence seed nonce passwordsalt bearer jwt pat sig signature verifier encrypt oauth assertion",
);

/** Words that name a short number that one types in. */
export const codeWords = words("pin puk otp totp mfa 2fa");

/** What stands before "code" when the code lets somebody in. */
export const codeKinds = words("verification otp auth security access recovery backup device pairing unlock activation");

/** What stands before "auth" when it is a login itself. */
export const loginOwners = words("rediscli redis registry basic");

/** What stands before "phrase" when the phrase is a secret. */
export const phraseKinds = words("seed recovery backup wallet secret mnemonic pass key");

/** With one of these anywhere in it, a name speaks of what was computed from a secret and does not tell it. */
export const digestWords = words("checksum checksums digest fingerprint thumbprint");

/** What may stand behind a hint without changing what it names. */
export const neutralTails = words(
  "value data b64 base64 string plain raw text content current old new prev previous primary secondary main default prod production staging dev test",
);

/** With one of these behind it, a name speaks of a secret instead of holding one. */
export const referenceTails = words(`
  ttl host hosts hostname name names file files filename path paths enabled enable disabled disable groups group type types count length size timeout seconds
  minutes hours days expiry expires expiration expired expire duration interval policy version mode method provider namespace namespaces ref refs reference references
  port user users username prefix suffix format algorithm alg issuer audience audiences dir directory mount mounts class store stores rotation rotated rotate
  required allowed allow deny limit limits status state reason kind description max min url uri urls endpoint endpoints server servers address addr domain
  selector labels label annotation annotations template manager operator controller controllers driver plugin plugins backend engine
  cache review reviews request requests requested binding role roles account accounts email mail id ids uuid arn age at time date field fields column
  attribute attributes property properties param parameter parameters claim claims scope scopes realm config configs configuration configmap
  key keys index list per second minute usage used bytes budget window bucket rate validity valid validation verify verification
  strategy reload sync creation created updated generation creator webhooks error errors failed failure missing found not check
  env var variable alias aliases encryption reader readers writer watcher filter handler authentication authenticator java js ts py rb go cs php class stdin
  rules rule resolver lookup source sources location projection projected volume volumes lifetime lease owner hint label title
  header headers encoding charset cost rounds iterations strength complexity history change changed reset resets prompt input placeholder
  attempts attempt retries tries hashing hasher encoder function util utils helper generator service image images tag repository replicas resources
`);
