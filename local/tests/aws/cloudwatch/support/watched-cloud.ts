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
