// The values of a site's own fields, as one text in a column. Tables of accounts and of registrations have one.

type Values = Record<string, string | boolean>

export function writeOwn(values: Values): string | null {
  return Object.keys(values).length === 0 ? null : JSON.stringify(values)
}

export function readOwn(column: string | null): Values {
  return column === null ? {} : JSON.parse(column)
}
