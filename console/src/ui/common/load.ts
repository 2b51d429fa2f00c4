import type { ErrorCode, Result } from '@fullname/shared/errors';
import { useEffect, useState } from 'preact/hooks';

export type Loaded<Value> = {
  readonly value: Value | null;
  readonly problem: ErrorCode | null;
  readonly reload: () => void;
};

/** Asks once when drawn, and again on `reload`. */
export function useLoaded<Value>(ask: () => Promise<Result<Value>>): Loaded<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let stale = false;
    void ask().then((answer) => {
      if (stale) return;
      if (answer.ok) setValue(answer.value);
      setProblem(answer.ok ? null : answer.code);
    });
    return () => {
      stale = true;
    };
  }, [asked]);
  return { value, problem, reload: () => setAsked((before) => before + 1) };
}
