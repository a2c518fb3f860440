// snarkjs as an independent verifier, in two forms:
//   node third-party.mjs judge IN OUT     IN: [{key, proof, inputs}]; OUT: what plonk.verify says of each: accepted, rejected, threw
//   node third-party.mjs contracts IN OUT IN: [.zkey file]; OUT: [{contract, abi, bytecode}] of the Solidity verifiers it exports
// The exported Solidity is GPL-3.0: it is compiled and run here, and never kept.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { plonk, zKey } from "snarkjs";
import solc from "solc";

const [mode, input, output] = process.argv.slice(2);
const items = JSON.parse(readFileSync(input, "utf8"));
const silent = { error() {}, warn() {}, info() {}, debug() {} };

async function judge({ key, proof, inputs }) {
    try {
        return (await plonk.verify(key, inputs, proof, silent)) ? "accepted" : "rejected";
    } catch {
        return "threw";
    }
}

async function contracts() {
    const main = createRequire(import.meta.url).resolve("snarkjs"); // build/main.cjs
    const template = readFileSync(join(dirname(main), "../templates/verifier_plonk.sol.ejs"), "utf8");
    const sources = {};
    for (const [i, file] of items.entries()) {
        sources[i + ".sol"] = { content: await zKey.exportSolidityVerifier(file, { plonk: template }, silent) };
    }
    const settings = {
        optimizer: { enabled: true, runs: 200 },
        outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    };
    const compiled = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
    const errors = (compiled.errors ?? []).filter((error) => error.severity === "error");
    if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
    return items.map((_, i) => {
        const contract = compiled.contracts[i + ".sol"].PlonkVerifier;
        return { contract: "PlonkVerifier", abi: contract.abi, bytecode: "0x" + contract.evm.bytecode.object };
    });
}

const results = [];
if (mode === "judge") for (const item of items) results.push(await judge(item));
else results.push(...(await contracts()));
writeFileSync(output, JSON.stringify(results));
process.exit(0);
