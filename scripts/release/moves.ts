import {
  GetAliasCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
} from "@aws-sdk/client-lambda";
import type { Released } from "./connect";

/** A function whose requests are to be moved from a version to another. */
export interface Move {
  released: Released;
  from: string;
  to: string;
}

/** Where requests of a function go. */
export interface Routing {
  /** The version that the alias names. */
  version: string;
  /** Part of the requests, from 0 to 1, that goes to another version while these are moved. */
  weights: Readonly<Record<string, number>>;
}

/** Where the requests of a function go. */
export async function routingOf(
  lambda: LambdaClient,
  { function: FunctionName, alias: Name }: Released,
): Promise<Routing> {
  const { FunctionVersion = "", RoutingConfig } = await lambda.send(
    new GetAliasCommand({ FunctionName, Name }),
  );
  return { version: FunctionVersion, weights: RoutingConfig?.AdditionalVersionWeights ?? {} };
}

/** The version that was published last: they are numbered. */
export async function newestVersion(
  lambda: LambdaClient,
  { function: FunctionName }: Released,
): Promise<string> {
  const numbers: number[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction(
    { client: lambda },
    { FunctionName },
  )) {
    numbers.push(...Versions.map(({ Version }) => Number(Version)).filter(Number.isInteger));
  }
  return String(Math.max(...numbers));
}

/** The move as it is told. */
export function nameOf({ released, from, to }: Move): string {
  return `${released.operation} ${from} -> ${to}`;
}
