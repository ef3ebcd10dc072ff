import assert from "node:assert/strict";
import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { ImageItem } from "../../handlers/shared/images-table";
import type { TagEntry } from "../../handlers/shared/tags-table";
import type { Fixture } from "../local/aws/s3/fixture";
import { useDynamoDb } from "./dynamodb";
import { imagesTable, tagsTable } from "./image-tables";
import { useS3 } from "./s3";
import { settings } from "./support";

/** What the stack keeps of images, as an administrator sees it. */
export class ImagesCloud {
  readonly #s3: Fixture;
  readonly documents: DynamoDBDocumentClient;

  constructor(s3: Fixture, documents: DynamoDBDocumentClient) {
    this.#s3 = s3;
    this.documents = documents;
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

  /** Keys of all versions and delete markers. */
  async versions(): Promise<string[]> {
    const { Versions = [], DeleteMarkers = [] } = await this.#s3.client.send(
      new ListObjectVersionsCommand({ Bucket: settings.IMAGES_BUCKET }),
    );
    return [...Versions, ...DeleteMarkers].map(({ Key = "" }) => Key);
  }

  async read(key: string): Promise<Buffer> {
    const { Body } = await this.#s3.client.send(
      new GetObjectCommand({ Bucket: settings.IMAGES_BUCKET, Key: key }),
    );
    assert.ok(Body);
    return Buffer.from(await Body.transformToByteArray());
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
    const left = [await this.rows(), await this.tagEntries(), await this.versions()];
    assert.deepEqual(left, [[], [], []]);
  }

  async #scan<Item>(table: string): Promise<Item[]> {
    const { Items } = await this.documents.send(new ScanCommand({ TableName: table }));
    return (Items ?? []) as Item[];
  }
}

/**
 * Runs S3 and DynamoDB with an empty images bucket and empty tables around every test of a suite,
 * and points the SDK to them.
 *
 * @returns what gives it, during a test. Use after `useSdkSettings`.
 */
export function useImagesCloud(): () => ImagesCloud {
  const dynamoDb = useDynamoDb(imagesTable, tagsTable);
  const s3 = useS3(settings.IMAGES_BUCKET);
  let cloud: ImagesCloud;
  beforeEach(() => {
    cloud = new ImagesCloud(s3(), DynamoDBDocumentClient.from(dynamoDb().client));
  });
  return () => cloud;
}
