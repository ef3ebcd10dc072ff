import { AwsError } from "../aws/aws-error";
import { functionArn } from "../aws/lambda/function-name";
import { invalidMember } from "../aws/lambda/invalid-member";
import type { Lambda } from "../aws/lambda/lambda";
import {
  checkFunctionUrlConfig,
  type CorsConfig,
  type FunctionUrlAuthType,
  type FunctionUrlConfig,
} from "../aws/lambda/urls/function-url-config";
import type { Account } from "../aws/types";
import { withQualifier } from "./lambda-qualifier";
import type { PlannedResource, ResourceRequest } from "./resource";

interface FunctionUrlInputs {
  authorizationType: FunctionUrlAuthType;
  cors?: CorsConfig;
  functionName: string;
  invokeMode?: string;
  qualifier?: string;
}

const urlIdLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Plans the URL of a function, which is known before it is there. */
export async function planFunctionUrl(
  lambda: Lambda,
  account: Account,
  request: ResourceRequest,
): Promise<PlannedResource> {
  const inputs = request.inputs as unknown as FunctionUrlInputs;
  const { authorizationType, cors, invokeMode = "BUFFERED" } = inputs;
  requireAlias(inputs.qualifier);
  const functionName = withQualifier(inputs.functionName, inputs.qualifier, account);
  const config: FunctionUrlConfig = {
    authType: authorizationType,
    invokeMode,
    ...(cors !== undefined && { cors }),
  };
  checkFunctionUrlConfig(config);
  const urlId = request.stableId("url", 32, urlIdLetters);
  return {
    id: functionName.replace(":", "/"),
    outputs: {
      ...request.inputs,
      functionArn: functionArn(functionName, account),
      functionUrl: `http://${await lambda.urls.hostOf(functionName)}/`,
      invokeMode,
      region: account.region,
      urlId,
    },
    create: async () => {
      await lambda.createFunctionUrlConfig({ functionName, urlId, config });
      openToPublic(lambda, functionName, authorizationType);
    },
    update: () => {
      lambda.urls.update(functionName, config);
      openToPublic(lambda, functionName, authorizationType);
    },
    remove: () => {
      lambda.urls.delete(functionName);
    },
  };
}

/** @throws AwsError `ValidationException`: versions have no URLs, nor has `$LATEST` as such. */
function requireAlias(qualifier: string | undefined): void {
  const pattern = /^(?!\d+$)[0-9a-zA-Z_-]+$/;
  if (qualifier !== undefined && !pattern.test(qualifier)) {
    throw invalidMember(
      "qualifier",
      qualifier,
      String.raw`Member must satisfy regular expression pattern: ((?!^\d+$)^[0-9a-zA-Z-_]+$)`,
    );
  }
}

/** As the provider does for URLs that need no signature; AWS by itself lets nobody call them. */
function openToPublic(lambda: Lambda, functionName: string, authType: FunctionUrlAuthType): void {
  if (authType !== "NONE") {
    return;
  }
  const anybody = { functionName, principal: "*" };
  const url = { action: "lambda:InvokeFunctionUrl", functionUrlAuthType: authType };
  const byUrl = { action: "lambda:InvokeFunction", invokedViaFunctionUrl: true };
  allow(lambda, { ...anybody, ...url, statementId: "FunctionURLAllowPublicAccess" });
  allow(lambda, { ...anybody, ...byUrl, statementId: "FunctionURLInvokeAllowPublicAccess" });
}

function allow(lambda: Lambda, permission: Parameters<Lambda["addPermission"]>[0]): void {
  try {
    lambda.addPermission(permission);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "ResourceConflictException") {
      throw error;
    }
  }
}
