export default {
  // Loaded as it is: it reads files of its own.
  serverExternalPackages: ['gatelodge'],
  // The package of the repository around is not looked at.
  turbopack: { root: import.meta.dirname },
}
