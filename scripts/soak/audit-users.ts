import type { ImageItem } from "../../handlers/images/images-table";
import type { UserItem } from "../../handlers/users/users-table";

/**
 * Compares what users are counted to have with the images that are there.
 *
 * @returns what is wrong, one sentence for each user and each image.
 */
export function auditUsers(rows: readonly ImageItem[], users: readonly UserItem[]): string[] {
  const wrong: string[] = [];
  const found = new Map<string, UserItem>();
  for (const item of rows) {
    if (item.state !== "ready") {
      continue;
    }
    if (item.countedIn === undefined) {
      wrong.push(`image ${item.imageId} is not counted`);
    }
    const { userId, size } = item;
    const { images, bytes } = found.get(userId) ?? { images: 0, bytes: 0 };
    found.set(userId, { userId, images: images + 1, bytes: bytes + size });
  }
  const counted = new Map(users.map((user) => [user.userId, user]));
  for (const userId of new Set([...found.keys(), ...counted.keys()])) {
    const [told, there] = [counted, found].map((of) => amount(of.get(userId)));
    if (told !== there) {
      wrong.push(`${userId} is counted to have ${told}, and has ${there}`);
    }
  }
  return wrong;
}

function amount({ images, bytes }: Partial<UserItem> = {}): string {
  return `${images ?? 0} images of ${bytes ?? 0} bytes`;
}
