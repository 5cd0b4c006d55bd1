// Answers queries over a dump: one JSON object a line in ({"query": …}), one out ({"bindings": …} or {"error": …}).
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { QueryEngine } from '@comunica/query-sparql-rdfjs'
import { Parser, Store } from 'n3'

const MERGE = 'INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }'
const store = new Store(new Parser({ format: 'N-Quads' }).parse(readFileSync(process.argv[2], 'utf8')))
const engine = new QueryEngine()
const context = { sources: [store], destination: store }
await engine.queryVoid(MERGE, context)

function cell(term) {
  if (term.termType === 'NamedNode') return { type: 'uri', value: term.value }
  if (term.termType === 'BlankNode') return { type: 'bnode', value: term.value }
  const literal = { type: 'literal', value: term.value }
  if (term.language) return { ...literal, 'xml:lang': term.language }
  return { ...literal, datatype: term.datatype.value }
}

async function answer(query) {
  const rows = await (await engine.queryBindings(query, context)).toArray()
  return rows.map(row => Object.fromEntries([...row].map(([variable, term]) => [variable.value, cell(term)])))
}

for await (const line of createInterface({ input: process.stdin })) {
  let said
  try {
    said = { bindings: await answer(JSON.parse(line).query) }
  } catch (error) {
    said = { error: String(error?.stack ?? error) }
  }
  process.stdout.write(`${JSON.stringify(said)}\n`)
}
