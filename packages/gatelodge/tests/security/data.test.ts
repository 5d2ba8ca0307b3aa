// docs/security/data.md gives every column a class, and every class its rules.
import { expect, it } from 'vitest'
import { onEachDatabase } from '../support/databases.ts'
import { codes, table } from '../support/documents.ts'
import { useApp } from '../support/make-app.ts'

const page = 'docs/security/data.md'
const classes = table(page, 'Classes')

onEachDatabase('The list of data', (database) => {
  const app = useApp(database)

  it('V14.1.1 has every column of a new installation, with a class that exists', async () => {
    const tables = await app().services.database.db.introspection.getTables()
    // What the database works out itself from others, SQLite does not list.
    const isOwn = (name: string) => !/^gatelodge_accounts\.(?:state|has_second_factor)$/.test(name)
    const columns = tables
      .filter(({ name }) => name.startsWith('gatelodge_'))
      .flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`))
      .filter(isOwn)
    const told = table(page, 'Columns')
    expect(told.flatMap((row) => codes(row.column)).sort(), page).toEqual(columns.sort())
    const known = classes.map((row) => row.class)
    expect(told.filter((row) => !known.includes(row.class ?? ''))).toEqual([])
  })

  it('V14.1.2 says for each class how it is kept, logged, shown and removed', () => {
    for (const row of classes)
      for (const column of ['kept how', 'logged', 'shown to', 'removed']) expect(row[column], row.class).toMatch(/\w/)
  })
})
