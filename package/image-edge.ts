import * as pulumi from "@pulumi/pulumi";
import { ImageEdge as StackImageEdge } from "../components/edge/image-edge";
import { Renderer } from "../components/edge/renderer";
import { UrlSigning } from "../components/edge/url-signing";
import { withAbsoluteFiles } from "./plugin-files";
import { type ImageEdgeInfo, storedData, type StorageInfo } from "./references";
import { servedBucket } from "./served-bucket";
import { readSettings } from "./settings";

/** Arguments of `ImageEdge`; defaults are those of the stack's config. */
export interface ImageEdgeArgs {
  /** Where images and renditions are: Storage's data. */
  storage: pulumi.Input<StorageInfo>;
  /** Named renditions, each a name and its operations, such as thumb?width=240&height=240. */
  presets?: string[];
  /** Whether images can be asked for by presets only. Default false. */
  presetsOnly?: boolean;
  /** Presets whose URLs need no signature. Default none. */
  publicPresets?: string[];
  /** Id of the image that the operation watermark lays over others, and how. Default none. */
  watermark?: string;
  /** Names of the key pairs that URLs are signed with; the first signs, all are trusted. Default one. */
  urlSigningKeys?: string[];
  /** Region of CloudFront's Origin Shield. Default none. */
  originShieldRegion?: string;
  /** Origins of pages whose scripts may read images. Default all. */
  allowedOrigins?: string[];
  /** Days for which logs are kept. Default 30. */
  logRetentionDays?: number;
  /** Whether runs are traced by X-Ray. Default true. */
  xrayTracing?: boolean;
}

/**
 * Renditions of images at signed URLs: a CloudFront distribution, the function that makes what is not
 * stored, and the key pairs that URLs are signed with. It makes the policy of the bucket of renditions.
 */
export class ImageEdge extends pulumi.ComponentResource {
  /** Where renditions are served, without a slash at the end. */
  readonly url: pulumi.Output<string>;
  /** For the argument images of Api and Ingest. */
  readonly info: pulumi.Output<ImageEdgeInfo>;

  constructor(name: string, args: ImageEdgeArgs, opts?: pulumi.ComponentResourceOptions) {
    const { storage: given, ...settings } = args;
    const config = readSettings(`ImageEdge ${name}`, settings);
    super("darkroom:index:ImageEdge", name, args, {
      ...opts,
      transformations: [withAbsoluteFiles],
    });
    const storage = storedData(given, { hasUsers: false });
    const signing = new UrlSigning(name, { keyNames: config.urlSigningKeys }, { parent: this });
    const renderer = new Renderer(
      `${name}-render-image`,
      {
        storage,
        settings: config.renditions,
        logRetentionDays: config.logRetentionDays,
        tracing: config.xrayTracing,
      },
      { parent: this },
    );
    const made = new StackImageEdge(
      name,
      {
        renditions: servedBucket(`${name}-renditions`, pulumi.output(given).renditions, this),
        renderer,
        keyGroup: signing.keyGroup,
        settings: config.renditions,
        originShieldRegion: config.originShieldRegion,
        allowedOrigins: config.allowedOrigins,
      },
      { parent: this },
    );
    this.url = made.url;
    this.info = pulumi.output({
      url: made.url,
      distributionId: made.distribution.id,
      distributionArn: made.distribution.arn,
      signingKeyName: signing.parameter.name,
      signingKeyArn: signing.parameter.arn,
    });
    this.registerOutputs({ url: this.url, info: this.info });
  }
}
