import type { ImageItem } from "../../handlers/images/images-table";

/** What calls to AWS have taken. */
export interface Usage {
  calls: number;
  /** Of DynamoDB, read and write: what a request of an item of its size is charged. */
  units: number;
}

/** A command of the SDK, by the name of its class. */
interface Command {
  constructor: { name: string };
  input: Record<string, unknown>;
}

/** Items of a page of a query at most, as of 1 MB of them. */
const mostOfPage = 1000;

/**
 * Stores that hold images of one user with one tag, and answer as DynamoDB and S3 do: in pages from a key on,
 * at no more cost for what is not asked for. They know what lists, deletes and the sweep ask.
 */
export class PagedStores {
  readonly usage: Usage = { calls: 0, units: 0 };
  readonly #rows: Map<string, ImageItem>;
  /** As every index has them, newest first. */
  readonly #ordered: readonly string[];
  readonly #positions: ReadonlyMap<string, number>;
  /** Keys of objects by what a search for them begins with. */
  readonly #objects: Map<string, string>;

  constructor(rows: readonly ImageItem[]) {
    this.#rows = new Map(rows.map((row) => [row.imageId, row]));
    this.#ordered = rows.map(({ imageId }) => imageId);
    this.#positions = new Map(this.#ordered.map((imageId, index) => [imageId, index]));
    this.#objects = new Map(rows.map(({ key }) => [key.slice(0, key.lastIndexOf(".")), key]));
  }

  /** Answers a command in the place of a client. */
  send(command: Command): Promise<object> {
    this.usage.calls++;
    const { input } = command;
    switch (command.constructor.name) {
      case "QueryCommand":
        return Promise.resolve(this.#query(input));
      case "GetCommand": {
        const item = this.#rows.get(idOf(input.Key));
        this.#count([item], 4096, 1);
        return Promise.resolve({ Item: item });
      }
      case "BatchGetCommand":
        return Promise.resolve(this.#batchGet(input.RequestItems as Record<string, BatchKeys>));
      case "TransactWriteCommand":
        return Promise.resolve(this.#transact(input.TransactItems as Actions));
      case "DeleteCommand":
        this.#count([this.#rows.get(idOf(input.Key))], 1024, 1);
        this.#rows.delete(idOf(input.Key));
        return Promise.resolve({});
      case "ListObjectVersionsCommand": {
        const key = this.#objects.get(String(input.Prefix));
        return Promise.resolve({
          Versions: key === undefined ? [] : [{ Key: key, VersionId: "1" }],
        });
      }
      case "DeleteObjectsCommand":
        return Promise.resolve({});
      default:
        throw new Error(`There is no answer to ${command.constructor.name}.`);
    }
  }

  /** In all of them, one partition has all. */
  #query(input: Record<string, unknown>): object {
    const start = input.ExclusiveStartKey;
    const from = start === undefined ? 0 : (this.#positions.get(idOf(start)) ?? 0) + 1;
    const limit = Number(input.Limit ?? mostOfPage);
    const ids = this.#ordered.slice(from, from + limit);
    const items = ids.flatMap((imageId) => this.#rows.get(imageId) ?? []);
    // Half a unit for 4 KB of all together, since indexes are read as they happen to be.
    this.usage.units += Math.ceil(bytesOf(items) / 4096) / 2;
    const last = ids.at(-1);
    const isMore = from + limit < this.#ordered.length;
    return {
      Items: items,
      ...(isMore && last !== undefined && { LastEvaluatedKey: { imageId: last } }),
    };
  }

  #batchGet(requested: Record<string, BatchKeys>): object {
    const responses = Object.entries(requested).map(([table, { Keys }]) => {
      const items = Keys.flatMap((key) => this.#rows.get(idOf(key)) ?? []);
      this.#count(items, 4096, 1);
      return [table, items] as const;
    });
    return { Responses: Object.fromEntries(responses) };
  }

  #transact(actions: Actions): object {
    for (const { Put } of actions) {
      if (Put) {
        this.#rows.set(Put.Item.imageId, Put.Item);
      }
      this.#count([Put?.Item], 1024, 2);
    }
    return {};
  }

  #count(items: readonly unknown[], unitBytes: number, factor: number): void {
    for (const item of items) {
      this.usage.units += Math.max(Math.ceil(bytesOf(item ?? "") / unitBytes), 1) * factor;
    }
  }
}

interface BatchKeys {
  Keys: unknown[];
}

type Actions = readonly { Put?: { Item: ImageItem } }[];

function idOf(key: unknown): string {
  return (key as { imageId: string }).imageId;
}

function bytesOf(value: unknown): number {
  return JSON.stringify(value).length;
}
