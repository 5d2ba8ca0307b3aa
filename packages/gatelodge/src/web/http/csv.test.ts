// A file that a spreadsheet opens, whatever a stranger has typed into its cells.
import { describe, expect, it } from 'vitest'
import { csvLine } from './csv.ts'

describe('A line of CSV', () => {
  it.each([
    ['plain', ['Ada', '42'], 'Ada,42'],
    ['quotes, commas and breaks', ['a "b", c', 'x\r\ny'], '"a ""b"", c","x\r\ny"'],
    ['signs of a formula', ['=1+1', '+1', '-1', '@a', '\t=1'], "'=1+1,'+1,'-1,'@a,'\t=1"],
    ['wide signs', ['\uff1d1', '\uff0b1', '\uff0d1', '\uff20a'], "'\uff1d1,'\uff0b1,'\uff0d1,'\uff20a"],
    ['signs behind what is not seen', [' =1', '\u200b=1'], "' =1,'\u200b=1"],
    ['signs where others part cells', ['x;=1+1', 'x; @a'], "x;'=1+1,x;' @a"],
    ['signs elsewhere', ['a=b', 'Mozilla/5.0 (X11; Linux) a+b'], 'a=b,Mozilla/5.0 (X11; Linux) a+b'],
  ])('V1.2.10 %s', (_, cells, line) => {
    expect(csvLine(cells)).toBe(`${line}\r\n`)
  })
})
