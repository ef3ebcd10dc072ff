import { z } from "zod";
import { pageOf } from "../api/page-of";
import { AwsError } from "../aws-error";
import { parseInput, refuseParameters } from "../parse-input";
import { tagList } from "../tag-list";
import { described, parameterName } from "./operations";
import type { DeclaredParameter, Operation } from "./operations";
import { requirePath, tierOf } from "./parameter";
import { filterOf, parameterFilters } from "./parameter-filters";

const page = { NextToken: z.string().optional() };

const describeInput = z.object({
  ...page,
  MaxResults: z.int().min(1).max(50).default(50),
  ParameterFilters: parameterFilters,
});

const byPathInput = z.object({
  ...page,
  Path: z.string().min(1).max(2048),
  Recursive: z.boolean().default(false),
  WithDecryption: z.boolean().default(false),
  MaxResults: z.int().min(1).max(10).default(10),
  ParameterFilters: parameterFilters,
});

const historyInput = z.object({
  ...page,
  Name: parameterName,
  WithDecryption: z.boolean().default(false),
  MaxResults: z.int().min(1).max(50).default(50),
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
const tagsInput = z.object({
  ResourceType: z.enum([
    "Document",
    "ManagedInstance",
    "MaintenanceWindow",
    "Parameter",
    "PatchBaseline",
    "OpsItem",
    "OpsMetadata",
    "Automation",
    "Association",
    "CloudConnector",
  ]),
  ResourceId: z.string(),
});

/** What lists parameters. https://docs.aws.amazon.com/systems-manager/latest/APIReference/ */
export const viewOperations: Readonly<Record<string, Operation>> = {
  DescribeParameters: (input, { caller, declared }) => {
    caller.require("ssm:DescribeParameters", "*");
    const { ParameterFilters, MaxResults, NextToken } = parseInput(describeInput, input);
    refuseParameters(input, ["Filters", "Shared"], "DescribeParameters of SSM");
    const passes = filterOf(ParameterFilters, "described");
    const all = declared().filter(passes);
    const { items, nextToken } = pageOf(all, NextToken, MaxResults, invalidToken);
    return { Parameters: items.map(metadata), NextToken: nextToken };
  },
  GetParameterHistory: (input, context) => {
    const { Name, WithDecryption, MaxResults, NextToken } = parseInput(historyInput, input);
    const found = context.authorizedParameter(Name, "ssm:GetParameterHistory");
    const record = context.declared().find(({ arn }) => arn === found.arn);
    const { items, nextToken } = pageOf(
      record?.versions ?? [],
      NextToken,
      MaxResults,
      invalidToken,
    );
    return {
      Parameters: items.map((version) => {
        const shown = described({ ...found, ...version }, WithDecryption, context);
        const more = { KeyId: version.keyId, ARN: undefined };
        return { ...shown, ...(record && furtherMetadata(record)), ...more };
      }),
      NextToken: nextToken,
    };
  },
  GetParametersByPath: (input, context) => {
    const { Path, Recursive, WithDecryption, MaxResults, NextToken, ParameterFilters } = parseInput(
      byPathInput,
      input,
    );
    requirePath(Path);
    const passes = filterOf(ParameterFilters, "byPath");
    const folder = Path.endsWith("/") ? Path : `${Path}/`;
    const [parameter] = context.declared();
    const prefix = parameter?.arn.replace(/parameter\/.*$/, "parameter") ?? "*";
    context.caller.require("ssm:GetParametersByPath", prefix + folder.replace(/(.)\/$/, "$1"));
    // Who may see a path may see all that is below it.
    const found = context
      .declared()
      .filter(passes)
      .flatMap(({ arn, definition: { name }, versions }) =>
        versions.slice(-1).map((latest) => ({ ...latest, name, arn })),
      )
      .filter(({ name }) => name.startsWith(folder))
      .filter(({ name }) => Recursive || !name.slice(folder.length).includes("/"));
    const { items, nextToken } = pageOf(found, NextToken, MaxResults, invalidToken);
    return {
      Parameters: items.map((parameter) => described(parameter, WithDecryption, context)),
      NextToken: nextToken,
    };
  },
  ListTagsForResource: (input, { caller, declared }) => {
    const { ResourceType, ResourceId } = parseInput(tagsInput, input);
    const found = declared().find(({ definition }) => definition.name === ResourceId);
    caller.require("ssm:ListTagsForResource", found?.arn ?? "*");
    if (ResourceType !== "Parameter" || !found) {
      throw new AwsError("InvalidResourceId", "");
    }
    return { TagList: tagList(found.definition.tags ?? {}) };
  },
};

function metadata(parameter: DeclaredParameter) {
  const latest = parameter.versions.at(-1);
  return {
    Name: parameter.definition.name,
    ARN: parameter.arn,
    Type: parameter.definition.type,
    KeyId: latest?.keyId,
    LastModifiedDate: new Date(latest?.modifiedAt ?? 0),
    Version: latest?.version,
    ...furtherMetadata(parameter),
  };
}

function furtherMetadata({ definition, modifiedBy }: DeclaredParameter) {
  return {
    LastModifiedUser: modifiedBy,
    Description: definition.description,
    AllowedPattern: definition.allowedPattern,
    Tier: tierOf(definition),
    Policies: [],
    DataType: "text",
  };
}

function invalidToken(): AwsError {
  return new AwsError("InvalidNextToken", "The specified token isn't valid.");
}
