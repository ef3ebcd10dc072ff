import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { leaveOutTracesOfPromises } from "../../local/engine/quick-sdk.cjs";

/** How the SDK itself loads what it is made of. */
const requireFromSdk = createRequire(require.resolve("@pulumi/pulumi"));

leaveOutTracesOfPromises(requireFromSdk("./runtime/debuggable") as object);

/** The account that mocked resources belong to. */
export const mockAccount = {
  accountId: "123456789012",
  region: "us-east-1",
  partition: "aws",
} as const;

/** A resource that a program registered under mocks. */
export interface MockResource {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  options: MockedOptions;
}

/** Options of a resource. */
export interface MockedOptions {
  protect: boolean;
  retainOnDelete: boolean;
}

/** What a program registered under mocks. */
export class MockedRun {
  readonly resources: readonly MockResource[];
  /** `start <type> <name>` and `end <type> <name>` of each registration, as they happened. */
  readonly events: readonly string[];
  /** Functions of providers that it called, each once. */
  readonly functions: readonly string[];

  constructor(
    resources: readonly MockResource[],
    events: readonly string[],
    functions: readonly string[],
  ) {
    this.resources = resources;
    this.events = events;
    this.functions = functions;
  }

  /** All resources of a type, such as `aws:s3/bucket:Bucket`. */
  ofType(type: string): MockResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The inputs of the one resource of that type and name. */
  inputs(type: string, name: string): Record<string, unknown> {
    return this.one(type, name).inputs;
  }

  /** The one resource of that type and name. */
  one(type: string, name: string): MockResource {
    const found = this.ofType(type).filter((resource) => resource.name === name);
    if (found.length !== 1 || !found[0]) {
      throw new Error(`There are ${found.length} resources ${type} ${name}.`);
    }
    return found[0];
  }

  /** Whether one resource was registered only after another existed; each is `<type> <name>`. */
  waits(later: string, earlier: string): boolean {
    const start = this.events.indexOf(`start ${later}`);
    const end = this.events.indexOf(`end ${earlier}`);
    if (start < 0 || end < 0) {
      throw new Error(`Not both of ${later} and ${earlier} were registered.`);
    }
    return end < start;
  }
}

/** How to run a program under mocks. */
export interface MockOptions {
  /** Config by full key, such as `darkroom:prefix`. */
  config?: Record<string, string>;
  stack?: string;
  /** Name of the project. `@default` darkroom */
  project?: string;
}

/** Renditions as functions know them that remove some. */
export function mockRenditions(): Record<
  "renditionsBucket" | "imageDistribution",
  { name: pulumi.Output<string>; arn: pulumi.Output<string> }
> {
  const named = (name: string) => ({
    name: pulumi.output(name),
    arn: pulumi.output(`arn:mock:${name}`),
  });
  return { renditionsBucket: named("renditions"), imageDistribution: named("images") };
}

/** Runs `program` under mocks and waits until all that it registers exists. */
export async function runMocked<Result>(
  program: () => Result,
  { config = {}, stack = "test", project = "darkroom" }: MockOptions = {},
): Promise<{ run: MockedRun; result: Awaited<Result> }> {
  const monitor = new Monitor();
  await pulumi.runtime.setMocks(monitor, project, stack);
  tellOptions(monitor);
  pulumi.runtime.setAllConfig(config);
  const result = await program();
  await pulumi.runtime.disconnect();
  return { run: new MockedRun(monitor.resources, monitor.events, [...monitor.functions]), result };
}

/** The value of an output; rejects when it cannot be had. */
export async function outputValue<Value>(
  output: pulumi.Input<Value>,
): Promise<pulumi.Unwrap<Value>> {
  // Outputs have this method, but do not declare it.
  const known = pulumi.output(output) as unknown as { promise(): Promise<pulumi.Unwrap<Value>> };
  return await known.promise();
}

/** The request of a registration, as far as it is looked at here. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getProtect(): boolean | undefined;
  getRetainondelete(): boolean | undefined;
}

/** Tells `monitor` the options of resources, which Pulumi keeps from mocks. */
function tellOptions(monitor: Monitor): void {
  const target = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: RegisterRequest, callback: unknown): Promise<void>;
  };
  const register = target.registerResource.bind(target);
  target.registerResource = async (request, callback) => {
    monitor.options.set(`${request.getType()} ${request.getName()}`, {
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
    });
    await register(request, callback);
  };
}

