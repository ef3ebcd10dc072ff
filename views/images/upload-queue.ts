import { ApiFailure, asFailure } from "./api-failure";
import type { UploadOrder } from "./upload-image";
import { type ChosenFile, type UploadEntry, type UploadEvent, uploadsReducer } from "./uploads";

/** Uploads one image, and returns its id. @throws ApiFailure */
export type Uploader = (order: Omit<UploadOrder, "userId">) => Promise<string>;

/** An upload as it was chosen. */
interface Job {
  readonly id: string;
  readonly file: File;
  readonly upload: Uploader;
  readonly idempotencyKey: string;
  readonly controller: AbortController;
}

/** What a browser calls a file whose kind it does not know. */
const unknownType = "application/octet-stream";

/** Uploads of the page, a few at once, which go on while another view is looked at. */
export class UploadQueue {
  readonly #atOnce: number;
  readonly #newId: () => string;
  readonly #jobs = new Map<string, Job>();
  readonly #listeners = new Set<() => void>();
  #waiting: Job[] = [];
  #running = 0;
  #entries: readonly UploadEntry[] = [];

  /**
   * @param atOnce how many are under way at most.
   * @param newId ids that nobody has had.
   */
  constructor(atOnce: number, newId: () => string) {
    this.#atOnce = atOnce;
    this.#newId = newId;
  }

  get entries(): readonly UploadEntry[] {
    return this.#entries;
  }

  /** Calls `listener` at every change. @returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  add(files: readonly File[], upload: Uploader): void {
    const jobs = files.map((file) => this.#jobOf({ file, upload, idempotencyKey: this.#newId() }));
    const uploads = jobs.map(({ id, file }) => ({ id, name: file.name, size: file.size }));
    this.#happened({ type: "chosen", uploads });
    this.#start(jobs);
  }

  /** Lists files that the page was left with before they were uploaded, which only people can choose again. */
  list(files: readonly ChosenFile[]): void {
    const uploads = files.map(({ name, size }) => ({ id: this.#newId(), name, size }));
    this.#happened({ type: "chosen", uploads });
    const failure = new ApiFailure(
      "It was not uploaded before the page was loaded again. Choose it once more.",
    );
    for (const { id } of uploads) {
      this.#happened({ type: "moved", id, progress: { step: "failed", failure } });
    }
  }

  /** Whether the page has the file, so that it can be tried again. */
  canRetry(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** Tries one that failed again. What was stored after all is not stored twice. */
  retry(id: string): void {
    const failed = this.#jobs.get(id);
    if (failed) {
      const job = { ...failed, controller: new AbortController() };
      this.#jobs.set(id, job);
      this.#happened({ type: "moved", id, progress: { step: "waiting" } });
      this.#start([job]);
    }
  }

  /** Takes one off the list, and gives it up if it is under way. */
  dismiss(id: string): void {
    this.#waiting = this.#waiting.filter((job) => job.id !== id);
    this.#jobs.get(id)?.controller.abort();
    this.#jobs.delete(id);
    this.#happened({ type: "dismissed", id });
  }

  #jobOf(given: Omit<Job, "id" | "controller">): Job {
    const job = { ...given, id: this.#newId(), controller: new AbortController() };
    this.#jobs.set(job.id, job);
    return job;
  }

  #start(jobs: readonly Job[]): void {
    this.#waiting.push(...jobs);
    while (this.#running < this.#atOnce) {
      const next = this.#waiting.shift();
      if (next === undefined) {
        return;
      }
      this.#running++;
      void this.#run(next).then(() => {
        this.#running--;
        this.#start([]);
      });
    }
  }

  async #run({ id, file, upload, idempotencyKey, controller }: Job): Promise<void> {
    const moved = (progress: UploadEntry["progress"]) => {
      this.#happened({ type: "moved", id, progress });
    };
    moved({ step: "sending", part: 0 });
    try {
      const imageId = await upload({
        body: file,
        contentType: file.type || unknownType,
        imageName: file.name,
        idempotencyKey,
        signal: controller.signal,
        onProgress: (part) => {
          moved(part < 1 ? { step: "sending", part } : { step: "checking" });
        },
      });
      this.#jobs.delete(id);
      moved({ step: "ready", imageId });
    } catch (error) {
      moved({ step: "failed", failure: asFailure(error) });
    }
  }

  #happened(event: UploadEvent): void {
    this.#entries = uploadsReducer(this.#entries, event);
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
