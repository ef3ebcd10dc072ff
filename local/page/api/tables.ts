import type { OperationInput } from "../../aws/dynamodb/operation-input";
import { isObject } from "../../is-object";
import { parseJson } from "../../parse-json";
import { invalid, notFound } from "../api-error";
import type { ApiRequest, ApiRoute } from "../api-routes";
import type { PageSources } from "../sources";
import { plainItem, type AttributeMap } from "./attribute-values";
import type { ItemsAnswer, KeySchema, TableInfo, TablesAnswer } from "./types";

/** How many items a page has. */
const pageSize = 50;

/** The tables, and their items page by page: all of them, or those that a key finds. */
export function tableRoutes({ dynamodb }: Pick<PageSources, "dynamodb">): ApiRoute[] {
  const describe = async (name: string): Promise<TableInfo> =>
    tableInfo((await dynamodb("DescribeTable", { TableName: name })) as DescribeTable);
  return [
    {
      method: "GET",
      path: "/api/tables",
      answer: async (): Promise<TablesAnswer> => {
        const names = await tableNames(dynamodb);
        return { tables: await Promise.all(names.map(describe)) };
      },
    },
    {
      method: "GET",
      path: "/api/tables/{name}/items",
      answer: async ({ params: { name = "" }, query }): Promise<ItemsAnswer> => {
        const table = await describe(name);
        const { operation, input } = readOf(table, query);
        const found = (await dynamodb(operation, input)) as FoundItems;
        return {
          table,
          items: found.Items.map(plainItem),
          ...(found.LastEvaluatedKey && { cursor: cursorOf(found.LastEvaluatedKey) }),
        };
      },
    },
  ];
}

/** Members of what DynamoDB answers, as far as they are read here. */
interface DescribeTable {
  Table: {
    TableName: string;
    AttributeDefinitions: { AttributeName: string; AttributeType: string }[];
    KeySchema: KeyElement[];
    GlobalSecondaryIndexes?: { IndexName: string; KeySchema: KeyElement[] }[];
    LocalSecondaryIndexes?: { IndexName: string; KeySchema: KeyElement[] }[];
  };
}

interface KeyElement {
  AttributeName: string;
  KeyType: string;
}

interface FoundItems {
  Items: AttributeMap[];
  LastEvaluatedKey?: AttributeMap;
}

async function tableNames(dynamodb: PageSources["dynamodb"]): Promise<string[]> {
  const names: string[] = [];
  let last: string | undefined;
  do {
    const page = (await dynamodb("ListTables", {
      ...(last !== undefined && { ExclusiveStartTableName: last }),
    })) as { TableNames: string[]; LastEvaluatedTableName?: string };
    names.push(...page.TableNames);
    last = page.LastEvaluatedTableName;
  } while (last !== undefined);
  return names;
}

function tableInfo({ Table: table }: DescribeTable): TableInfo {
  const keyOf = (elements: readonly KeyElement[]): KeySchema => {
    const [partition, sort] = ["HASH", "RANGE"].map((type) => {
      const name = elements.find(({ KeyType }) => KeyType === type)?.AttributeName;
      const definition = table.AttributeDefinitions.find((each) => each.AttributeName === name);
      return definition && { name: definition.AttributeName, type: definition.AttributeType };
    });
    return { partition: partition ?? { name: "", type: "S" }, ...(sort && { sort }) };
  };
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return {
    name: table.TableName,
    key: keyOf(table.KeySchema),
    indexes: indexes.map(({ IndexName, KeySchema }) => ({
      name: IndexName,
      key: keyOf(KeySchema),
    })),
  };
}

/** The operation that finds what the page's address asks for. */
function readOf(table: TableInfo, query: ApiRequest["query"]) {
  const indexName = query.get("index");
  const index = indexName === null ? table : table.indexes.find(({ name }) => name === indexName);
  if (!index) {
    throw notFound(`The table ${table.name} has no index ${JSON.stringify(indexName)}.`);
  }
  const cursor = query.get("cursor");
  const common = {
    TableName: table.name,
    Limit: pageSize,
    ...(indexName !== null && { IndexName: indexName }),
    ...(cursor !== null && { ExclusiveStartKey: keyOfCursor(cursor) }),
  };
  const partition = query.get("partition");
  return partition === null
    ? { operation: "Scan", input: common }
    : {
        operation: "Query",
        input: { ...common, ...keyCondition(index.key, partition, query.get("sort")) },
      };
}

/** Finds the items of one partition; those of some sort keys, where the page names what they begin with. */
function keyCondition(
  { partition, sort }: KeySchema,
  value: string,
  beginning: string | null,
): Partial<OperationInput> {
  const partitionValue = { [partition.type]: keyValue(partition, value) };
  if (!beginning || !sort) {
    return {
      KeyConditionExpression: "#p = :p",
      ExpressionAttributeNames: { "#p": partition.name },
      ExpressionAttributeValues: { ":p": partitionValue },
    };
  }
  // Numbers begin with nothing.
  const compares = sort.type === "N" ? "#s = :s" : "begins_with(#s, :s)";
  return {
    KeyConditionExpression: `#p = :p AND ${compares}`,
    ExpressionAttributeNames: { "#p": partition.name, "#s": sort.name },
    ExpressionAttributeValues: {
      ":p": partitionValue,
      ":s": { [sort.type]: keyValue(sort, beginning) },
    },
  };
}

function keyValue({ name, type }: KeySchema["partition"], value: string): string {
  if (type === "N" && (value.trim() === "" || Number.isNaN(Number(value)))) {
    throw invalid(`${name} is a number, not ${JSON.stringify(value)}.`);
  }
  if (type === "B" && Buffer.from(value, "base64").toString("base64") !== value) {
    throw invalid(`${name} is binary, in Base64, not ${JSON.stringify(value)}.`);
  }
  return value;
}

function cursorOf(key: AttributeMap): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

function keyOfCursor(cursor: string): AttributeMap {
  const key = parseJson(Buffer.from(cursor, "base64url").toString());
  if (!isObject(key)) {
    throw invalid("The cursor is none that this page has given.");
  }
  return key as AttributeMap;
}
