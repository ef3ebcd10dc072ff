import type { Kms } from "../aws/kms/kms";
import type { Account } from "../aws/types";
import type { ResourceRequest, ResourceState, ResourceTypes } from "./resource";

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

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
const defaultRotationPeriodInDays = 365;

/** The resource types of KMS. */
export function kmsResources(kms: Kms, account: Account): ResourceTypes {
  return {
    "aws:kms/key:Key": (request) => Promise.resolve(createKey(kms, account, request)),
    "aws:kms/alias:Alias": (request) => Promise.resolve(createAlias(kms, account, request)),
  };
}

function createKey(kms: Kms, account: Account, request: ResourceRequest): ResourceState {
  for (const input of keyInputsNotEmulated) {
    if (request.inputs[input]) {
      throw new Error(`${request.name}: the local cloud does not emulate ${input}`);
    }
  }
  const inputs = request.inputs as KeyInputs;
  const { customerMasterKeySpec: keySpec, isEnabled: enabled } = inputs;
  const key = kms.createKey({
    ...inputs,
    keyId: uuid(request),
    ...(keySpec !== undefined && { keySpec }),
    ...(enabled !== undefined && { enabled }),
    // As the provider says it itself when the program gives none.
    description: inputs.description ?? "Managed by Pulumi",
  });
  const rotation = inputs.enableKeyRotation && {
    rotationPeriodInDays: inputs.rotationPeriodInDays ?? defaultRotationPeriodInDays,
  };
  return {
    id: key.keyId,
    outputs: {
      enableKeyRotation: false,
      multiRegion: false,
      ...inputs,
      ...rotation,
      arn: key.arn,
      keyId: key.keyId,
      description: key.description,
      keyUsage: key.usage,
      customerMasterKeySpec: key.spec,
      isEnabled: key.enabled,
      policy: inputs.policy ?? JSON.stringify(key.policy),
      region: account.region,
      tagsAll: inputs.tags ?? {},
    },
  };
}

function createAlias(kms: Kms, account: Account, request: ResourceRequest): ResourceState {
  const { targetKeyId } = request.inputs as unknown as AliasInputs;
  // Without a name, the logical name has to begin with "alias/": Pulumi does not put it in front.
  const name = request.physicalName();
  const { arn, key } = kms.createAlias(name, targetKeyId);
  return {
    id: name,
    outputs: {
      ...request.inputs,
      name,
      arn,
      targetKeyId: key.keyId,
      targetKeyArn: key.arn,
      region: account.region,
    },
  };
}

/** A UUID of version 4. */
function uuid(request: ResourceRequest): string {
  const hex = request.stableId("keyId", 30, "0123456789abcdef");
  return hex.replace(/^(.{8})(.{4})(.{3})(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
