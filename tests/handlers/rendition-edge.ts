import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { GetObjectCommand, S3ServiceException } from "@aws-sdk/client-s3";
import { ApiError } from "../../handlers/http/errors";
import type { Invalidations } from "../../handlers/renditions/invalidations";
import { renderImage } from "../../handlers/renditions/make-rendition";
import { readNormalForm } from "../../handlers/renditions/renditions";
import { AwsError } from "../../local/aws/aws-error";
import type { OriginResponse, WholeResponse } from "../../local/aws/cloudfront/types";
import { LocalDistribution } from "../../local/tests/aws/cloudfront/support/local-distribution";
import {
  type OriginServer,
  startOriginServer,
} from "../../local/tests/aws/cloudfront/support/origin-server";
import { type Fate, imageDeps } from "./image-deps";
import { imageClients } from "./shared-clients";
import { settings } from "./support";

const renditionSettings = { presets: {}, presetsOnly: false, publicPresets: [] };

/**
 * The distribution of renditions, before the renditions bucket and the function that makes them, whose
 * calls have the fate of the viewer that asks. No two viewers may ask for the same at once.
 */
export class RenditionEdge {
  readonly #distribution = new LocalDistribution();
  readonly #server: OriginServer;
  /** By path. */
  readonly #fates = new Map<string, Fate>();

  private constructor(server: OriginServer) {
    this.#server = server;
  }

  static async start(): Promise<RenditionEdge> {
    const edge = new RenditionEdge(await startOriginServer());
    edge.#deploy();
    return edge;
  }

  async stop(): Promise<void> {
    this.#distribution.stop();
    await this.#server.stop();
  }

  /** What the edge answers to a viewer, now from its cache, now from one of its origins. */
  async view(path: string, fate: Fate = (call) => call()): Promise<WholeResponse> {
    this.#fates.set(path, fate);
    return await this.#distribution.get(path);
  }

  /** Makes this edge forget, in a process whose calls have this fate. */
  invalidations(fate: Fate = (call) => call()): Pick<Invalidations, "invalidate"> {
    const invalidate = (paths: readonly string[]): "accepted" | "throttled" => {
      try {
        const request = { callerReference: randomUUID(), paths };
        this.#distribution.distribution.createInvalidation(request);
        return "accepted";
      } catch (error) {
        if (error instanceof AwsError && error.code === "TooManyInvalidationsInProgress") {
          return "throttled";
        }
        throw error;
      }
    };
    return { invalidate: (paths) => fate(() => Promise.resolve(invalidate(paths))) };
  }

  /** Lets the invalidations come to their end. */
  later(): void {
    this.#distribution.later(10);
  }

  #deploy(): void {
    this.#distribution.bucket = ({ key }) => this.#stored(`/${key}`);
    this.#server.respond = (request, response) => {
      void this.#made(request.url ?? "", response);
    };
    this.#distribution.deployBehavior(
      { targetOriginId: "both" },
      {
        origins: [
          {
            originId: "bucket",
            domainName: "renditions.s3.us-east-1.amazonaws.com",
            originPath: "",
            originAccessControlId: "ES3",
          },
          {
            originId: "renderer",
            domainName: this.#server.host,
            originPath: "",
            custom: {
              protocolPolicy: "https-only",
              httpPort: 80,
              httpsPort: 443,
              readTimeoutSeconds: 30,
              connectionAttempts: 1,
              connectionTimeoutSeconds: 10,
            },
          },
        ],
        originGroups: [
          { originId: "both", failoverStatusCodes: [403, 404], memberIds: ["bucket", "renderer"] },
        ],
      },
    );
  }

  #fateOf(path: string): Fate {
    return this.#fates.get(path) ?? ((call) => call());
  }

  async #stored(path: string): Promise<OriginResponse> {
    // A viewer dies with what renders for it, and not with S3.
    const get = new GetObjectCommand({ Bucket: settings.RENDITIONS_BUCKET, Key: path.slice(1) });
    try {
      const object = await imageClients().s3.send(get);
      const headers = {
        etag: object.ETag,
        "content-type": object.ContentType,
        "cache-control": object.CacheControl,
      };
      return { status: 200, headers, body: Buffer.from(await bytesOf(object)) };
    } catch (error) {
      if (error instanceof S3ServiceException) {
        return { status: error.$metadata.httpStatusCode ?? 500, headers: {} };
      }
      throw error;
    }
  }

  async #made(path: string, response: ServerResponse): Promise<void> {
    const [, , imageId = "", text = ""] = path.split("/");
    const operations = readNormalForm(text, renditionSettings);
    assert.ok(operations);
    const deps = imageDeps(this.#fateOf(path));
    try {
      const { bytes, contentType, etag } = await renderImage(
        { imageId, text, operations, isHead: false, secondsLeft: () => 20 },
        { ...deps, originals: deps.bucket, watermarkId: undefined },
      );
      response.writeHead(200, {
        "content-type": contentType,
        "cache-control": "public, max-age=31536000, immutable",
        etag,
      });
      response.end(bytes);
    } catch (error) {
      response.writeHead(error instanceof ApiError ? error.statusCode : 500, {
        "cache-control": "no-store",
      });
      response.end();
    }
  }
}

async function bytesOf({ Body }: { Body?: { transformToByteArray(): Promise<Uint8Array> } }) {
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}
