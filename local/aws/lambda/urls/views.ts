import type { Account } from "../../types";
import { functionArn, nameShapes, qualified, qualifierShapes } from "../function-name";
import { configsAtOnce, functionView, type View } from "../function-view";
import { noResource, notFound } from "../no-resource";
import { paged } from "../paged";
import type { FunctionRegistry } from "../registered-function";
import type { FunctionUrl } from "./function-urls";

const ofUrls = { shape: nameShapes.url, qualifierShape: qualifierShapes.url };

/** URLs are made and changed by the program alone. */
export const urlRoutes: Readonly<Record<string, View>> = {
  "GET /2021-10-31/functions/{name}/url": functionView(
    "GetFunctionUrlConfig",
    async ({ name, qualifier }, { account, lambda }) => {
      const url = await lambda.urls.find(qualified(name, qualifier));
      if (!url) {
        throw noResource();
      }
      return urlConfigOf(url, lambda, account);
    },
    { ...ofUrls, missing: noResource },
  ),
  "GET /2021-10-31/functions/{name}/urls": functionView(
    "ListFunctionUrlConfigs",
    async ({ name }, { account, lambda }, { query }) => {
      const { items, next } = paged(await lambda.urls.of(name), query, { most: configsAtOnce });
      return {
        FunctionUrlConfigs: items.map((url) => urlConfigOf(url, lambda, account)),
        NextMarker: next,
      };
    },
    { ...ofUrls, missing: () => notFound("Function does not exist") },
  ),
};

function urlConfigOf(
  { functionName, url, config }: FunctionUrl & { url: string },
  lambda: FunctionRegistry,
  account: Account,
) {
  const { cors } = config;
  const at = lambda.find(functionName).version.deployedAt.toISOString();
  return {
    FunctionUrl: url,
    FunctionArn: functionArn(functionName, account),
    AuthType: config.authType,
    InvokeMode: config.invokeMode ?? "BUFFERED",
    CreationTime: at,
    LastModifiedTime: at,
    Cors: cors && {
      AllowCredentials: cors.allowCredentials,
      AllowHeaders: cors.allowHeaders,
      AllowMethods: cors.allowMethods,
      AllowOrigins: cors.allowOrigins,
      ExposeHeaders: cors.exposeHeaders,
      MaxAge: cors.maxAge,
    },
  };
}
