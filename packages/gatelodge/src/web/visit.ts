// What the visit cookie carries from one page to the next.

/** A message about what has just happened. The words for each stand in text/. */
export type Notice =
  | { code: 'welcome'; name: string }
  | { code: 'logged-out' }
  | { code: 'log-in-first' }
  | { code: 'password-changed' }
  | { code: 'send-again' }

/** A field and why its value cannot be taken. */
export interface Problem {
  field: string
  code: string
  /** For "Did you mean …?". */
  meant?: string
  /** For "Wait …". */
  seconds?: number
}

export interface Flash {
  notice?: Notice
  /** Input that was not right: for the form at this path, with what was typed (never a password). */
  form?: { path: string; values: Record<string, string>; problems: Problem[] }
}

export interface Visit {
  id: string
  since: number
  flash?: Flash
}
