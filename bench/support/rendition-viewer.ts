import { readdirSync } from "node:fs";
import path from "node:path";
import { CloudFrontClient, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import { ListObjectVersionsCommand, S3Client } from "@aws-sdk/client-s3";
import { renditionsPrefix } from "../../handlers/renditions/rendition-keys";
import { readJson } from "../../local/aws/files";

/** A rendition as a viewer gets it. */
export interface Viewed {
  /** From the request to the last byte. */
  milliseconds: number;
  bytes: number;
  /** Whether it was in the edge's cache. */
  isHit: boolean;
}

const octetStream = "application/octet-stream";

interface Outputs {
  apiUrl: string;
  apiKey: string;
  renditionsBucket: string;
}

interface Endpoints {
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  s3: string;
  cloudfront: string;
  /** Addresses without TLS by the hosts of distributions. */
  cdnPlainHttp: Record<string, string>;
}

/** Looks at renditions of a local run's images, and behind its edge. */
export class RenditionViewer {
  readonly #outputs: Outputs;
  readonly #endpoints: Endpoints;
  readonly #distributionId: string;
  readonly #s3: S3Client;
  readonly #cloudFront: CloudFrontClient;

  /** @param dataDir of the local run. */
  constructor(dataDir: string) {
    this.#outputs = readJson(path.join(dataDir, "outputs.json")) as Outputs;
    this.#endpoints = readJson(path.join(dataDir, "endpoints.json")) as Endpoints;
    this.#distributionId = findDistribution(path.join(dataDir, "resources"));
    const { region, accessKeyId, secretAccessKey, s3, cloudfront } = this.#endpoints;
    const client = { region, credentials: { accessKeyId, secretAccessKey } };
    this.#s3 = new S3Client({ ...client, endpoint: s3, forcePathStyle: true });
    this.#cloudFront = new CloudFrontClient({ ...client, endpoint: cloudfront });
  }

  /** @returns the image's id. */
  async upload(image: Buffer): Promise<string> {
    const body = new Uint8Array(image);
    const answer = await this.#call("/images?userId=bench", { method: "POST", body });
    return (answer as { imageId: string }).imageId;
  }

  /** @param query operations, such as `width=640&format=webp`. */
  async sign(imageId: string, query: string): Promise<string> {
    const answer = await this.#call(`/images/${imageId}/url?${query}`);
    const url = new URL((answer as { url: string }).url);
    return url.href.replace(url.origin, this.#endpoints.cdnPlainHttp[url.host] ?? url.origin);
  }

  /** @throws Error when it is not answered with an image. */
  async view(url: string): Promise<Viewed> {
    const start = performance.now();
    const response = await fetch(url);
    const bytes = (await response.arrayBuffer()).byteLength;
    const milliseconds = performance.now() - start;
    if (response.status !== 200) {
      throw new Error(`A rendition was answered with ${response.status}.`);
    }
    return {
      milliseconds,
      bytes,
      isHit: response.headers.get("x-cache") === "Hit from cloudfront",
    };
  }

  /** Makes the edge forget one rendition, which stays in the bucket. */
  async forget(url: string): Promise<void> {
    await this.#cloudFront.send(
      new CreateInvalidationCommand({
        DistributionId: this.#distributionId,
        InvalidationBatch: {
          CallerReference: url,
          Paths: { Quantity: 1, Items: [new URL(url).pathname] },
        },
      }),
    );
  }

  /** How often renditions of an image were made: each time, a version of the object is stored. */
  async countMade(imageId: string): Promise<number> {
    const { Versions = [] } = await this.#s3.send(
      new ListObjectVersionsCommand({
        Bucket: this.#outputs.renditionsBucket,
        Prefix: renditionsPrefix(imageId),
      }),
    );
    return Versions.length;
  }

  close(): void {
    this.#s3.destroy();
    this.#cloudFront.destroy();
  }

  /** The bytes of a body tell what image it is. */
  async #call(target: string, options: { method?: string; body?: Uint8Array<ArrayBuffer> } = {}) {
    const headers = { "x-api-key": this.#outputs.apiKey, "content-type": octetStream };
    const response = await fetch(`${this.#outputs.apiUrl}${target}`, { ...options, headers });
    if (!response.ok) {
      throw new Error(`The API answered ${response.status}: ${await response.text()}`);
    }
    return await response.json();
  }
}

/** The id of the distribution for images, as the local run keeps it. */
function findDistribution(folder: string): string {
  for (const file of readdirSync(folder)) {
    const { id, urn } = readJson(path.join(folder, file)) as { id?: string; urn?: string };
    if (id !== undefined && urn?.includes(":ImageEdge$aws:cloudfront/distribution:Distribution:")) {
      return id;
    }
  }
  throw new Error("The local run has no distribution for images.");
}
