// Prints the statements of a Turtle or TriG file as N-Quads, as N3.js reads them.
import { readFileSync } from 'node:fs'
import { Parser, Writer } from 'n3'

const [, , file, format] = process.argv
const writer = new Writer(process.stdout, { end: false, format: 'N-Quads' })
writer.addQuads(new Parser({ format }).parse(readFileSync(file, 'utf8')))
writer.end()
