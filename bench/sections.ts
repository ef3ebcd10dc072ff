import { graphSize } from "./support/graph-size";
import type { Section } from "./support/section";

/**
 * All parts of `npm run bench`, in the order in which they are run. What a part is measured with is loaded when
 * it is the part's turn: the help needs none of it.
 */
export const sections: readonly Section[] = [
  {
    name: "bundle",
    title: "size of each function",
    description:
      "Bytes of each function's bundle, as they are and zipped, without the native modules that lie beside " +
      "some; by what `CallbackFunction` of Pulumi packs by default, all packages of the program, and by " +
      "those of another checkout.",
    minutes: 2,
    // The same bytes each time.
    rounds: 1,
    measure: async (options) => (await import("./bundle.js")).measure(options),
  },
  {
    name: "cold-start",
    title: "cold start of each function",
    description:
      "From the start of loading its code to the first answer, in a fresh process, on the services of a local " +
      "run; compared with the same handlers as the CDK bundles them, which leaves the SDK to the runtime, and " +
      "with another checkout. The start of Node.js itself, which is the same for all, is not in it. The " +
      "processor's time says the same where a machine does other things besides.",
    minutes: 9,
    rounds: 15,
    measure: async (options) => (await import("./cold-start.js")).measure(options),
  },
  {
    name: "hot-path",
    title: "processor time of a request within each function",
    description:
      "Processor time of a warm function, user and system. Uploads of 1 MB with the SDK's calls answered " +
      "at once, so that it is the handler's own; all operations as they are bundled, with the SDK's work, on " +
      "a local run's services in other processes.",
    minutes: 6,
    rounds: 5,
    measure: async (options) => (await import("./hot-path.js")).measure(options),
  },
  {
    name: "program",
    title: "what the program and its policies take",
    description:
      "Processor time of all processes of `npm run policy -- --preview`, in which `index.ts` makes its " +
      "stack once, 10 times and 50 times, each under a prefix of its own; and of the policy pack over " +
      `the first ${graphSize} resources that many copies register, beside half of them.`,
    minutes: 8,
    rounds: 3,
    measure: async (options) => (await import("./program.js")).measure(options),
  },
  {
    name: "memory",
    title: "memory of the function that uploads go through",
    description:
      "Peak of resident memory during the first upload of 4.3 MB above what the function had after small ones, by " +
      "the body as the function gets it, in base64: it has the event's text, the event and the image, in which " +
      "it blanks where it was taken. Of many, V8 leaves the garbage until it needs the memory, of which the " +
      "function has 512 MB.",
    minutes: 1,
    rounds: 5,
    measure: async (options) => (await import("./memory.js")).measure(options),
  },
  {
    name: "scale",
    title: "lists, deletes and the sweep among many images",
    description:
      "A page of 20 of a list, its first and one from its middle; a delete among so many objects; a sweep, for each " +
      "of at most 10⁴ leftovers. Beside the same among 10² images. Calls are answered by stores in the same " +
      "process that give pages from a key on, as DynamoDB and S3 do: how long those take is AWS's promise, " +
      "and would here be the emulator's; what is ours are the calls, what they are charged, and the handlers' time.",
    minutes: 2,
    rounds: 5,
    measure: async (options) => (await import("./scale.js")).measure(options),
  },
  {
    name: "edge",
    title: "how long the CloudFront Function in front of images takes",
    description:
      "Processor time of a run in the local edge's engine, an interpreter in WebAssembly, its start included, " +
      "beside CloudFront's [limit](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-choosing.html): " +
      "less than a millisecond, which functions whose share of it goes over 100 % do not come to the end of.",
    minutes: 1,
    rounds: 20,
    measure: async (options) => (await import("./edge.js")).measure(options),
  },
  {
    name: "start",
    title: "how long npm start takes until it is ready",
    description:
      "With the policy pack and without; or beside another checkout, on an empty data folder and again on the same: " +
      "until it is ready, with the processor time and the memory (PSS) of all its processes.",
    minutes: 5,
    rounds: 5,
    measure: async (options) => (await import("./start.js")).measure(options),
  },
  {
    name: "throughput",
    title: "requests in a second that a local run serves",
    description:
      "Requests of several clients at a time, by a local run and, if asked for, by another checkout's and by " +
      "serverless-offline, which is installed first: how many in a second, the processor time of each with the " +
      "events that follow from it, and the memory (PSS) of all processes after each round. Each begins once what " +
      "was before is done.",
    minutes: 8,
    rounds: 5,
    measure: async (options) => (await import("./throughput.js")).measure(options),
  },
  {
    name: "render",
    title: "what making a rendition takes",
    description:
      "A JPEG of 12 megapixels to WebP of 640 pixels, by the program and by the image library alone, which makes the " +
      "same pixels; and milliseconds of one core and dollars a million for several sizes, at one vCPU like this " +
      "core.",
    minutes: 3,
    rounds: 5,
    measure: async (options) => (await import("./render.js")).measure(options),
  },
  {
    name: "renditions",
    title: "how much faster a stored rendition is served than one is made",
    description:
      "A WebP 640 pixels wide of a JPEG of 12 megapixels, through the edge of a local run; and how often one is made " +
      "that a hundred viewers ask for at once.",
    minutes: 2,
    rounds: 20,
    measure: async (options) => (await import("./renditions.js")).measure(options),
  },
  {
    name: "policy",
    title: "what the policy pack costs over many resources",
    description:
      "Processor time of the pack for the resources of many services, as the engine sends them: for all beside " +
      "half of them, of which 2 is linear.",
    minutes: 2,
    rounds: 3,
    measure: async (options) => (await import("./policy.js")).measure(options),
  },
  {
    name: "iam",
    title: "what a decision of the local IAM costs",
    description:
      "A decision over 32 statements, alone and beside a request to the local KMS, signed and answered.",
    minutes: 1,
    rounds: 5,
    measure: async (options) => (await import("./iam.js")).measure(options),
  },
  {
    name: "cost",
    title: "what a stack costs",
    description:
      "List prices of us-east-1 without free tiers, as docs/costs.md has them line by line with their sources; " +
      "beside the two drafts of this design, and what hosted services bill for a rendition. A request to API " +
      "Gateway and an object for S3 cost the same for whoever makes them: most of an upload and of a " +
      "document is for these.",
    minutes: 0,
    rounds: 1,
    measure: async () => (await import("./cost.js")).measure(),
  },
];
