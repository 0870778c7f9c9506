/** Whether a value is no secret whatever its name says: a switch, a reference to something else, a placeholder, a path, or what was hidden before. */
export function isHarmless(value: string): boolean {
  const text = value.trim();
  return (
    text === "" ||
    switches.test(text) ||
    marks.test(text) ||
    references.test(text) ||
    codeReferences.test(text) ||
    types.test(text) ||
    complaints.test(text) ||
    (paths.test(text) && !randomStep.test(text)) ||
    text.startsWith(hidden) ||
    text.startsWith(hiddenBase64)
  );
}

/** Whether a value is a word of a sentence about a secret: "password: invalid". */
export const isProse = (value: string): boolean => proseWords.test(value);

/** What stands where a secret was: of letters that base64, URLs, JSON, XML and YAML take as they are. */
export const hidden = "REDACTED";

/** The same where a value has to be base64. */
const hiddenBase64 = "UkVEQUNURU";

const switches =
  /^(?:true|false|yes|no|on|off|null|nil|none|undefined|unset|optional|required|enabled|disabled|redacted|masked|hidden|removed|filtered|protected|omitted|scrubbed|read|write|env|await|n\/a)[.,;]?$/i;

const proseWords =
  /^(?:set|unset|used|valid|supplied|provided|given|found|accepted|rejected|verified|refreshed?|names?|none|no|empty|default|auto|string|boolean|integer|object|array|invalid|incorrect|wrong|expired|missing|unknown|ok|error|failed|denied|reset|changed|rotated|generated|created|updated|deleted|is|was|must|should|for|has|not|cannot|can't|and|or|the|in|of|to|with|from|by|be|an?|bearer|basic|sanitized|todo|tbd|password|secret|token|authentication|verification)[.,;:!]*$/i;

/** "****", "xxxxx", "...", "-", "[redacted]", "<your password>". */
const marks = /^(?:~|[*xX.\-_#•?;,]+|\[[^\]]{0,40}\]|<[^>]{0,60}>|\([^)]{0,40}\)|[|>][+-]?\d?|[{[].{0,2}|\\[nrt"]?)$/;

/** A variable, a template, a call of a program's own, or where else the value lies. */
const references =
  /^(?:\$[A-Za-z_(]|\$\{|\{\{|%[sdvq({]|%[A-Z][A-Z0-9_]*%$|![A-Za-z]+(?: |$)|(?:[a-z0-9]+-){1,8}token-[a-z0-9]{5}$|<%|<set to the key|@Microsoft\.KeyVault|ENC\[|arn:aws[\w-]*:(?:secretsmanager|ssm|kms):|projects\/[\w-]+\/secrets\/|(?:vault|ref\+\w+|secretKeyRef|env|file|awssm|gcpsm|op):[/\w]|process\.env\b|ConvertTo-SecureString|os\.environ|await |[A-Za-z_][\w.]*\[["'\\]|secretKeyRef|valueFrom|[A-Za-z_]\w*(?:\.\w+)+\(|[A-Za-z_]\w*\([^)]*(?:\)[;,]?)?$)/;

/** What Terraform and programs write for a value that is elsewhere: var.db_password, module.db.result. */
const codeReferences =
  /^(?:var|local|data|module|each|self|this|random_\w{1,40}|config|settings|options|params|props|secrets|env|steps|inputs)(?:\.\w{1,60}){1,6}(?:\[[^\]]{0,80}\]?)?[;,]?$/;

/** A field's type where its value would stand. */
const types =
  /^(?:str|string|String|bytes|Bytes|varchar(?:\(\d+\))?|Secret|SecretStr|SecretString|Optional\[.{0,60}|Password|Passwort|Kennwort|Passphrase|Token|Contraseña|Mot de passe|(?:string|number|boolean|String|Int|Bool)\?)[;,]?$/;

/** "(sensitive value)" of a plan, "Required value" of a refusal, "12, fail: 0" of tests. */
const complaints =
  /^(?:\((?:sensitive|known|hidden|redacted)|(?:Required|Invalid|Forbidden|Unsupported|Duplicate|Too long)[ :]+value|Required value|\d+,? (?:fail|skip)|\d+ bytes|\d{1,3};|Test[A-Z]\w*(?:\/\w+)?(?: \(|$))/;

/** A step of a path that nobody would name so, as base64 has it. */
const randomStep = /(?=[^/]{0,60}[A-Z])(?=[^/]{0,60}[a-z])(?=[^/]{0,60}\d)[A-Za-z0-9+]{20}/;

const paths = /^(?:~|\.{1,2}|[A-Za-z]:)?[/\\][A-Z]?[a-z0-9_.@{}$-]{0,30}(?:[/\\][\w@.{}$-]{0,60}){0,20}$/;
