import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Button } from "../../local/page/ui/kit";
import { acceptedTypes } from "./accepted-types";

interface DropTargetProps {
  /** As whom they are uploaded. */
  children: ComponentChildren;
  onFiles: (files: readonly File[]) => void;
}

/** Takes images that are dropped or pasted anywhere on the page, and offers to choose some. */
export function DropTarget({ onFiles, children }: DropTargetProps) {
  const input = useRef<HTMLInputElement>(null);
  const isOver = useDropAndPaste(onFiles);
  return (
    <div class={`drop ${isOver ? "drop-over" : ""}`}>
      <p>{isOver ? "Drop to upload" : "Drop images here, paste them, or"}</p>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Images to upload"
        accept={acceptedTypes.join(",")}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file may be chosen again.
          currentTarget.value = "";
        }}
      />
      <Button
        kind="primary"
        onClick={() => {
          input.current?.click();
        }}
      >
        Choose images
      </Button>
      {children}
    </div>
  );
}

/** @returns whether something is being dragged over the page that may be dropped. */
function useDropAndPaste(onFiles: (files: readonly File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  // With the element, not a frame later: what is seen is dropped on.
  useLayoutEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent) =>
      dataTransfer?.types.includes("Files") ?? false;
    const listeners = {
      dragover: (event: DragEvent) => {
        if (hasFiles(event)) {
          // Without, the browser would open what is dropped.
          event.preventDefault();
          setOver(true);
        }
      },
      dragleave: ({ relatedTarget }: DragEvent) => {
        setOver(relatedTarget !== null);
      },
      drop: (event: DragEvent) => {
        setOver(false);
        if (hasFiles(event)) {
          event.preventDefault();
          take.current([...(event.dataTransfer?.files ?? [])]);
        }
      },
      paste: ({ clipboardData }: ClipboardEvent) => {
        const files = [...(clipboardData?.files ?? [])];
        if (files.length > 0) {
          take.current(files);
        }
      },
    };
    return listenToDocument(listeners);
  }, []);
  return isOver;
}

function listenToDocument(listeners: Record<string, (event: never) => void>): () => void {
  for (const [name, listener] of Object.entries(listeners)) {
    document.addEventListener(name, listener as EventListener);
  }
  return () => {
    for (const [name, listener] of Object.entries(listeners)) {
      document.removeEventListener(name, listener as EventListener);
    }
  };
}
