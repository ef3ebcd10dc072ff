/** Runs a function in a local Lambda of its own, prints the function's process id, and stays. */
import { LocalLambda } from "./local-lambda";

async function main(): Promise<void> {
  const local = await LocalLambda.start();
  await local.create("setInterval(() => {}, 1000); exports.handler = async () => process.pid;");
  console.log((await local.invoke()).result);
}

void main();
