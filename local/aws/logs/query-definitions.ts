import { AwsError } from "../aws-error";

/** A saved query. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
export interface QueryDefinition {
  id: string;
  name: string;
  queryString: string;
  logGroupNames: readonly string[];
  /** Milliseconds since 1970. */
  lastModified: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const maxDefinitions = 1000;
const maxQueryLength = 10_000;
const maxLogGroups = 50;

/** Saved queries, by id. They are kept and shown; there is no Insights that would run them. */
export class QueryDefinitions {
  readonly #definitions = new Map<string, QueryDefinition>();
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** @throws AwsError as of {@link checkQueryDefinition}, and `LimitExceededException`. */
  put(definition: Omit<QueryDefinition, "lastModified">): void {
    checkQueryDefinition(definition);
    if (!this.#definitions.has(definition.id) && this.#definitions.size === maxDefinitions) {
      const message = `There are ${maxDefinitions} query definitions, the most of a region.`;
      throw new AwsError("LimitExceededException", message);
    }
    const lastModified = this.#clock().getTime();
    this.#definitions.set(definition.id, { ...definition, lastModified });
  }

  delete(id: string): void {
    this.#definitions.delete(id);
  }

  /** All, by name. */
  all(): QueryDefinition[] {
    return [...this.#definitions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** @throws AwsError `InvalidParameterException`. */
export function checkQueryDefinition({
  name,
  queryString,
  logGroupNames,
}: Pick<QueryDefinition, "logGroupNames" | "name" | "queryString">): void {
  demand(name.length >= 1 && name.length <= 255, "name must have 1 to 255 characters");
  demand(
    queryString.length >= 1 && queryString.length <= maxQueryLength,
    `queryString must have 1 to ${maxQueryLength} characters, not ${queryString.length}`,
  );
  demand(
    logGroupNames.length <= maxLogGroups,
    `a query reads ${maxLogGroups} log groups at most, not ${logGroupNames.length}`,
  );
}

function demand(isSo: boolean, problem: string): void {
  if (!isSo) {
    throw new AwsError("InvalidParameterException", `Invalid query definition: ${problem}.`);
  }
}
