import { AwsError } from "../aws-error";
import { DetailedError } from "./errors";

/** Why a part of a transaction was impossible; `None` where it was not. */
export interface CancellationReason {
  Code: string;
  Message?: string;
  /** The item whose condition failed, where the action asks for it. */
  Item?: unknown;
}

/** What cancels a transaction; other errors are answered as they are. */
const codes: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: "ConditionalCheckFailed",
  ValidationException: "ValidationError",
};

/**
 * The result of each action of a transaction.
 *
 * @throws AwsError `TransactionCanceledException` when one fails, with the reasons of all in their
 * order. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html
 */
export async function allOf<Action, Result>(
  actions: readonly Action[],
  perform: (action: Action) => Promise<Result>,
): Promise<Result[]> {
  const outcomes = await Promise.allSettled(actions.map(perform));
  if (outcomes.every((outcome) => outcome.status === "fulfilled")) {
    return outcomes.map(({ value }) => value);
  }
  throw cancelled(untilInvalid(outcomes.map(reasonOf)));
}

/** What is wrong by itself is found out one by one, before any condition is: of others nothing is known then. */
function untilInvalid(reasons: readonly CancellationReason[]): readonly CancellationReason[] {
  const invalid = reasons.find(({ Code }) => Code === "ValidationError");
  return invalid ? reasons.map((each) => (each === invalid ? each : none)) : reasons;
}

const none: CancellationReason = { Code: "None" };

/** What a transaction is answered that was cancelled for these reasons, one for each action. */
export function cancelled(CancellationReasons: readonly CancellationReason[]): DetailedError {
  const list = CancellationReasons.map(({ Code }) => Code).join(", ");
  return new DetailedError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${list}]`,
    { CancellationReasons },
  );
}

function reasonOf(outcome: PromiseSettledResult<unknown>): CancellationReason {
  if (outcome.status === "fulfilled") {
    return none;
  }
  const error: unknown = outcome.reason;
  const Code = error instanceof AwsError ? codes[error.code] : undefined;
  if (!(error instanceof AwsError) || Code === undefined) {
    throw error;
  }
  const { message: Message } = error;
  return { Code, Message, ...(error instanceof DetailedError && error.members) };
}
