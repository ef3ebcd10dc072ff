/** Where a function's code is: under development, or run by distributions. */
export type FunctionStage = "DEVELOPMENT" | "LIVE";

/** A function's code in one stage. */
export interface FunctionVersion {
  code: string;
  /** Such as `cloudfront-js-2.0`. */
  runtime: string;
  comment: string;
  /** What tells it apart from other code. */
  etag: string;
  modifiedAt: Date;
}

/** A function, as the API shows it. */
export interface DeclaredFunction {
  name: string;
  arn: string;
  tags: Readonly<Record<string, string>>;
  createdAt: Date;
  development: FunctionVersion;
  /** What was published last. */
  live?: FunctionVersion;
}

/** What a program says of a function. */
export interface FunctionDefinition extends Omit<FunctionVersion, "modifiedAt"> {
  name: string;
  arn: string;
  /** Whether it goes live at once. */
  publish: boolean;
  tags: Readonly<Record<string, string>>;
}

/** All functions with both of their stages. */
export class DeclaredFunctions {
  readonly #byArn = new Map<string, DeclaredFunction>();
  readonly #clock: () => Date;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  /** Takes the place of what was there; what is not published leaves what is live as it is. */
  put({ name, arn, tags, publish, ...version }: FunctionDefinition): void {
    const before = this.#byArn.get(arn);
    const now = this.#clock();
    const development = { ...version, modifiedAt: now };
    const live = publish ? development : before?.live;
    const createdAt = before?.createdAt ?? now;
    this.#byArn.set(arn, { name, arn, tags, createdAt, development, ...(live && { live }) });
  }

  /** One that is gone already is no error. */
  delete(arn: string): void {
    this.#byArn.delete(arn);
  }

  find(arn: string): DeclaredFunction | undefined {
    return this.#byArn.get(arn);
  }

  all(): DeclaredFunction[] {
    return [...this.#byArn.values()];
  }
}
