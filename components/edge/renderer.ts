import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { secretHash } from "../../handlers/renditions/origin-secret";
import type { RenditionSettings } from "../../handlers/renditions/settings";
import { bundleHandlers } from "../bundle";
import { duty, namedBucket } from "../functions/duty";
import { type FunctionSettings, settingsOf } from "../functions/function-settings";
import { HandlerFunction } from "../functions/handler-function";
import type { InvocationTarget } from "../functions/invocation-target";
import { renderImageStatements } from "../policies/render-statements";
import { recordedArgs } from "../recorded-args";
import type { StoredData } from "../references";

/** A whole vCPU: less takes longer and costs the same. See docs/renditions.md. */
const memoryMegabytes = 1769;

/** Of 60 that CloudFront waits for. */
const timeoutSeconds = 50;

/** Arguments of `Renderer`. */
export interface RendererArgs extends FunctionSettings {
  storage: StoredData;
  /** What may be asked for. */
  settings: RenditionSettings;
}

/**
 * The function that makes renditions, `handlers/render-image.ts`, with a URL that only who is let in by
 * `letInvoke` can call. The function checks by a secret header that the caller is a distribution of
 * this stack, whatever else may invoke functions in the account; it knows the secret's hash alone.
 */
export class Renderer extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly target: InvocationTarget;
  readonly url: aws.lambda.FunctionUrl;
  /** Value of the header `originSecretHeader`. */
  readonly originSecret: pulumi.Output<string>;
  private readonly name: string;

  constructor(name: string, args: RendererArgs, opts?: pulumi.ComponentResourceOptions) {
    super("darkroom:edge:Renderer", name, recordedArgs(args), opts);
    this.name = name;
    this.originSecret = new random.RandomPassword(
      `${name}-origin-secret`,
      { length: 64, special: false },
      { parent: this },
    ).result;
    const handler = createHandler(name, args, this.originSecret, this);
    this.function = handler.function;
    this.target = handler.target;
    this.url = new aws.lambda.FunctionUrl(
      `${name}-url`,
      {
        functionName: this.target.functionName,
        ...this.target.qualified,
        authorizationType: "AWS_IAM",
      },
      { parent: this },
    );
    this.registerOutputs({ function: this.function, url: this.url });
  }

  /**
   * Lets a distribution call the function by its URL, for which both permissions are needed.
   * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
   */
  letInvoke(distributionArn: pulumi.Input<string>): void {
    const caller = {
      function: this.target.functionName,
      ...this.target.qualified,
      principal: "cloudfront.amazonaws.com",
      sourceArn: distributionArn,
    };
    new aws.lambda.Permission(
      `${this.name}-call-url`,
      { ...caller, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "AWS_IAM" },
      { parent: this },
    );
    new aws.lambda.Permission(
      `${this.name}-invoke`,
      { ...caller, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
      { parent: this },
    );
  }
}

function createHandler(
  name: string,
  { storage, settings, ...functionSettings }: RendererArgs,
  originSecret: pulumi.Output<string>,
  parent: pulumi.Resource,
): HandlerFunction {
  bundleHandlers();
  const resources = {
    imagesBucket: namedBucket(storage.images.bucket),
    imagesTable: storage.imagesTable,
    renditionsBucket: namedBucket(storage.renditions.bucket),
  };
  return new HandlerFunction(
    name,
    {
      operation: "render-image",
      nativeModules: ["sharp"],
      memoryMegabytes,
      timeoutSeconds,
      ...settingsOf(functionSettings, "render-image"),
      ...duty(resources, renderImageStatements, {
        RENDITION_SETTINGS: JSON.stringify(settings),
        // The hash of so many random characters gives nothing away, so that it is no secret.
        ORIGIN_SECRET_HASHES: pulumi.unsecret(originSecret.apply(secretHash)),
      }),
    },
    { parent },
  );
}
