import {
  type AlarmPublication,
  CloudWatch,
  type CloudWatchOptions,
} from "../../../../aws/cloudwatch/cloudwatch";

/** CloudWatch at a time of its own, and what it has told and published. */
export class WatchedCloud {
  readonly lines: string[] = [];
  readonly published: AlarmPublication[] = [];
  now = new Date("2026-01-15T10:00:20Z");
  /** How topics answer: they take everything, unless a test says otherwise. */
  answer: CloudWatchOptions["publish"] = () => Promise.resolve();
  readonly cloudWatch = new CloudWatch({
    account: { accountId: "123456789012", region: "us-east-1", partition: "aws" },
    dataDir: "",
    notify: (line) => this.lines.push(line),
    clock: () => this.now,
    publish: (publication) => {
      this.published.push(publication);
      return this.answer(publication);
    },
  });

  /** What programs are told by the publications so far: the JSON in each, parsed. */
  get documents(): Record<string, unknown>[] {
    return this.published.map(
      ({ message }) => JSON.parse(textsOf(message).default ?? "") as Record<string, unknown>,
    );
  }

  /** The mails of the publications so far. */
  get mails(): (string | undefined)[] {
    return this.published.map(({ message }) => textsOf(message).email);
  }

  /** The state of each line that was told, in their order; `undefined` where it tells of none. */
  get states(): (string | undefined)[] {
    return this.lines.map(stateIn);
  }

  /** The states of an alarm that were told, in their order. */
  statesOf(name: string): (string | undefined)[] {
    return this.lines.filter((line) => line.startsWith(`alarm ${name} is `)).map(stateIn);
  }

  async afterMinutes(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute++) {
      this.now = new Date(this.now.getTime() + 60_000);
      await this.cloudWatch.evaluate();
    }
  }
}

function stateIn(line: string): string | undefined {
  return /is (\w+):/.exec(line)?.[1];
}

function textsOf(message: string): Partial<Record<"default" | "email", string>> {
  return JSON.parse(message) as Partial<Record<"default" | "email", string>>;
}
