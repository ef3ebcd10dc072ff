import type { ParameterDefinition, ParameterTier, ParameterType } from "../aws/ssm/parameter";
import { checkDefinition, defaultKeyId, tierOf } from "../aws/ssm/parameter";
import type { Ssm } from "../aws/ssm/ssm";
import type { Account } from "../aws/types";
import { NotEmulated, refuseInputs } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

interface ParameterInputs {
  allowedPattern?: string;
  dataType?: string;
  description?: string;
  insecureValue?: string;
  keyId?: string;
  overwrite?: boolean;
  tags?: Record<string, string>;
  tier?: ParameterTier;
  type: ParameterType;
  value?: string;
}

/** Inputs that are not kept in the state, from which the local cloud brings parameters back. */
const inputsNotEmulated = ["valueWo", "valueWoVersion", "arn"];

/** The resource types of Systems Manager. */
export function ssmResources(ssm: Ssm, account: Account): ResourceTypes {
  return {
    "aws:ssm/parameter:Parameter": (request) => planParameter(ssm, account, request),
  };
}

function planParameter(ssm: Ssm, account: Account, request: ResourceRequest): PlannedResource {
  refuseInputs(request, inputsNotEmulated);
  const inputs = request.inputs as unknown as ParameterInputs;
  const { dataType = "text", insecureValue = "", keyId = "", overwrite, tags = {}, type } = inputs;
  if (dataType !== "text") {
    // AWS looks whether there is such an image or integration.
    throw new NotEmulated(request, `parameters of the data type ${dataType}`);
  }
  const definition = definitionOf(request.physicalName(), inputs);
  checkDefinition(definition);
  return {
    id: definition.name,
    outputs: {
      ...inputs,
      arn: ssm.arn(definition.name),
      dataType,
      hasValueWo: false,
      insecureValue,
      keyId: type === "SecureString" ? (definition.keyId ?? defaultKeyId) : keyId,
      name: definition.name,
      region: account.region,
      tagsAll: tags,
      tier: tierOf(definition),
      // With an insecure value, that one is read back into it alone.
      value: insecureValue === "" ? definition.value : "",
      version: ssm.versionOf(definition),
    },
    secretOutputs: ["value"],
    create: () => {
      ssm.createParameter(definition, overwrite);
    },
    update: () => {
      ssm.putParameter(definition);
    },
    remove: () => {
      ssm.deleteParameter(definition.name);
    },
  };
}

function definitionOf(
  name: string,
  { insecureValue, value, type, tier, keyId, allowedPattern, description, tags }: ParameterInputs,
): ParameterDefinition {
  return {
    name,
    type,
    value: insecureValue ?? value ?? "",
    ...(tier !== undefined && { tier }),
    ...(type === "SecureString" && keyId !== undefined && { keyId }),
    ...(allowedPattern !== undefined && { allowedPattern }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags }),
  };
}
