import { regionalArn } from "../aws/arn";
import { defaultKeyPolicy } from "../aws/kms/key-policies";
import { defaultRotationPeriodInDays } from "../aws/kms/kms";
import type { Kms } from "../aws/kms/kms";
import type { Account } from "../aws/types";
import { refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";
import { stableUuid4 } from "./stable-uuid";

interface KeyInputs {
  description?: string;
  keyUsage?: string;
  customerMasterKeySpec?: string;
  policy?: string;
  isEnabled?: boolean;
  enableKeyRotation?: boolean;
  rotationPeriodInDays?: number;
  deletionWindowInDays?: number;
  bypassPolicyLockoutSafetyCheck?: boolean;
  tags?: Record<string, string>;
}

interface AliasInputs {
  targetKeyId: string;
}

/** Inputs that would make a key of another kind. */
const keyInputsNotEmulated = ["customKeyStoreId", "xksKeyId", "multiRegion"];

/** The resource types of KMS. */
export function kmsResources(kms: Kms, account: Account): ResourceTypes {
  return {
    "aws:kms/key:Key": (request) => planKey(kms, account, request),
    "aws:kms/alias:Alias": (request) => planAlias(kms, account, request),
  };
}

function planKey(kms: Kms, account: Account, request: ResourceRequest): PlannedResource {
  refuseInputs(request, keyInputsNotEmulated);
  const inputs = request.inputs as KeyInputs;
  const keyId = stableUuid4(request, "keyId", "8");
  const {
    customerMasterKeySpec: keySpec = "SYMMETRIC_DEFAULT",
    isEnabled: enabled = true,
    keyUsage = "ENCRYPT_DECRYPT",
    // As the provider says it itself when the program gives none.
    description = "Managed by Pulumi",
  } = inputs;
  const rotation = inputs.enableKeyRotation && {
    rotationPeriodInDays: inputs.rotationPeriodInDays ?? defaultRotationPeriodInDays,
  };
  const definition = { ...inputs, keyId, keySpec, keyUsage, enabled, description };
  return {
    id: keyId,
    outputs: {
      enableKeyRotation: false,
      multiRegion: false,
      ...inputs,
      ...rotation,
      arn: regionalArn(account, "kms", `key/${keyId}`),
      keyId,
      description,
      keyUsage,
      customerMasterKeySpec: keySpec,
      isEnabled: enabled,
      policy: inputs.policy ?? JSON.stringify(defaultKeyPolicy(account)),
      region: account.region,
      tagsAll: inputs.tags ?? {},
    },
    create: () => {
      kms.createKey(definition);
    },
    update: () => {
      kms.updateKey(definition);
    },
    remove: () => {
      kms.deleteKey(keyId);
    },
    // Nobody can tell what there is.
    content: () => "what it has encrypted",
  };
}

function planAlias(kms: Kms, account: Account, request: ResourceRequest): PlannedResource {
  const { targetKeyId } = request.inputs as unknown as AliasInputs;
  const name = request.physicalName();
  const keyId = targetKeyId.slice(targetKeyId.lastIndexOf("/") + 1);
  return {
    id: name,
    outputs: {
      ...request.inputs,
      name,
      arn: regionalArn(account, "kms", name),
      targetKeyId: keyId,
      targetKeyArn: regionalArn(account, "kms", `key/${keyId}`),
      region: account.region,
    },
    create: () => {
      kms.createAlias(name, targetKeyId);
    },
    update: () => {
      kms.updateAlias(name, targetKeyId);
    },
    remove: () => {
      kms.deleteAlias(name);
    },
  };
}
