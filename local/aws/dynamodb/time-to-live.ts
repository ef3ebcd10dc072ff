import { AwsError } from "../aws-error";
import type { Engine } from "./engine";
import type { AttributeMap } from "./operation-input";
import type { TableDefinition } from "./table-definition";
import type { TableStore } from "./table-store";

/**
 * Items that expired longer ago stay, lest a value in the wrong unit empties a table.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
 */
const maxAgeYears = 5;

/** Only numbers match: in DynamoDB, values of different types do not compare. */
const isExpired = "#expiry < :now AND #expiry > :oldest";

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html */
const timeToLive = { Type: "Service", PrincipalId: "dynamodb.amazonaws.com" };

interface Page {
  Items: AttributeMap[];
  LastEvaluatedKey?: AttributeMap;
}

/** Removes items whose time is over. Until it has, reads return them, as in AWS. */
export class TimeToLive {
  readonly #engine: Pick<Engine, "call">;
  readonly #tables: TableStore;
  readonly #clock: () => Date;

  constructor(engine: Pick<Engine, "call">, tables: TableStore, clock: () => Date) {
    this.#engine = engine;
    this.#tables = tables;
    this.#clock = clock;
  }

  async sweep(): Promise<void> {
    for (const table of this.#tables.definitions()) {
      if (table.TimeToLiveAttribute !== undefined) {
        await this.#sweepTable(table, this.#expressions(table.TimeToLiveAttribute));
      }
    }
  }

  #expressions(attribute: string): object {
    const now = this.#clock();
    const oldest = new Date(now);
    oldest.setUTCFullYear(now.getUTCFullYear() - maxAgeYears);
    return {
      ExpressionAttributeNames: { "#expiry": attribute },
      ExpressionAttributeValues: { ":now": epochSeconds(now), ":oldest": epochSeconds(oldest) },
    };
  }

  async #sweepTable({ TableName, KeySchema }: TableDefinition, expressions: object): Promise<void> {
    let ExclusiveStartKey: AttributeMap | undefined;
    do {
      const scan = { TableName, FilterExpression: isExpired, ...expressions, ExclusiveStartKey };
      const page = (await this.#engine.call("Scan", scan)) as Page;
      for (const item of page.Items) {
        const Key = Object.fromEntries(
          KeySchema.map(({ AttributeName }) => [AttributeName, item[AttributeName]]),
        );
        await this.#delete({ TableName, Key, ConditionExpression: isExpired, ...expressions });
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
  }

  async #delete(input: object): Promise<void> {
    try {
      await this.#engine.call("DeleteItem", input, timeToLive);
    } catch (error) {
      const isRenewed =
        error instanceof AwsError && error.code === "ConditionalCheckFailedException";
      if (!isRenewed) {
        throw error;
      }
    }
  }
}

function epochSeconds(date: Date): { N: string } {
  return { N: String(Math.floor(date.getTime() / 1000)) };
}
