// Makes headers.bin, the RLP headers of consecutive blocks with transactions in them, from a development chain, and
// headers.txt, their hashes as the node reports them.
//
//   node make-headers.mjs ANVIL [COUNT]
//
// ANVIL is the anvil binary, version 1.7.1 (npm package @foundry-rs/anvil-linux-amd64). Every header is checked: its
// keccak256, computed by the node, is the block's hash, and its parent hash is the hash of the block before.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";

const [anvil, countText = "12"] = process.argv.slice(2);
const count = Number(countText);
if (!anvil || !(count >= 1)) {
  console.error("usage: node make-headers.mjs ANVIL [COUNT]");
  process.exit(2);
}

const FIELDS = [
  ["parentHash"], ["sha3Uncles"], ["miner"], ["stateRoot"], ["transactionsRoot"], ["receiptsRoot"], ["logsBloom"],
  ["difficulty", true], ["number", true], ["gasLimit", true], ["gasUsed", true], ["timestamp", true], ["extraData"],
  ["mixHash"], ["nonce"], ["baseFeePerGas", true], ["withdrawalsRoot"], ["blobGasUsed", true],
  ["excessBlobGas", true], ["parentBeaconBlockRoot"],
];

// Runtime code: LOG0 of nothing, so that every call sets bits of the bloom filter.
const LOGGER = "0x6006600c60003960066000f360006000a000";

const node = spawn(anvil, ["--port", "0", "--hardfork", "cancun", "--timestamp", "1700000000", "--no-mining"]);
const url = await new Promise((resolve, reject) => {
  let text = "";
  node.stdout.on("data", (chunk) => {
    text += chunk;
    const match = /Listening on (\S+)/.exec(text);
    if (match) resolve(`http://${match[1]}`);
  });
  node.on("exit", (code) => reject(new Error(`anvil ended with ${code}`)));
});

async function rpc(method, ...params) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

function lengthPrefix(base, length) {
  if (length <= 55) return Buffer.from([base + length]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 255 ? 4 : 2, "0"), "hex");
  return Buffer.concat([Buffer.from([base + 55 + bytes.length]), bytes]);
}

function encodeString(bytes) {
  return bytes.length === 1 && bytes[0] < 0x80 ? bytes : Buffer.concat([lengthPrefix(0x80, bytes.length), bytes]);
}

function encodeHeader(block) {
  const items = FIELDS.map(([name, isInteger]) => {
    let hex = block[name].slice(2);
    if (isInteger) {
      hex = hex.replace(/^0+/, "");
      hex = hex.length % 2 ? `0${hex}` : hex;
    }
    return encodeString(Buffer.from(hex, "hex"));
  });
  const body = Buffer.concat(items);
  return Buffer.concat([lengthPrefix(0xc0, body.length), body]);
}

async function mine(number) {
  const accounts = await rpc("eth_accounts");
  const hashes = [];
  for (let i = 0; i <= number % 3; i++) {
    const value = `0x${(1000 + 17 * number + i).toString(16)}`;
    hashes.push(await rpc("eth_sendTransaction", { from: accounts[i], to: accounts[(number + i) % 10], value }));
  }
  hashes.push(
    number === 1
      ? await rpc("eth_sendTransaction", { from: accounts[9], data: LOGGER })
      : await rpc("eth_sendTransaction", { from: accounts[9], to: logger, gas: "0xffff" }),
  );
  await rpc("evm_setNextBlockTimestamp", 1700000000 + 12 * number);
  await rpc("evm_mine");
  return (await rpc("eth_getTransactionReceipt", hashes.at(-1))).contractAddress;
}

let logger;
try {
  const headers = [];
  const hashes = [];
  let parent;
  for (let number = 1; number <= count; number++) {
    logger = (await mine(number)) ?? logger;
    const block = await rpc("eth_getBlockByNumber", `0x${number.toString(16)}`, false);
    const header = encodeHeader(block);
    const hash = await rpc("web3_sha3", `0x${header.toString("hex")}`);
    if (hash !== block.hash) throw new Error(`block ${number}: header hashes to ${hash}, block has ${block.hash}`);
    if (parent && block.parentHash !== parent) throw new Error(`block ${number}: wrong parent`);
    if (block.transactions.length < 2) throw new Error(`block ${number}: transactions are missing`);
    parent = block.hash;
    headers.push(header);
    hashes.push(block.hash);
    console.log(`${number} ${block.hash} ${block.transactions.length} transactions, ${header.length} bytes`);
  }
  writeFileSync(new URL("headers.bin", import.meta.url), Buffer.concat(headers));
  writeFileSync(new URL("headers.txt", import.meta.url), `${hashes.join("\n")}\n`);
} finally {
  node.removeAllListeners("exit");
  node.kill();
}