class Monitor implements pulumi.runtime.Mocks {
  readonly resources: MockResource[] = [];
  readonly events: string[] = [];
  readonly functions = new Set<string>();
  /** By type and name. */
  readonly options = new Map<string, MockedOptions>();
  readonly #transforms: pulumi.ResourceTransform[] = [];

  registerTransform(transform: pulumi.ResourceTransform): void {
    this.#transforms.push(transform);
  }

  async newResource(args: pulumi.runtime.MockResourceArgs) {
    const { type, name } = args;
    const key = `${type} ${name}`;
    this.events.push(`start ${key}`);
    const inputs = await this.#transformed(args);
    // Existing takes longer than registering: whoever does not wait is seen to start before.
    await new Promise(setImmediate);
    const options = this.options.get(key) ?? { protect: false, retainOnDelete: false };
    this.resources.push({ type, name, inputs, options });
    this.events.push(`end ${key}`);
    return { id: `${name}-id`, state: { ...computed(type, name), ...inputs } };
  }

  call({ token, inputs }: pulumi.runtime.MockCallArgs): Record<string, string> {
    this.functions.add(token);
    switch (token) {
      case "aws:index/getCallerIdentity:getCallerIdentity":
        return { accountId: mockAccount.accountId };
      case "aws:index/getRegion:getRegion":
        return { region: mockAccount.region };
      case "aws:index/getPartition:getPartition":
        return { partition: mockAccount.partition };
      case "aws:route53/getZone:getZone":
        return { zoneId: `Z-${String((inputs as { name: unknown }).name)}` };
      default:
        throw new Error(`The mocks know no answer to ${token}.`);
    }
  }

  /** The mock monitor leaves it to the mocks to apply transforms. */
  async #transformed(args: pulumi.runtime.MockResourceArgs): Promise<Record<string, unknown>> {
    const { type, name, custom = true } = args;
    let props = await plainIds(args.inputs as Record<string, unknown>);
    for (const transform of this.#transforms) {
      const result = await transform({ custom, type, name, props, opts: {} });
      props = result ? await outputValue(result.props as typeof props) : props;
    }
    return props;
  }
}

/** Inputs as providers get them: with the id of a resource that is passed itself. */
async function plainIds(inputs: Record<string, unknown>): Promise<Record<string, unknown>> {
  const entries = Object.entries(inputs).map(
    async ([key, value]) =>
      [key, pulumi.CustomResource.isInstance(value) ? await outputValue(value.id) : value] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** What AWS computes, as far as programs read it. */
function computed(type: string, name: string): Record<string, unknown> {
  return {
    arn: `arn:mock:${type}:${name}`,
    name: `${name}-name`,
    bucket: `${name}-bucket`,
    bucketRegionalDomainName: `${name}-bucket.s3.us-east-1.amazonaws.com`,
    domainName: `${name}.cloudfront.net`,
    domainValidationOptions: [
      {
        resourceRecordName: `_${name}.example.`,
        resourceRecordType: "CNAME",
        resourceRecordValue: `_${name}.acm-validations.aws.`,
      },
    ],
    fqdn: `${name}.example`,
    hostedZoneId: "Z2FDTNDATAQYW2",
    regionalDomainName: `d-${name}.execute-api.us-east-1.amazonaws.com`,
    regionalZoneId: "Z1UJRXOUMOOFQ8",
    functionUrl: "https://abcdefgh.lambda-url.us-east-1.on.aws/",
    executionArn: `arn:mock:execute-api:${name}`,
    invokeArn: `arn:mock:invoke:${name}`,
    invokeUrl: `https://${name}.execute-api.us-east-1.amazonaws.com/v1`,
    keyId: `${name}-key-id`,
    result: "0f".repeat(32),
    streamArn: `arn:mock:${type}:${name}/stream/label`,
    url: `https://sqs.example/${name}`,
    value: `${name}-value`,
  };
}
