import type { Check } from '../../core/verdict.ts';

/** The outcome of one check, before the report gives it its name. */
export type Finding = Omit<Check, 'name'>;

export function passed(message: string): Finding {
  return { outcome: 'passed', message };
}

/** The document is wrong. */
export function failed(code: string, message: string): Finding {
  return { outcome: 'failed', code, message };
}

/** Nothing is known to be wrong, and nothing is shown to be right. */
export function undetermined(code: string, message: string): Finding {
  return { outcome: 'undetermined', code, message };
}

export function skipped(code: string, message: string): Finding {
  return { outcome: 'skipped', code, message };
}

const SEVERITY = { failed: 3, undetermined: 2, skipped: 1, passed: 0 } as const;

/** The gravest of several findings, the first among equals. */
export function gravest(findings: readonly [Finding, ...Finding[]]): Finding {
  return findings.reduce((worst, next) =>
    SEVERITY[next.outcome] > SEVERITY[worst.outcome] ? next : worst,
  );
}

/**
 * Whether a check ended with a finding instead of the value it was to read. A document from elsewhere may have any
 * member and would pass for a finding, so the second parameter keeps JSON from being asked about: wrap it.
 */
export function isFinding<Value extends object>(
  value: Value | Finding,
  ..._json: string extends keyof Value ? [never] : []
): value is Finding {
  return 'outcome' in value;
}
