/** Between two facts on a line. It stays with the first: no line begins with it. */
export const dot = '\u00a0·'
