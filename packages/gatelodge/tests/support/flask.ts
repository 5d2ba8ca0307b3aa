// Flask for the example.
import { have, runs } from './debian.ts'

/** @throws {Error} where it cannot be had: a sentence that says what to do. */
export function haveFlask(): void {
  have(['python3-flask'], () => runs('python3', '-c', 'import flask'))
}
