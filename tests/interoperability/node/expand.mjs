// Prints a JSON-LD document as jsonld.js expands it, and as the N-Quads that it stands for; nothing is fetched.
import { readFileSync } from 'node:fs'
import jsonld from 'jsonld'

const documentLoader = url => { throw new Error(`${url} is not fetched`) }
const document = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const expanded = await jsonld.expand(document, { documentLoader })
const nquads = await jsonld.toRDF(document, { documentLoader, format: 'application/n-quads' })
process.stdout.write(JSON.stringify({ expanded, nquads }))
