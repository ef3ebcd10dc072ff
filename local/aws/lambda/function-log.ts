import { AwsError } from "../aws-error";
import type { Authorizer, Principal } from "../iam/types";
import type { Account, LogSink } from "../types";

/** Where log lines go; a missing log group can be made. */
export interface LogDestination extends LogSink {
  createLogGroup(definition: { name: string }): unknown;
}

/** What a function's log is made with. */
export interface FunctionLogOptions {
  functionName: string;
  group: string;
  /** The session of the function's role. */
  principal: Principal;
  account: Account;
  logs: LogDestination;
  authorizer: Authorizer;
  clock: () => Date;
  notify: (line: string) => void;
}

/** Where an execution environment writes its lines. */
export interface LogStream {
  /** Writes lines, behind those that were held back. */
  write(lines: readonly string[]): void;
  /**
   * Holds lines back until others are written, but no longer than {@link holdMs}: a write takes as long for one
   * line as for all of an invocation. They keep the time of this call.
   */
  hold(lines: readonly string[]): void;
}

/** How long lines are held back at most, in milliseconds. */
const holdMs = 100;

/**
 * A function's log group. Lambda writes to it with the permissions of the function's role: without
 * them lines are lost, which AWS never tells, and the function runs all the same.
 */
export class FunctionLog {
  readonly #options: FunctionLogOptions;
  #saidThatLinesAreLost = false;

  constructor(options: FunctionLogOptions) {
    this.#options = options;
  }

  /** Opens a stream for an execution environment. */
  open(stream: string): LogStream {
    const refused = ["logs:CreateLogStream", "logs:PutLogEvents"].find(
      (action) => !this.#mayDo(action, stream),
    );
    if (refused !== undefined) {
      this.#loseLines(`its role may not ${refused}`);
    }
    let isLost = refused !== undefined;
    return heldBack(this.#options.clock, (lines, times) => {
      isLost ||= !this.#append(stream, lines, times);
    });
  }

  /** @returns whether there is a log group, or was none and could be made. */
  #append(stream: string, lines: readonly string[], times: readonly Date[]): boolean {
    const { logs, group } = this.#options;
    try {
      logs.append(group, stream, lines, times);
    } catch (error) {
      if (!(error instanceof AwsError && error.code === "ResourceNotFoundException")) {
        throw error;
      }
      if (!this.#mayDo("logs:CreateLogGroup", "")) {
        this.#loseLines("there is no such log group, and its role may not logs:CreateLogGroup");
        return false;
      }
      logs.createLogGroup({ name: group });
      logs.append(group, stream, lines, times);
    }
    return true;
  }

  #mayDo(action: string, stream: string): boolean {
    const { account, authorizer, principal, group } = this.#options;
    const { partition, region, accountId } = account;
    const resource = `arn:${partition}:logs:${region}:${accountId}:log-group:${group}:log-stream:${stream}`;
    return authorizer.authorize({ principal, action, resource }).allowed;
  }

  #loseLines(reason: string): void {
    const { notify, functionName, group } = this.#options;
    if (!this.#saidThatLinesAreLost) {
      this.#saidThatLinesAreLost = true;
      notify(`Log lines of function ${functionName} to ${group} are lost: ${reason}.`);
    }
  }
}

function heldBack(
  clock: () => Date,
  append: (lines: readonly string[], times: readonly Date[]) => void,
): LogStream {
  let lines: string[] = [];
  let times: Date[] = [];
  let timer: NodeJS.Timeout | undefined;
  const add = (more: readonly string[]): void => {
    const now = clock();
    lines.push(...more);
    times.push(...more.map(() => now));
  };
  const write = (more: readonly string[]): void => {
    clearTimeout(timer);
    timer = undefined;
    add(more);
    const written = [lines, times] as const;
    lines = [];
    times = [];
    if (written[0].length > 0) {
      append(...written);
    }
  };
  return {
    write,
    hold: (more) => {
      add(more);
      timer ??= setTimeout(write, holdMs, []).unref();
    },
  };
}
