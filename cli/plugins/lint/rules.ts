import type { LintRule } from "./lint-rule.ts";
import { configFileBroken } from "./rules/config-file-broken.ts";
import { descriptionMissing } from "./rules/description-missing.ts";
import { doneFileUnseen } from "./rules/done-file-unseen.ts";
import { envNameInvalid } from "./rules/env-name-invalid.ts";
import { envNameUnportable } from "./rules/env-name-unportable.ts";
import { hostAccessByDefault } from "./rules/host-access-by-default.ts";
import { imageTagMissing } from "./rules/image-tag-missing.ts";
import { mountWithoutVolume } from "./rules/mount-without-volume.ts";
import { nameCut } from "./rules/name-cut.ts";
import { nameTaken } from "./rules/name-taken.ts";
import { permissionsWildcard } from "./rules/permissions-wildcard.ts";
import { podSecurityLevel } from "./rules/pod-security-level.ts";
import { progressPort } from "./rules/progress-port.ts";
import { refusedByServer } from "./rules/refused-by-server.ts";
import { resourcesMissing } from "./rules/resources-missing.ts";
import { resultFilesMismatch } from "./rules/result-files-mismatch.ts";
import { resultsMountMoved } from "./rules/results-mount-moved.ts";
import { unknownField } from "./rules/unknown-field.ts";
import { unknownPodField } from "./rules/unknown-pod-field.ts";
import { wrongType } from "./rules/wrong-type.ts";

/** Every rule. Of two that find an error at the same place, the one that stands first here is shown. */
export const lintRules: readonly LintRule[] = [
  wrongType,
  envNameInvalid,
  mountWithoutVolume,
  refusedByServer,
  unknownField,
  unknownPodField,
  envNameUnportable,
  nameTaken,
  nameCut,
  hostAccessByDefault,
  progressPort,
  permissionsWildcard,
  imageTagMissing,
  resultFilesMismatch,
  resultsMountMoved,
  configFileBroken,
  resourcesMissing,
  descriptionMissing,
  doneFileUnseen,
  podSecurityLevel,
];
