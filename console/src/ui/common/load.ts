import type { ErrorCode, Result } from '@fullname/shared/errors';
import { useEffect, useState } from 'preact/hooks';

export type Loaded<Value> = {
  readonly value: Value | null;
  readonly problem: ErrorCode | null;
  readonly reload: () => void;
};

/**
 * Asks when drawn, whenever one of `reasons` changes, and on `reload`. While it asks again, the last value stays in view; a value
 * of another `of` (a language) does not.
 */
export function useLoaded<Value>(
  ask: () => Promise<Result<Value>>,
  reasons: readonly unknown[] = [],
  of = '',
): Loaded<Value> {
  const [got, setGot] = useState<{ readonly of: string; readonly value: Value } | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let stale = false;
    void ask().then((answer) => {
      if (stale) return;
      if (answer.ok) setGot({ of, value: answer.value });
      setProblem(answer.ok ? null : answer.code);
    });
    return () => {
      stale = true;
    };
  }, [asked, of, ...reasons]);
  return {
    value: got?.of === of ? got.value : null,
    problem,
    reload: () => setAsked((before) => before + 1),
  };
}
