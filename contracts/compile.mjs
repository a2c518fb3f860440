// Compiles src/main/solidity with the pinned solc and writes artifacts/, or compares with --check.
// One JSON file per contract (ABI and code), and manifest.json with the SHA-256 of every source and artifact.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const root = dirname(fileURLToPath(import.meta.url));
const sourceFolder = join(root, "src/main/solidity");
const artifactFolder = join(root, "artifacts");
const published = ["PlonkVerifier", "ThimbleChain", "L2Bridge", "DemoToken"];
const settings = {
    optimizer: { enabled: true, runs: 1000000 },
    evmVersion: "cancun",
    metadata: { bytecodeHash: "none", appendCBOR: false },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
};

const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const toText = (value) => JSON.stringify(value, null, 1) + "\n";

function compile() {
    const names = readdirSync(sourceFolder).filter((name) => name.endsWith(".sol")).sort();
    const sources = Object.fromEntries(
        names.map((name) => [name, { content: readFileSync(join(sourceFolder, name), "utf8") }]),
    );
    const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
    const messages = (output.errors ?? []).map((error) => error.formattedMessage);
    if (messages.length > 0) throw new Error(messages.join("\n"));
    const files = {};
    for (const name of published) {
        const contract = output.contracts[name + ".sol"][name];
        files[name + ".json"] = toText({
            contract: name,
            abi: contract.abi,
            bytecode: "0x" + contract.evm.bytecode.object,
            deployedBytecode: "0x" + contract.evm.deployedBytecode.object,
        });
    }
    files["manifest.json"] = toText({
        compiler: solc.version(),
        settings: { ...settings, outputSelection: undefined },
        sources: Object.fromEntries(names.map((name) => [name, sha256(sources[name].content)])),
        artifacts: Object.fromEntries(Object.keys(files).map((name) => [name, sha256(files[name])])),
    });
    return files;
}

const files = compile();
if (process.argv.includes("--check")) {
    const stale = Object.keys(files).filter((name) => {
        try {
            return readFileSync(join(artifactFolder, name), "utf8") !== files[name];
        } catch {
            return true;
        }
    });
    if (stale.length > 0) {
        console.error("stale: " + stale.join(", ") + "; run: node contracts/compile.mjs");
        process.exit(1);
    }
} else {
    mkdirSync(artifactFolder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(artifactFolder, name), text);
}
