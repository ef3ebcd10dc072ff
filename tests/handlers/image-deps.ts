import { Logger } from "@aws-lambda-powertools/logger";
import { createDynamoDb } from "../../handlers/aws/clients";
import { Images } from "../../handlers/images/images";
import { ImagesBucket } from "../../handlers/images/images-bucket";
import { Publication } from "../../handlers/images/publication";
import type { SweepImagesDeps } from "../../handlers/images/sweep";
import { Invalidations } from "../../handlers/renditions/invalidations";
import { RenditionsBucket } from "../../handlers/renditions/renditions-bucket";
import type { IngestDeps } from "../../handlers/uploads/ingest";
import { Uploads } from "../../handlers/uploads/uploads";
import { UserCounts, type UserLimits } from "../../handlers/users/user-counts";
import { usersTable } from "./image-tables";
import { imageClients } from "./shared-clients";
import { settings } from "./support";

/** Decides whether a call of AWS is carried out, when, and whether its answer arrives. */
export type Fate = <Output>(call: () => Promise<Output>) => Promise<Output>;

/**
 * What all operations on images need, in a process whose calls of AWS have this fate.
 *
 * @param limits of users, whose images are counted if there are any.
 */
export function imageDeps(
  fate: Fate = (call) => call(),
  limits?: UserLimits,
): IngestDeps & SweepImagesDeps & { renditions: RenditionsBucket } {
  const { s3, dynamoDb: typed, cloudFront } = imageClients();
  const dynamoDb = createDynamoDb(typed);
  s3.middlewareStack.add((next) => (args) => fate(() => next(args)), { step: "initialize" });
  dynamoDb.middlewareStack.add((next) => (args) => fate(() => next(args)), { step: "initialize" });
  cloudFront.middlewareStack.add((next) => (args) => fate(() => next(args)), {
    step: "initialize",
  });
  const imagesTable = settings.IMAGES_TABLE;
  const counts = limits && new UserCounts(dynamoDb, usersTable.TableName, limits);
  return {
    bucket: new ImagesBucket(s3, settings.IMAGES_BUCKET),
    renditions: new RenditionsBucket(s3, settings.RENDITIONS_BUCKET),
    invalidations: new Invalidations(cloudFront, settings.DISTRIBUTION_ID),
    images: new Images(dynamoDb, imagesTable),
    uploads: new Uploads(dynamoDb, imagesTable),
    publication: new Publication(dynamoDb, {
      images: imagesTable,
      tags: settings.TAGS_TABLE,
      counts,
    }),
    counts,
    logger: new Logger({ logLevel: "SILENT" }),
    maxBytes: 100_000,
    maxPixels: 1_000_000,
    stripLocation: false,
    dynamoDb,
    imagesTable,
  };
}

/** What happens to one call; a process that was killed makes no further one. */
export type Outcome = "done" | "refused" | "answer lost" | "killed" | "killed after";

/** The nth call has the nth outcome; all further ones are done. */
export function fated(outcomes: readonly Outcome[]): Fate {
  const left = [...outcomes];
  let isAlive = true;
  return async (call) => {
    const outcome = isAlive ? (left.shift() ?? "done") : "killed";
    isAlive = !outcome.startsWith("killed");
    if (outcome === "refused" || outcome === "killed") {
      throw new Error(outcome);
    }
    const output = await call();
    if (outcome !== "done") {
      throw new Error(outcome);
    }
    return output;
  };
}

/**
 * Runs processes at once, of which one at a time makes a call.
 *
 * @param choices which of those that are waiting goes on, turn by turn.
 * @param processes each makes one call after the other.
 * @returns which of them succeeded.
 */
export async function interleaved(
  choices: readonly number[],
  ...processes: ((fate: Fate) => Promise<unknown>)[]
): Promise<boolean[]> {
  const left = [...choices];
  const waiting: (() => void)[] = [];
  let running = processes.length;
  const pause = () => {
    running--;
    if (running === 0 && waiting.length > 0) {
      running++;
      waiting.splice((left.shift() ?? 0) % waiting.length, 1)[0]?.();
    }
  };
  const fate: Fate = async (call) => {
    await new Promise<void>((resume) => {
      waiting.push(resume);
      pause();
    });
    return await call();
  };
  return await Promise.all(processes.map((run) => succeeds(run(fate).finally(pause))));
}

/** Whether `action` succeeds. */
export async function succeeds(action: Promise<unknown>): Promise<boolean> {
  return await action.then(
    () => true,
    () => false,
  );
}
