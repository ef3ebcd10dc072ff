/** Sends messages to a data folder without end, and prints a line for each that was answered. */
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { LocalSqs } from "./local-sqs";

async function main(): Promise<void> {
  const local = await LocalSqs.start(process.argv[2]);
  const { url } = local.sqs.createQueue({ name: "jobs" });
  const client = local.client();
  for (let n = 0; ; n++) {
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: String(n) }));
    console.log(n);
  }
}

void main();
