import { z } from "zod";

import type { Caller } from "../../api/caller";
import type { Structure } from "../../api/output";
import type { RestCall, RestOperation } from "../../api/rest-api";
import { AwsError } from "../../aws-error";
import { parseInput } from "../../parse-input";
import type { Account } from "../../types";
import { parseJson } from "../../../parse-json";
import { functionArn, functionReferenceOf, latest, nameShapes, qualified } from "../function-name";
import { paged } from "../paged";
import type { FunctionRegistry } from "../registered-function";
import { type Alias, requireAliasName } from "./alias";
import { configurationOf, revisionOf, settledConfigurationOf } from "./configuration";
import { requireRevision } from "./require-revision";

/** What the operations work with. */
interface VersionContext {
  account: Account;
  caller: Caller;
  lambda: Pick<
    FunctionRegistry,
    "aliases" | "deleteAlias" | "find" | "publishVersion" | "versions"
  >;
}

const revision = { RevisionId: z.string().optional() };
const description = { Description: z.string().max(256).optional() };
const routing = {
  RoutingConfig: z
    .object({ AdditionalVersionWeights: z.record(z.string(), z.number()).optional() })
    .nullish(),
};
const publishInput = z.object({ ...description, ...revision, CodeSha256: z.string().optional() });
const createInput = z.object({
  ...description,
  ...routing,
  Name: z.string(),
  FunctionVersion: z.string(),
});
const updateInput = z.object({
  ...description,
  ...revision,
  ...routing,
  FunctionVersion: z.string().optional(),
});

const versionsPath = "/2015-03-31/functions/{name}/versions";
const aliasesPath = "/2015-03-31/functions/{name}/aliases";

/** Versions, and the aliases that lead to them. */
export const versionRoutes: Readonly<Record<string, RestOperation<VersionContext>>> = {
  [`POST ${versionsPath}`]: operation(
    "PublishVersion",
    (name, call, { lambda }) => {
      const input = inputOf(publishInput, call);
      const { version: current } = lambda.find(name);
      requireCurrent(input, current.codeSha256, revisionOf(current));
      const published = lambda.publishVersion(name, input.Description);
      const arn = qualified(published.arn, published.version);
      return settledConfigurationOf(published, arn);
    },
    201,
  ),
  [`GET ${versionsPath}`]: operation("ListVersionsByFunction", (name, { query }, { lambda }) => {
    const versions = [lambda.find(name).version, ...lambda.versions.of(name)];
    const { items, next } = paged(versions, query);
    return {
      Versions: items.map((each) => configurationOf(each, qualified(each.arn, each.version))),
      NextMarker: next,
    };
  }),
  [`POST ${aliasesPath}`]: operation(
    "CreateAlias",
    (name, call, { account, lambda }) => {
      const input = inputOf(createInput, call);
      const alias = lambda.aliases.create({
        functionName: name,
        name: input.Name,
        version: input.FunctionVersion,
        description: input.Description,
        weights: input.RoutingConfig?.AdditionalVersionWeights,
      });
      return described(alias, account);
    },
    201,
  ),
  [`GET ${aliasesPath}`]: operation("ListAliases", (name, { query }, { account, lambda }) => {
    lambda.find(name);
    const version = query.get("FunctionVersion");
    const aliases = lambda.aliases
      .of(name)
      .filter((alias) => version === null || leadsTo(alias, version));
    const { items, next } = paged(aliases, query);
    return { Aliases: items.map((alias) => described(alias, account)), NextMarker: next };
  }),
  [`GET ${aliasesPath}/{alias}`]: operation("GetAlias", (name, { path }, context) => {
    const { account, lambda } = context;
    const { alias = "" } = path;
    lambda.find(name);
    const found = lambda.aliases.find(name, alias);
    if (!found) {
      const arn = qualified(functionArn(name, account), alias);
      throw new AwsError("ResourceNotFoundException", `Cannot find alias arn: ${arn}`, 404);
    }
    return described(found, account);
  }),
  [`PUT ${aliasesPath}/{alias}`]: operation("UpdateAlias", (name, call, { account, lambda }) => {
    const input = inputOf(updateInput, call);
    const { RoutingConfig: routed } = input;
    const alias = lambda.aliases.update(name, call.path.alias ?? "", {
      version: input.FunctionVersion,
      description: input.Description,
      // None in it: it is taken away.
      weights: routed ? (routed.AdditionalVersionWeights ?? {}) : undefined,
      revisionId: input.RevisionId,
    });
    return described(alias, account);
  }),
  [`DELETE ${aliasesPath}/{alias}`]: operation(
    "DeleteAlias",
    (name, { path }, { lambda }) => {
      lambda.deleteAlias(name, path.alias ?? "");
      return {};
    },
    204,
  ),
};

/**
 * Of one function, by its name: who may do it is asked of the function, whatever the alias.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
function operation(
  name: string,
  perform: (functionName: string, call: RestCall, context: VersionContext) => Structure,
  statusCode?: number,
): RestOperation<VersionContext> {
  return {
    name,
    ...(statusCode !== undefined && { statusCode }),
    perform: (call, context) => {
      const { name: reference = "", alias } = call.path;
      // Other than all of the others, what lists versions takes names of every kind.
      const isPlain = name !== "ListVersionsByFunction";
      const shape = isPlain ? nameShapes.plain : nameShapes.namespaced;
      const { name: functionName } = functionReferenceOf(reference, context.account, shape);
      if (alias !== undefined) {
        requireAliasName(alias);
      }
      context.caller.require(`lambda:${name}`, functionArn(functionName, context.account));
      return perform(functionName, call, context);
    },
  };
}

/** @throws AwsError `ValidationException`, `InvalidRequestContentException`. */
function inputOf<T>(schema: z.ZodType<T>, { body }: RestCall): T {
  const text = body.toString();
  const given = text === "" ? {} : parseJson(text);
  if (given === undefined) {
    throw new AwsError("InvalidRequestContentException", "Could not parse request body into json");
  }
  return parseInput(schema, given);
}

function requireCurrent(
  asked: { CodeSha256?: string | undefined; RevisionId?: string | undefined },
  codeSha256: string,
  revisionId: string,
): void {
  requireRevision(asked.RevisionId, revisionId);
  if ((asked.CodeSha256 ?? codeSha256) !== codeSha256) {
    throw new AwsError(
      "InvalidParameterValueException",
      `CodeSHA256 (${asked.CodeSha256}) is different from current CodeSHA256 in ${latest} (${codeSha256}). Please try again with the CodeSHA256 in ${latest}.`,
    );
  }
}

function leadsTo({ version, weights }: Alias, asked: string): boolean {
  return version === asked || asked in weights;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AliasConfiguration.html */
function described(alias: Alias, account: Account): Structure {
  const weights = Object.entries(alias.weights);
  return {
    AliasArn: qualified(functionArn(alias.functionName, account), alias.name),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RoutingConfig: weights.length > 0 ? { AdditionalVersionWeights: new Map(weights) } : undefined,
    RevisionId: alias.revisionId,
  };
}
