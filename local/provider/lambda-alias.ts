import { isDeepStrictEqual } from "node:util";

import { functionUri } from "../aws/apigateway/openapi/function-uri";
import { functionArn, functionNameOf, qualified } from "../aws/lambda/function-name";
import type { Lambda } from "../aws/lambda/lambda";
import { checkAlias, type Alias, type AliasDefinition } from "../aws/lambda/versions/alias";
import type { Account } from "../aws/types";
import type { PlannedResource, Properties, ResourceRequest } from "./resource";

interface AliasInputs {
  description?: string;
  functionName: string;
  functionVersion: string;
  routingConfig?: { additionalVersionWeights?: Record<string, number> };
}

/**
 * Plans an alias of a function. Lambda keeps it over restarts, since others than the program move it, too:
 * an alias that is there is changed only where its inputs are.
 */
export function planAlias(
  lambda: Lambda,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const inputs = request.inputs as unknown as AliasInputs;
  const functionName = functionNameOf(inputs.functionName, account);
  const name = request.physicalName();
  const target = targetOf(inputs);
  const definition: AliasDefinition = { functionName, name, ...target };
  // Whether the function has the versions shows once it is there.
  checkAlias(definition, { arn: functionArn(functionName, account), has: () => true });
  const arn = qualified(functionArn(functionName, account), name);
  const find = () => lambda.aliases.find(functionName, name);
  const update = () => {
    lambda.aliases.update(functionName, name, target);
  };
  const { existing } = request;
  return {
    id: arn,
    outputs: {
      ...request.inputs,
      name,
      arn,
      invokeArn: functionUri(account, arn),
      region: account.region,
    },
    create: () => {
      if (!existing || !find()) {
        lambda.aliases.create(definition);
      } else if (!isDeepStrictEqual(targetOf(existing.outputs), target)) {
        update();
      }
    },
    update,
    restore: () => {
      if (!find()) {
        lambda.aliases.create(definition);
      }
    },
    remove: () => {
      lambda.deleteAlias(functionName, name);
    },
    read: () => {
      const alias = find();
      return alias && { ...request.inputs, ...inputsOf(alias) };
    },
  };
}

/** Where an alias leads, and what is said of it. */
function targetOf(
  inputs: Pick<AliasInputs, "description" | "routingConfig"> | Properties,
): Required<Pick<AliasDefinition, "description" | "version" | "weights">> {
  const { description = "", functionVersion, routingConfig } = inputs as unknown as AliasInputs;
  const { additionalVersionWeights: weights = {} } = routingConfig ?? {};
  return { description, version: functionVersion, weights };
}

/** What an alias says now where its inputs may say something else. */
function inputsOf({ version, description, weights }: Alias): Properties {
  return {
    functionVersion: version,
    description: description === "" ? undefined : description,
    routingConfig:
      Object.keys(weights).length === 0 ? undefined : { additionalVersionWeights: weights },
  };
}
