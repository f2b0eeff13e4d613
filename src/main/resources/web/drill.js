// A running drill: bars, works and log follow its events; when there are none, they are asked for every three seconds.
"use strict";

(function drill() {
  const area = document.querySelector("[data-now]");
  if (!area) {
    return;
  }
  const news = document.getElementById("news");
  const PAUSE = 3000;
  let follows = true;
  let asking = 0;
  let told = "";

  const say = (text) => {
    if (text !== told) {
      told = text;
      news.textContent = text;
    }
  };

  const tidy = () => {
    const log = document.getElementById("log");
    if (!log) {
      return;
    }
    if (!document.getElementById("follow")) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.id = "follow";
      box.checked = follows;
      box.addEventListener("change", () => { follows = box.checked; bottom(); });
      label.append(box, " follow");
      log.before(label);
    }
    bottom();
  };

  const bottom = () => {
    const log = document.getElementById("log");
    if (follows && log) {
      log.scrollTop = log.scrollHeight;
    }
  };

  /** What a page of the server has and this one does not yet: another stage, another work. */
  const ask = () => {
    const now = Date.now();
    if (now - asking > 1000) {
      asking = now;
      htmx.ajax("GET", area.dataset.now, { target: "#now", swap: "outerHTML" });
    }
  };

  const size = (bytes) => {
    const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
    let unit = 0;
    while (bytes >= 1000 && unit < units.length - 1) {
      bytes /= 1000;
      unit += 1;
    }
    return (unit === 0 ? Math.round(bytes) : bytes.toFixed(1)) + " " + units[unit];
  };

  const time = (seconds) => {
    if (seconds < 10) {
      return Math.max(0, seconds).toFixed(1) + " s";
    }
    const parts = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];
    const first = parts.findIndex(([, length]) => seconds >= length);
    const large = Math.floor(seconds / parts[first][1]);
    const rest = parts[first + 1];
    const small = rest ? Math.floor((seconds - large * parts[first][1]) / rest[1]) : 0;
    return large + " " + parts[first][0] + (small > 0 ? " " + small + " " + rest[0] : "");
  };

  const stages = (live, now) => {
    const begun = Date.parse(live.stages[0].from);
    const span = Math.max(1, now - begun);
    live.stages.forEach((stage, index) => {
      const row = area.querySelector(`[data-stage="${index}"]`);
      const from = Date.parse(stage.from);
      const to = stage.to ? Date.parse(stage.to) : now;
      const bar = row.querySelector("rect");
      bar.setAttribute("x", Math.round(1000 * (from - begun) / span));
      bar.setAttribute("width", Math.max(3, Math.round(1000 * (to - from) / span)));
      row.querySelector(".took").textContent = time((to - from) / 1000);
      row.classList.toggle("now", !stage.to);
    });
    say("Stage " + live.stages[live.stages.length - 1].stage.toLowerCase());
  };

  const works = (live) => {
    live.works.forEach((work, index) => {
      const row = area.querySelector(`[data-work="${index}"]`);
      const amount = work.unit === "BYTES" ? size : String;
      const text = (name, said) => { row.querySelector(name).textContent = said; };
      text(".done", amount(work.done));
      text(".rate", work.perSecond > 0 ? ", " + amount(Math.round(work.perSecond)) + "/s" : "");
      if (work.total > 0) {
        const left = work.total - work.done;
        row.querySelector("progress").value = Math.round(100 * Math.min(work.done, work.total) / work.total);
        text(".left", left > 0 && work.perSecond > 0 ? ", " + time(Math.round(left / work.perSecond)) + " left" : "");
      }
    });
  };

  const lines = (live) => {
    const list = document.querySelector("#log ol");
    list.replaceChildren(...live.lines.map((line) => {
      const item = document.createElement("li");
      const at = document.createElement("time");
      const text = document.createElement("bdi");
      at.dateTime = line.at;
      at.textContent = line.at.replace("T", " ").replace(/(\.\d+)?Z$/, "");
      text.textContent = line.text;
      item.append(at, " ", text);
      return item;
    }));
    bottom();
  };

  area.addEventListener("muster:drill", (event) => {
    const live = event.detail;
    if (live.verdict || !live.stages) {
      return;
    }
    const shown = (name) => area.querySelectorAll(`[data-${name}]`).length;
    if (!live.stages.length || shown("stage") !== live.stages.length || shown("work") !== live.works.length) {
      ask();
      return;
    }
    stages(live, Date.parse(live.at));
    works(live);
    lines(live);
  });
  // Its evidence is being put where the page looks for it.
  area.addEventListener("muster:ended", () => setTimeout(() => location.reload(), 700));
  document.addEventListener("htmx:afterSwap", tidy);
  tidy();

  setInterval(() => {
    if (area.dataset.connected !== "yes") {
      ask();
    }
  }, PAUSE);
})();

// What cannot be taken back is asked for once more in a dialog; without this script the form stands open in its place.
document.querySelectorAll("details.stop").forEach((details) => {
  const summary = details.querySelector("summary");
  const form = details.querySelector("form");
  const dialog = document.createElement("dialog");
  const back = document.createElement("button");
  const heading = document.createElement("h2");
  heading.textContent = summary.textContent.replace("…", "").trim();
  heading.id = (form.id || form.action.split("/").slice(-2).join("-")) + "-heading";
  dialog.setAttribute("aria-labelledby", heading.id);
  back.type = "button";
  back.className = "second";
  back.textContent = "Back";
  back.addEventListener("click", () => dialog.close());
  form.querySelector(".actions").append(" ", back);
  dialog.append(heading, form);
  details.after(dialog);
  summary.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
});
