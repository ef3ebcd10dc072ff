import assert from "node:assert/strict";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  ScanCommand,
} from "@aws-sdk/lib-dynamodb";
import type { ImageItem } from "../../handlers/images/images-table";
import type { TagEntry } from "../../handlers/images/tags-table";
import type { TableDefinition } from "../../local/aws/dynamodb/table-definition";
import type { Fixture } from "../../local/tests/aws/s3/fixture";
import { useDynamoDb } from "./dynamodb";
import { type Edge, useEdge } from "./edge";
import { imagesTable, tagsTable } from "./image-tables";
import { useS3 } from "./s3";
import { settings } from "./support";

/** What the stack keeps of images, as an administrator sees it. */
export class ImagesCloud {
  readonly #s3: Fixture;
  readonly documents: DynamoDBDocumentClient;
  readonly edge: Edge;

  constructor(s3: Fixture, documents: DynamoDBDocumentClient, edge: Edge) {
    this.#s3 = s3;
    this.documents = documents;
    this.edge = edge;
  }

  async rows(): Promise<ImageItem[]> {
    return await this.#scan<ImageItem>(settings.IMAGES_TABLE);
  }

  async row(imageId: string): Promise<ImageItem | undefined> {
    const { Item } = await this.documents.send(
      new GetCommand({ TableName: settings.IMAGES_TABLE, Key: { imageId }, ConsistentRead: true }),
    );
    return Item as ImageItem | undefined;
  }

  async tagEntries(): Promise<TagEntry[]> {
    return await this.#scan<TagEntry>(settings.TAGS_TABLE);
  }

  /** Keys of all versions and delete markers of originals, or of what another bucket has. */
  async versions(Bucket: string = settings.IMAGES_BUCKET): Promise<string[]> {
    const { Versions = [], DeleteMarkers = [] } = await this.#s3.client.send(
      new ListObjectVersionsCommand({ Bucket }),
    );
    return [...Versions, ...DeleteMarkers].map(({ Key = "" }) => Key);
  }

  /** Ids of the versions of one original, newest first. */
  async versionIds(key: string): Promise<string[]> {
    const { Versions = [] } = await this.#s3.client.send(
      new ListObjectVersionsCommand({ Bucket: settings.IMAGES_BUCKET, Prefix: key }),
    );
    return Versions.map(({ VersionId = "" }) => VersionId);
  }

  /** Forgets answers but no claims of keys, as if functions had crashed before they were stored. */
  async forgetAnswers(): Promise<void> {
    const TableName = settings.IDEMPOTENCY_TABLE;
    for (const { id } of await this.#scan<{ id: string }>(TableName)) {
      if (id.startsWith("answer#")) {
        await this.documents.send(new DeleteCommand({ TableName, Key: { id } }));
      }
    }
  }

  async read(key: string): Promise<Buffer> {
    const { Body } = await this.#s3.client.send(
      new GetObjectCommand({ Bucket: settings.IMAGES_BUCKET, Key: key }),
    );
    assert.ok(Body);
    return Buffer.from(await Body.transformToByteArray());
  }

  /** Keys of all versions and delete markers of renditions. */
  async renditions(): Promise<string[]> {
    return await this.versions(settings.RENDITIONS_BUCKET);
  }

  /** @returns its key. */
  async storeRendition(imageId: string, operations = "width-200"): Promise<string> {
    const Key = `i/${imageId}/${operations}`;
    await this.#s3.client.send(
      new PutObjectCommand({ Bucket: settings.RENDITIONS_BUCKET, Key, Body: "small" }),
    );
    return Key;
  }

  /** @returns the version's id. */
  async store(key: string, body: Uint8Array): Promise<string> {
    const { VersionId } = await this.#s3.client.send(
      new PutObjectCommand({ Bucket: settings.IMAGES_BUCKET, Key: key, Body: body }),
    );
    assert.ok(VersionId);
    return VersionId;
  }

  /** Nothing is left of any image: no row, no entry of a tag, no version of an object. */
  async assertEmpty(): Promise<void> {
    assert.deepEqual(await this.rows(), []);
    await this.assertHidden();
  }

  /** Nothing is left but rows that wait for the sweep, when no write can be under way any more. */
  async assertHidden(): Promise<void> {
    const shown = (await this.rows()).filter(({ state }) => state !== "deleting");
    const left = [await this.tagEntries(), await this.versions(), await this.renditions()];
    assert.deepEqual([shown, ...left], [[], [], [], []]);
  }

  async #scan<Item>(table: string): Promise<Item[]> {
    const { Items } = await this.documents.send(new ScanCommand({ TableName: table }));
    return (Items ?? []) as Item[];
  }
}

/**
 * Runs S3, DynamoDB and an edge with empty buckets and tables around every test of a suite,
 * and points the SDK to them.
 *
 * @param others further tables.
 * @returns what gives it, during a test. Use after `useSdkSettings`.
 */
export function useImagesCloud(...others: TableDefinition[]): () => ImagesCloud {
  const dynamoDb = useDynamoDb(imagesTable, tagsTable, ...others);
  const s3 = useS3(settings.IMAGES_BUCKET);
  const edge = useEdge();
  let cloud: ImagesCloud;
  beforeEach(async () => {
    cloud = new ImagesCloud(s3(), DynamoDBDocumentClient.from(dynamoDb().client), edge());
    const { client } = s3();
    const Bucket = settings.RENDITIONS_BUCKET;
    await client.send(new CreateBucketCommand({ Bucket }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  });
  return () => cloud;
}
