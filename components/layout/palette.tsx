'use client';

import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';

type Command = { words: string; key: string | null; run: () => void };

/** Everything that this page can do, found as one types (Ctrl+K). */
export function Palette({ close }: { close: () => void }) {
  const [commands] = useState(commandsOfPage);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const shown = commands.filter(({ words }) => isMatch(words, typed));
  const optionId = (index: number) => `${listId}-${index}`;

  function choose(command: Command | undefined) {
    if (!command) return;
    // Closed first: the focus is back where it was, and goes on from there.
    box.current?.close();
    command.run();
  }
  function press(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length > 0) {
      event.preventDefault();
      const next = (at + step + shown.length) % shown.length;
      setAt(next);
      document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(shown[at]);
    }
  }
  return (
    <Dialog box={box} title="What do you want to do?" close={close}>
      <label className="nhsuk-label" htmlFor={`${listId}-typed`}>
        Part of its name
      </label>
      <input
        id={`${listId}-typed`}
        className="nhsuk-input"
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown[at] ? optionId(at) : undefined}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <ul id={listId} role="listbox" aria-label="Actions of this page" className="mx-0 mt-2 mb-2 max-h-80 list-none overflow-y-auto border border-line p-0">
        {shown.map((command, index) => (
          <li
            key={`${command.words} ${command.key ?? ''}`}
            id={optionId(index)}
            role="option"
            aria-selected={index === at}
            className={`mb-0 flex cursor-pointer justify-between gap-4 px-3 py-1 ${index === at ? 'bg-selected shadow-selected' : ''}`}
            onClick={() => choose(command)}
          >
            {command.words}
            {command.key ? <kbd>{command.key}</kbd> : null}
          </li>
        ))}
      </ul>
      <p role="status" className="mb-3 text-detail text-quiet">
        {shown.length === 0 ? 'Nothing here is called that.' : `${shown.length} ${shown.length === 1 ? 'action' : 'actions'}. Arrow keys choose, Enter does it, Escape closes.`}
      </p>
    </Dialog>
  );
}

/** The single keys that work on this page (?). */
export function KeyList({ close }: { close: () => void }) {
  const box = useRef<HTMLDialogElement>(null);
  const [keys] = useState(() => commandsOfPage().filter(({ key }) => key !== null));
  return (
    <Dialog box={box} title="Keys of this page" close={close}>
      <dl className="mb-3 grid max-h-112 grid-cols-[auto_1fr] gap-x-4 gap-y-1 overflow-y-auto">
        {[...keys, { words: 'Every action of this page', key: 'Ctrl K' }, { words: 'This list', key: '?' }].map(({ words, key }) => (
          <div key={key} className="contents">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd className="m-0">{words}</dd>
          </div>
        ))}
      </dl>
      <p className="mb-3">
        <a href="/keys">All keys, and how to switch single keys off</a>
      </p>
    </Dialog>
  );
}

type DialogProps = { box: RefObject<HTMLDialogElement | null>; title: string; close: () => void; children: ReactNode };

// The browser's own modal: it keeps the focus inside, closes on Escape, and gives the focus back to where it was.
function Dialog({ box, title, close, children }: DialogProps) {
  const titleId = useId();
  useEffect(() => {
    if (!box.current?.open) box.current?.showModal();
  }, [box]);
  function leave() {
    // The browser gives the focus back, but in Chromium not the caret: typing would go nowhere.
    const before = document.activeElement;
    if (before instanceof HTMLElement) {
      before.blur();
      before.focus({ preventScroll: true });
    }
    close();
  }
  return (
    <dialog ref={box} aria-labelledby={titleId} onClose={leave} className="m-auto w-full max-w-form border border-line bg-panel p-5 text-ink">
      <h2 id={titleId} className="nhsuk-heading-s mb-3">
        {title}
      </h2>
      {children}
      <button type="button" className="link-button" onClick={() => box.current?.close()}>
        Close
      </button>
    </dialog>
  );
}

/** What the page's own links and buttons say that they do: first those of this page, then those of every page; each once. */
function commandsOfPage(): Command[] {
  const found = new Map<string, Command>();
  for (const element of [...elementsIn('main'), ...elementsIn('header')]) {
    const words = element.dataset['command'] ?? `Slots of ${element.textContent}`;
    if (found.has(words) || !element.checkVisibility()) continue;
    found.set(words, { words, key: element.dataset['key']?.toUpperCase() ?? null, run: () => element.click() });
  }
  return [...found.values()];
}

function elementsIn(part: 'main' | 'header'): Iterable<HTMLElement> {
  return document.querySelectorAll<HTMLElement>(`${part} [data-command], ${part} [data-service-link]`);
}

function isMatch(words: string, typed: string): boolean {
  const text = words.toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((part) => text.includes(part));
}
