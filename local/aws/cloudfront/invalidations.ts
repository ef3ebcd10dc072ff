import { randomBytes } from "node:crypto";
import { AwsError } from "../aws-error";
import { checkInvalidationPaths, isWildcard } from "./invalidation-paths";

/** How long an invalidation is in progress, though objects are forgotten at once; AWS takes longer. */
const progressMilliseconds = 5000;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html */
const maxPathsInProgress = 3000;
const maxWildcardsInProgress = 15;

/** Old ones are forgotten, as nobody asks for them any more. */
const maxRemembered = 1000;

export interface InvalidationRequest {
  /** Tells apart requests: one that is repeated is carried out once. */
  callerReference: string;
  paths: readonly string[];
}

export interface Invalidation extends InvalidationRequest {
  id: string;
  createdAt: Date;
  status: "InProgress" | "Completed";
}

/** The invalidations of one distribution. */
export class Invalidations {
  readonly #clock: () => Date;
  /** By id, the oldest first. */
  readonly #byId = new Map<string, Omit<Invalidation, "status">>();

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /**
   * @returns the invalidation, and whether it is a new one.
   * @throws AwsError `InvalidArgument`, `InvalidationBatchAlreadyExists`, `BatchTooLarge`,
   * `TooManyInvalidationsInProgress`.
   */
  create(request: InvalidationRequest): { invalidation: Invalidation; isNew: boolean } {
    const { callerReference, paths } = request;
    if (callerReference === "") {
      throw new AwsError("InvalidArgument", "The caller reference must not be empty.");
    }
    checkInvalidationPaths(paths);
    const earlier = this.#findByReference(callerReference);
    if (earlier !== undefined) {
      checkRepeated(earlier, paths);
      return { invalidation: earlier, isNew: false };
    }
    this.#checkLimits(paths);
    const id = `I${randomBytes(13).toString("hex").toUpperCase().slice(0, 25)}`;
    this.#byId.set(id, { id, callerReference, paths: [...paths], createdAt: this.#clock() });
    this.#forget();
    return { invalidation: this.get(id), isNew: true };
  }

  /** @throws AwsError `NoSuchInvalidation`. */
  get(id: string): Invalidation {
    const found = this.#byId.get(id);
    if (found === undefined) {
      throw new AwsError("NoSuchInvalidation", "The specified invalidation does not exist.", 404);
    }
    const age = this.#clock().getTime() - found.createdAt.getTime();
    return { ...found, status: age < progressMilliseconds ? "InProgress" : "Completed" };
  }

  /** All that are remembered, the newest first. */
  all(): Invalidation[] {
    return [...this.#byId.keys()].reverse().map((id) => this.get(id));
  }

  #findByReference(callerReference: string): Invalidation | undefined {
    return this.all().find((each) => each.callerReference === callerReference);
  }

  #checkLimits(paths: readonly string[]): void {
    if (paths.length > maxPathsInProgress) {
      throw new AwsError("BatchTooLarge", "The invalidation batch specified is too large.", 413);
    }
    const running = this.all()
      .filter(({ status }) => status === "InProgress")
      .flatMap((each) => each.paths);
    const all = [...running, ...paths];
    const wildcards = all.filter(isWildcard).length;
    if (all.length - wildcards > maxPathsInProgress || wildcards > maxWildcardsInProgress) {
      throw tooManyInProgress();
    }
  }

  #forget(): void {
    const [oldest] = this.#byId.keys();
    if (this.#byId.size > maxRemembered && oldest !== undefined) {
      this.#byId.delete(oldest);
    }
  }
}

/** What AWS answers where too much is being invalidated. */
function tooManyInProgress(): AwsError {
  return new AwsError(
    "TooManyInvalidationsInProgress",
    "Processing your request will cause you to exceed the maximum number of in-progress invalidations.",
  );
}

function checkRepeated(earlier: Invalidation, paths: readonly string[]): void {
  if (JSON.stringify(earlier.paths) !== JSON.stringify(paths)) {
    throw new AwsError(
      "InvalidationBatchAlreadyExists",
      `The caller reference ${earlier.callerReference} was used for other paths.`,
    );
  }
}
