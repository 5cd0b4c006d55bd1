// Asks by Comunica what standard input says, a request a line, and prints an answer a line, all in JSON:
//   {"query": …, "sources": [{"type": …, "value": address}, …], "destination"?: address, "token"?: …}
// A source without a type is recognised by what it answers.
import { createInterface } from "node:readline";
import { QueryEngine } from "@comunica/query-sparql";

const engine = new QueryEngine();

function term(one) {
  if (one.termType !== "Literal") return { value: one.value };
  return { value: one.value, datatype: one.datatype.value, language: one.language };
}

async function answer({ query, sources, destination, token }) {
  const context = { sources };
  if (destination) context.destination = { type: "sparql", value: destination };
  if (token) {
    context.fetch = (address, options) => {
      const headers = new Headers(options?.headers);
      headers.set("authorization", `Bearer ${token}`);
      return fetch(address, { ...options, headers });
    };
  }
  const result = await engine.query(query, context);
  const found = await result.execute();
  if (result.resultType === "bindings") {
    return (await found.toArray()).map((row) => Object.fromEntries([...row].map(([name, one]) => [name.value, term(one)])));
  }
  if (result.resultType === "quads") {
    return (await found.toArray()).map((quad) => [quad.subject, quad.predicate, quad.object].map(term));
  }
  return found ?? null;
}

for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify({ answer: await answer(JSON.parse(line)) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message ?? error) }));
  }
}
