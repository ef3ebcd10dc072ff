import { strict as assert } from "node:assert";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { Stack } from "../../tests/e2e/support/stack";
import { paint, type Scene, scenes } from "./scenes";

/** Whose the images are, in turn. */
const users = ["ada", "grace", "ada", "lin"];

/** Albums that the images are tagged with, in turn. */
const albums = ["coast", "mountains", "journeys"];

/** What is measured and processed. */
const readings = [
  { id: "greenhouse-1", temperature: 21.5, humidity: 0.61 },
  { id: "greenhouse-2", temperature: 23.1, humidity: 0.58 },
  { id: "cellar", temperature: 11.4, humidity: 0.82 },
];

/**
 * Fills a stack by requests of clients: images of users, processed data, a request that is refused, and
 * an event that no attempt can handle, which raises an alarm.
 */
export async function fill(stack: Stack): Promise<void> {
  for (const [index, scene] of scenes.entries()) {
    await upload(stack, scene, users[index % users.length] ?? "", albums[index % albums.length]);
  }
  for (const reading of readings) {
    await send(stack, "POST", "/process", "application/json", JSON.stringify(reading));
  }
  await raiseAlarm(stack);
}

async function upload(
  stack: Stack,
  scene: Scene,
  userId: string,
  album: string | undefined,
): Promise<void> {
  const picture = await paint(scene);
  const image = await picture.jpeg({ quality: 82, mozjpeg: true }).toBuffer();
  const tags = JSON.stringify({ album });
  const query = new URLSearchParams({ userId, imageName: scene.name, tags });
  const status = await send(stack, "POST", `/images?${query.toString()}`, "image/jpeg", image);
  assert.equal(status, 201);
}

/** What Lambda runs again and again, and then hands to the failure queue, of which an alarm is mailed. */
async function raiseAlarm({ lambda, outputs }: Stack): Promise<void> {
  await lambda.send(
    new InvokeCommand({
      FunctionName: outputs.finaliseFunction,
      InvocationType: "Event",
      Payload: JSON.stringify({ Records: [{ eventSource: "aws:s3" }] }),
    }),
  );
}

/** Sends a request, and gives the status of its answer. */
export async function send(
  { outputs, credentials }: Stack,
  method: string,
  path: string,
  contentType: string,
  body: string | Buffer,
): Promise<number> {
  const headers = { ...credentials, "content-type": contentType };
  const sent = typeof body === "string" ? body : new Uint8Array(body);
  const response = await fetch(`${outputs.apiUrl}${path}`, { method, headers, body: sent });
  await response.arrayBuffer();
  return response.status;
}
