// In which order files are tested: those that take a minute come first, so that none of them runs alone in the end. What mostly
// waits (hangs.walk, lynx-and-w3m, lease.walk, galera) stands beside what computes. Among browsers, a statement of hangs.walk
// would get no answer in its quarter of a second.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const long = [
  'hangs.walk',
  'awaits.walk',
  'faults.walk',
  'next',
  'in-a-browser/pseudo-language',
  'accessible-being-in.walk',
  'lynx-and-w3m',
  'lease.walk',
  'galera',
  'accessible-operating.walk',
  'attack.walk',
  'account-deletion-pairs.walk',
  'accessible-entering.walk',
  'state-machine.walk',
  'log-in-matrix/matrix.walk',
  'documentation/commands',
  'add-a-capability',
  'backup',
  'journeys/left-open',
  'hostile.walk',
  'journeys/two-factor',
  'journeys/passkeys',
  'cli/cli',
]

export class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = (await super.sort(files)).filter((file) => rank(file) === -1)
    const first = files.filter((file) => rank(file) !== -1).sort((one, other) => rank(one) - rank(other))
    return [...first, ...others]
  }
}

const rank = ({ moduleId }: TestSpecification) => long.findIndex((name) => moduleId.includes(`${name}.test.`))
