import { runLogs } from "./cli/logs";

// Whoever reads no more, such as `head`, has seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

void runLogs(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
