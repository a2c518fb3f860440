"use strict";
// Reads /v1/events (server-sent events, over fetch so that a token can be shown) and draws what it says.

const byId = (id) => document.getElementById(id);
let token = sessionStorage.getItem("token") || "";

/** An element with a class, a text, and children. */
function element(name, className, content = "", ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = content;
  made.append(...children);
  return made;
}

const number = (value) => Number(value).toLocaleString("en-GB");

function ago(time) {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
  return seconds < 60 ? `${seconds} s ago` : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
    : seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
}

function duration(seconds) {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function bytes(value) {
  return value < 2048 ? `${value} B` : value < 2097152 ? `${(value / 1024).toFixed(1)} KiB` : `${(value / 1048576).toFixed(1)} MiB`;
}

// --- batches ---------------------------------------------------------------------------------------------------

const STAGES = ["sealed", "input", "witness", "proving", "basic proven"];
const FINISHED = ["basic_proven", "aggregating", "aggregated", "compressing", "compressed", "proven", "executed"];

/** How many of STAGES are done. */
function stagesDone(batch) {
  const queue = batch.proving && batch.proving.state;
  if (batch.provenAt || FINISHED.includes(queue)) return 5;
  if (queue === "proving") return 3;
  if (queue === "witness" || queue === "sealed" || queue === "stopped") return batch.proving.successful > 0 ? 3 : 2;
  return batch.state === "sealed" || batch.state === "stopped" ? 1 : 2;
}

function isStopped(batch) {
  return batch.state === "stopped" || (batch.proving !== null && batch.proving.state === "stopped");
}

function verdict(batch) {
  if (batch.l1.execute) return ["executed on L1", "good"];
  if (batch.l1.prove) return ["verified on L1", "good"];
  if (batch.state === "genesis") return ["genesis", "good"];
  if (isStopped(batch)) return ["stopped", "bad"];
  if (batch.provenAt) return ["basic proofs accepted", "good"];
  if (batch.proving) return [batch.proving.state.replaceAll("_", " "), "run"];
  return [batch.state === "acknowledged" ? "at the gateway" : batch.state, "warn"];
}

function stageBar(batch) {
  const done = stagesDone(batch);
  const queue = batch.proving;
  const total = queue ? queue.successful + queue.failed + queue.inProgress + queue.queued : 0;
  const stopped = isStopped(batch);
  const list = element("ul", "stages");
  STAGES.forEach((name, i) => {
    const stage = element("li", i < done ? "done" : i > done ? "" : stopped ? "stopped" : "now", name);
    if (i === done && name === "proving" && total > 0) stage.style.setProperty("--part", `${(100 * queue.successful) / total}%`);
    list.append(stage);
  });
  return list;
}

function roundBar(round) {
  const bar = element("progress", round.done === round.total ? "full" : "");
  bar.max = round.total;
  bar.value = round.done;
  const name = `${round.round.replaceAll("_", " ")}, ${round.circuit}`;
  bar.setAttribute("aria-label", name);
  return element("div", "round", "", element("span", "", name), bar, element("span", "", `${number(round.done)} / ${number(round.total)}`));
}

function batchCard(batch) {
  const range = batch.firstBlock === batch.lastBlock ? `block ${batch.firstBlock}` : `blocks ${batch.firstBlock} to ${batch.lastBlock}`;
  const facts = element("div", "", "", element("h3", "", `Batch ${batch.number}`), element("p", "facts", range));
  if (batch.state !== "genesis") {
    facts.append(element("p", "facts", `${number(batch.transactions)} transactions`));
    facts.append(element("p", "facts", `${number(batch.gas)} gas, ${bytes(batch.dataBytes)}`));
  }
  const middle = element("div", "", "");
  if (batch.state !== "genesis") middle.append(stageBar(batch));
  const rounds = batch.proving ? batch.proving.rounds : [];
  middle.append(...rounds.map(roundBar));
  const [word, colour] = verdict(batch);
  const right = element("div", "verdict", "", element("p", `word ${colour}`, word));
  right.append(element("p", "facts", `sealed ${ago(batch.sealedAt)}`));
  if (batch.sealedBecause !== "genesis") right.append(element("p", "facts", `limit: ${batch.sealedBecause.replaceAll("_", " ")}`));
  if (batch.proving && batch.proving.etaSeconds > 0 && batch.proving.state !== "stopped" && !batch.provenAt) right.append(element("p", "eta", `about ${duration(batch.proving.etaSeconds)} left`));
  const card = element("article", "batch", "", facts, middle, right);
  card.dataset.number = batch.number;
  if (batch.stoppedBecause) card.append(element("p", "blocked", batch.stoppedBecause));
  if (batch.proving && batch.proving.blockedBy) card.append(element("p", "blocked", batch.proving.blockedBy));
  return card;
}

// --- tables ----------------------------------------------------------------------------------------------------

function table(headings, rows, nothing) {
  if (rows.length === 0) return element("p", "empty", nothing);
  const head = element("tr", "");
  headings.forEach((heading) => head.append(element("th", "", heading)));
  const body = element("tbody", "");
  for (const row of rows) {
    const line = element("tr", "");
    row.forEach((cell) => line.append(cell instanceof Node ? element("td", "", "", cell) : element("td", "", cell)));
    body.append(line);
  }
  return element("table", "", "", element("thead", "", "", head), body);
}

const WORKER_COLOURS = { active: "good", stopped: "warn", lost: "bad", quarantined: "bad" };

function workerRow(worker) {
  const state = element("span", `word ${WORKER_COLOURS[worker.state] || ""}`, worker.state);
  const doing = worker.problem || (worker.job === null ? "idle" : `job ${worker.job}`);
  return [worker.name, worker.component, state, doing, ago(worker.lastSeen), worker.version];
}

function errorRow(error) {
  const state = element("span", `word ${error.state === "dead" ? "bad" : "warn"}`, error.state);
  return [`${error.job}`, error.name, state, `${error.attempts} of ${error.maxAttempts}`, error.error];
}

function figure(name, value, bad = false) {
  return element("li", bad ? "bad" : "", "", element("strong", "", value), element("span", "", name));
}

function draw(now) {
  byId("chain").textContent = `chain ${now.chainId}`;
  const l1 = now.l1 ? [`${now.l1.committed} / ${now.l1.verified} / ${now.l1.executed}`, "committed, verified, executed on L1"] : ["none", "L1 connected"];
  byId("figures").replaceChildren(
    figure("newest block", now.headBlock === null ? "none" : number(now.headBlock)),
    figure("newest batch", now.batches.length ? number(now.batches[0].number) : "none"),
    figure("jobs running", number(now.jobs.in_progress)),
    figure("jobs queued", number(now.jobs.queued + now.jobs.waiting + now.jobs.retrying)),
    figure("jobs done", number(now.jobs.successful)),
    figure("jobs dead", number(now.jobs.dead), now.jobs.dead > 0),
    figure(l1[1], l1[0]));
  byId("batches").replaceChildren(...now.batches.map(batchCard));
  if (now.batches.length === 0) byId("batches").replaceChildren(element("p", "empty", "No batch yet: the chain has no blocks, or the L2 node does not answer."));
  byId("errors").replaceChildren(table(["Job", "Name", "State", "Attempts", "Error"], now.errors.map(errorRow), "No job has failed."));
  byId("workers").replaceChildren(table(["Name", "Component", "State", "Doing", "Last seen", "Version"], now.workers.map(workerRow),
    "No worker has been seen in the last hour. Start one: thimble prover"));
  byId("parts").replaceChildren(...now.parts.map((part) =>
    element("li", part.problem ? "bad" : "", part.problem ? `${part.name}: ${part.problem}` : part.name)));
  byId("login").hidden = true;
  byId("board").hidden = false;
}

// --- connection ------------------------------------------------------------------------------------------------

function connection(text, className) {
  byId("connection").textContent = text;
  byId("connection").className = className;
}

async function watch() {
  const response = await fetch("/v1/events", token ? { headers: { Authorization: `Bearer ${token}` } } : {});
  if (response.status === 401) {
    byId("login").hidden = false;
    byId("board").hidden = true;
    byId("refused").hidden = token === "";
    connection("needs a token", "");
    return false;
  }
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  connection("live", "live");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return true;
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    const data = events.filter((event) => event.startsWith("data: ")).pop();
    if (data) draw(JSON.parse(data.slice(6)));
  }
}

async function run() {
  for (;;) {
    try {
      if (!(await watch())) return;
    } catch (error) {
      connection(`no connection (${error.message}); trying again`, "lost");
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

byId("login").querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  token = byId("token").value.trim();
  sessionStorage.setItem("token", token);
  run();
});
run();
