// Where the files are that come with the package and are no code.

/**
 * @param path from the folder of the package, such as `assets/`.
 * @returns the same from `src/config/`, from `dist/config/`, and from `dist/cli/`, where all of it is bundled.
 */
export function packageFile(path: string): URL {
  return new URL(`../../${path}`, import.meta.url)
}
