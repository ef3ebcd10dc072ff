import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Button } from "./button";

interface DialogProps {
  title: string;
  children: ComponentChildren;
  /** Called when it is to be closed: by Escape, by its button. */
  onClose: () => void;
}

/** Something to look at or decide before going on: modal, gives the focus back when it closes. */
export function Dialog({ title, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      // While it is open, nothing beside it takes the focus.
      shown?.close();
      if (before instanceof HTMLElement) {
        before.focus();
      }
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      // Browsers may close it without asking `cancel` first. https://html.spec.whatwg.org/#close-watcher
      onClose={({ currentTarget }) => {
        // Told late of one that is gone, and perhaps opened anew.
        if (currentTarget.isConnected) {
          onClose();
        }
      }}
    >
      <header class="dialog-head">
        <h2 id={id}>{title}</h2>
        <Button kind="quiet" label="Close" onClick={onClose}>
          ✕
        </Button>
      </header>
      {children}
    </dialog>
  );
}
