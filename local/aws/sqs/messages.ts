import { RecordFolder } from "../record-folder";
import type { Message } from "./message";

export interface MessagesOptions {
  folder: string;
  /** A message that was sent longer ago is removed. */
  retentionSeconds: () => number;
  clock: () => Date;
}

/** The messages of a queue, oldest first: in memory, and each in a file. */
export class Messages {
  readonly #options: MessagesOptions;
  readonly #folder: RecordFolder<Message>;
  readonly #messages: Map<string, Message>;
  #nextSequence: number;

  /** Opens the folder with what an earlier run left in it. */
  constructor(options: MessagesOptions) {
    this.#options = options;
    this.#folder = new RecordFolder(options.folder);
    const messages = this.#folder.load().sort((a, b) => a.sequence - b.sequence);
    this.#messages = new Map(messages.map((message) => [message.id, message]));
    this.#nextSequence = (messages.at(-1)?.sequence ?? 0) + 1;
  }

  /** All that have not expired; safe to change in between. */
  all(): Message[] {
    const { clock, retentionSeconds } = this.#options;
    const oldest = clock().getTime() - retentionSeconds() * 1000;
    for (const message of this.#messages.values()) {
      if (message.sentAt < oldest) {
        this.remove(message);
      }
    }
    return [...this.#messages.values()];
  }

  get(id: string): Message | undefined {
    return this.#messages.get(id);
  }

  add(message: Omit<Message, "sequence">): Message {
    return this.update({ ...message, sequence: this.#nextSequence++ });
  }

  update(message: Message): Message {
    this.#folder.put(message.id, message);
    this.#messages.set(message.id, message);
    return message;
  }

  remove({ id }: Message): void {
    this.#folder.remove(id);
    this.#messages.delete(id);
  }
}
