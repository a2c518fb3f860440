"use strict";
// Reads [{key, proof, publicInputs}] from a file and prints, one per line, what snarkjs says: accepted, rejected, or threw.
const { readFileSync } = require("node:fs");
const { plonk } = require("snarkjs");

const logger = { error() {}, warn() {}, info() {}, debug() {} };

async function judge(item) {
  try {
    const inputs = JSON.parse(item.publicInputs);
    return (await plonk.verify(JSON.parse(item.key), inputs, JSON.parse(item.proof), logger)) ? "accepted" : "rejected";
  } catch {
    return "threw";
  }
}

(async () => {
  for (const item of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
    console.log(await judge(item));
  }
  process.exit(0);
})();
