import { setTimeout } from "node:timers/promises";
import type { Rejection } from "../../handlers/images/images-table";
import type { ClientAnswer, ClientRequest } from "./client";
import { endingOf } from "./ending-of";
import { parseObject } from "./error-shape";
import { isLimitRefusal, tellsOfLimit } from "./limits";
import type { UploadEntry } from "./ledger";
import { inLanes } from "./lanes";
import type { Load } from "./load";
import type {
  PlannedDelete,
  PlannedOperation,
  PlannedProcess,
  PlannedRefocus,
  PlannedUpload,
} from "./plan";
import {
  apiRequest,
  formRequest,
  processRequest,
  type UploadForm,
  uploadRequest,
} from "./requests";
import { actOnRecord } from "./records/act-on-record";
import { isGone, view } from "./views";

/** How often a client looks whether its direct upload is ready, and for how long. */
const pollMs = 250;
const maxPolls = 8;

/**
 * Carries out operations, some at a time.
 *
 * @param onDone is called after each; false ends the work.
 */
export async function work(
  operations: readonly PlannedOperation[],
  load: Load,
  onDone: (done: number) => boolean,
): Promise<void> {
  let done = 0;
  let goesOn = true;
  await inLanes(operations, async (operation) => {
    if (goesOn) {
      await perform(operation, load);
      goesOn &&= onDone(++done);
    }
  });
}

async function perform(operation: PlannedOperation, load: Load): Promise<void> {
  switch (operation.kind) {
    case "upload":
      await upload(operation, load);
      break;
    case "process":
      await process(operation, load);
      break;
    case "delete":
      await remove(operation, load);
      break;
    case "view": {
      const entry = drawn(load.ledger.viewable, operation.draw);
      await (entry && view(entry, operation.rendition, load));
      break;
    }
    case "refocus":
      await refocus(operation, load);
      break;
    case "record":
      await actOnRecord(operation, load);
      break;
    case "list":
      await list(operation.userId, load);
  }
}

async function upload(plan: PlannedUpload, load: Load): Promise<void> {
  const entry: UploadEntry = { plan, ending: "unknown" };
  load.ledger.uploads.push(entry);
  const request = uploadRequest(load.stack, plan);
  const outcome = await load.client.send(request);
  if (outcome.is === "refused" && outcome.answer && isLimitRefusal(outcome.answer)) {
    entry.ending = "failed";
    load.ledger.limited += 1;
    return;
  }
  entry.ending = endingOf(outcome, `POST of ${plan.way} image`, load.ledger);
  if (outcome.is === "refused") {
    entry.refusal = outcome.why;
  }
  if (outcome.is !== "done") {
    return;
  }
  entry.answer = outcome.answer.bytes.toString();
  const body = JSON.parse(entry.answer) as {
    imageId?: string;
    uploadId?: string;
    upload?: UploadForm;
  };
  entry.imageId = body.imageId ?? body.uploadId;
  if (body.upload) {
    await sendForm(entry, body.upload, load);
  }
  if (plan.isRepeated) {
    await repeat(request, entry.answer, plan.name, load);
  }
}

async function sendForm(entry: UploadEntry, form: UploadForm, load: Load): Promise<void> {
  const { client, ledger, stack } = load;
  entry.sending = "unknown";
  entry.sending = endingOf(
    await client.send(formRequest(form, entry.plan.image)),
    "POST of a form",
    ledger,
  );
  for (let poll = 0; poll < maxPolls && entry.deletion === undefined; poll++) {
    const outcome = await client.send(apiRequest(stack, "GET", `/uploads/${entry.imageId}`));
    if (outcome.is !== "done" || noteStatus(entry, outcome.answer, load) !== "pending") {
      return;
    }
    await setTimeout(pollMs);
  }
}

