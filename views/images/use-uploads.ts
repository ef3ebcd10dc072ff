import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { newId } from "./browser-transport";
import { UploadQueue } from "./upload-queue";
import { type ChosenFile, type UploadEntry, unfinished } from "./uploads";

/** How many uploads are under way at once: browsers open six connections to one host. */
const uploadsAtOnce = 3;

/** The page's: uploads go on while another view is looked at. */
export const uploadQueue = new UploadQueue(uploadsAtOnce, newId);

/** Where a tab keeps the names of files that it was left with, as by another run, for which it loads itself again. */
const leftKey = "images: unfinished uploads";

uploadQueue.list(JSON.parse(sessionStorage.getItem(leftKey) ?? "[]") as ChosenFile[]);
addEventListener("pagehide", () => {
  sessionStorage.setItem(leftKey, JSON.stringify(unfinished(uploadQueue.entries)));
});

/** The uploads of this page. @param onReady called when further ones have become images. */
export function useUploads(onReady: () => void): readonly UploadEntry[] {
  const [entries, setEntries] = useState(uploadQueue.entries);
  // At once: what changes before the next frame is not told again.
  useLayoutEffect(
    () =>
      uploadQueue.subscribe(() => {
        setEntries(uploadQueue.entries);
      }),
    [],
  );
  const ready = entries.filter(({ progress }) => progress.step === "ready").length;
  const seen = useRef(ready);
  useEffect(() => {
    if (ready > seen.current) {
      onReady();
    }
    seen.current = ready;
  }, [ready, onReady]);
  return entries;
}
