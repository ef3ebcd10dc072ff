import * as pulumi from "@pulumi/pulumi";
import { Ingest as StackIngest } from "../components/functions/ingest";
import { withAbsoluteFiles } from "./plugin-files";
import { imageReferences, type ImageEdgeInfo, storedData, type StorageInfo } from "./references";
import { readSettings } from "./settings";
import type { UserArgs } from "./users";

/** Arguments of `Ingest`; defaults are those of the stack's config. */
export interface IngestArgs extends UserArgs {
  /** What is kept: Storage's data. */
  storage: pulumi.Input<StorageInfo>;
  /** Where renditions are served: ImageEdge's info. */
  images: pulumi.Input<ImageEdgeInfo>;
  /** Most pixels that an image may have. Default 100000000. */
  maxImagePixels?: number;
  /** Whether GPS positions and names of places are removed from images before they are stored. Default false. */
  stripLocation?: boolean;
  /** Days for which logs are kept. Default 30. */
  logRetentionDays?: number;
  /** Whether runs are traced by X-Ray. Default true. */
  xrayTracing?: boolean;
}

/**
 * What completes direct uploads when they arrive in the bucket of images, describes images, and clears
 * away every hour what was begun and not finished. Events that this fails on are kept in a queue.
 */
export class Ingest extends pulumi.ComponentResource {
  /** URL of the queue of events that could not be processed. */
  readonly failuresQueueUrl: pulumi.Output<string>;

  constructor(name: string, args: IngestArgs, opts?: pulumi.ComponentResourceOptions) {
    const { storage, images, ...settings } = args;
    const config = readSettings(`Ingest ${name}`, settings);
    super("darkroom:index:Ingest", name, args, { ...opts, transformations: [withAbsoluteFiles] });
    const stored = storedData(storage, { hasUsers: config.users !== undefined });
    const made = new StackIngest(
      name,
      {
        storage: stored,
        renditions: imageReferences(images, stored).renditions,
        maxImagePixels: config.maxImagePixels,
        stripLocation: config.stripLocation,
        users: config.users,
        logRetentionDays: config.logRetentionDays,
        tracing: config.xrayTracing,
      },
      { parent: this },
    );
    this.failuresQueueUrl = made.failures.url;
    this.registerOutputs({ failuresQueueUrl: this.failuresQueueUrl });
  }
}