/** @returns the status of a direct upload, as its client was told. */
function noteStatus(entry: UploadEntry, answer: ClientAnswer, { ledger }: Load): string {
  const told = parseObject(answer.bytes) as { status?: string; reason?: Rejection };
  const { status = "", reason } = told;
  entry.wasReady = entry.wasReady === true || status === "ready";
  if (status === "rejected" && reason) {
    entry.rejection = reason;
    if (entry.plan.defect === undefined && !tellsOfLimit(answer)) {
      ledger.complaints.push(`A good direct upload was rejected: ${JSON.stringify(reason)}`);
    }
  }
  return status;
}

/** The record that it is merged over stays as it is meanwhile. */
async function process(plan: PlannedProcess, load: Load): Promise<void> {
  const request = processRequest(load.stack, plan);
  const record = load.ledger.records.entry(String(plan.document.id));
  let answer: string | undefined;
  await record.inTurn(async () => {
    const over = [...record.possible];
    const outcome = await load.client.send(request);
    const ending = endingOf(outcome, "POST /process", load.ledger);
    answer = outcome.is === "done" ? outcome.answer.bytes.toString() : undefined;
    load.ledger.processes.push({ plan, over, ending, ...(answer !== undefined && { answer }) });
  });
  if (answer !== undefined && plan.isRepeated) {
    await repeat(request, answer, plan.name, load);
  }
}

/** Sends a request again that has succeeded, and compares the answers. */
export async function repeat(
  request: ClientRequest,
  expected: string,
  name: string,
  { client, ledger }: Load,
): Promise<void> {
  const outcome = await client.send(request);
  endingOf(outcome, "repeated request", ledger);
  if (outcome.is === "done" && outcome.answer.bytes.toString() !== expected) {
    ledger.complaints.push(`The repeated request ${name} was answered otherwise.`);
  }
}

/** Deletes an image, and then once more. */
async function remove({ draw }: PlannedDelete, load: Load): Promise<void> {
  const { client, ledger, stack } = load;
  const entry = drawn(ledger.deletable, draw);
  if (!entry) {
    return;
  }
  // Nobody else is to choose it meanwhile.
  entry.deletion = "unknown";
  const request = apiRequest(stack, "DELETE", `/images/${entry.imageId}`);
  entry.deletion = endingOf(await client.send(request), "DELETE", ledger);
  endingOf(await client.send(request), "second DELETE", ledger);
}

/** Sets the focal point of an image, which may be deleted meanwhile. */
async function refocus({ draw, focalPoint }: PlannedRefocus, load: Load): Promise<void> {
  const { client, ledger, stack } = load;
  const entry = drawn(
    ledger.deletable.filter(({ plan }) => plan.defect === undefined),
    draw,
  );
  if (!entry) {
    return;
  }
  entry.refocus = "unknown";
  const outcome = await client.send({
    ...apiRequest(stack, "PATCH", `/images/${entry.imageId}`, {
      "content-type": "application/json",
    }),
    body: JSON.stringify({ focalPoint }),
  });
  const mayBeGone = entry.plan.way === "direct" || entry.deletion !== undefined;
  const { answer } = outcome.is === "refused" ? outcome : {};
  if (answer && (isGone(answer) || tellsOfLimit(answer)) && mayBeGone) {
    entry.refocus = "failed";
  } else {
    entry.refocus = endingOf(outcome, "PATCH", ledger);
  }
}

/** The entry that a number from 0 to below 1 picks. */
function drawn<Entry>(entries: readonly Entry[], draw: number): Entry | undefined {
  return entries[Math.floor(draw * entries.length)];
}

async function list(userId: string, { client, ledger, stack }: Load): Promise<void> {
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ userId, limit: "5", ...(cursor && { cursor }) });
    const outcome = await client.send(apiRequest(stack, "GET", `/images?${String(query)}`));
    endingOf(outcome, "GET /images", ledger);
    cursor =
      outcome.is === "done"
        ? (JSON.parse(outcome.answer.bytes.toString()) as { nextCursor?: string }).nextCursor
        : undefined;
  } while (cursor !== undefined);
}
