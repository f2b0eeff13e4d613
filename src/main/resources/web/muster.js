// Only what a page can do without: sorting and filtering of short tables, dark or light, and news of a running drill.
"use strict";

(function theme() {
  const button = document.getElementById("theme-switch");
  const root = document.documentElement;
  const dark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { button.textContent = dark() ? "Light" : "Dark"; };
  button.hidden = false;
  button.setAttribute("aria-label", "Change between light and dark");
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    document.cookie = "theme=" + root.dataset.theme + "; path=/; max-age=31536000; samesite=lax"
      + (location.protocol === "https:" ? "; secure" : "");
    name();
  });
  name();
})();

const musterTables = {
  key(row, column) {
    const cell = row.cells[column];
    return cell ? cell.dataset.sort ?? cell.textContent.trim() : "";
  },

  compare(one, other) {
    const numbers = [Number(one), Number(other)];
    return one !== "" && other !== "" && numbers.every(Number.isFinite)
      ? numbers[0] - numbers[1]
      : one.localeCompare(other, "en", { numeric: true });
  },

  sort(table, column, head) {
    const descending = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) {
      other.removeAttribute("aria-sort");
    }
    head.setAttribute("aria-sort", descending ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((one, other) => {
      const keys = [this.key(one, column), this.key(other, column)];
      // What has no value comes last either way.
      if (keys[0] === "" || keys[1] === "") {
        return (keys[0] === "") - (keys[1] === "");
      }
      return this.compare(keys[0], keys[1]) * (descending ? -1 : 1);
    });
    table.tBodies[0].append(...rows);
  },

  filter(table, text, status) {
    const sought = text.trim().toLocaleLowerCase();
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      row.hidden = !row.textContent.toLocaleLowerCase().includes(sought);
      shown += row.hidden ? 0 : 1;
    }
    status.textContent = sought === "" ? "" : shown + " of " + table.tBodies[0].rows.length;
  },

  prepare(table) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.textContent.trim() === "") {
        return;
      }
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      const arrow = document.createElement("span");
      arrow.className = "arrow";
      arrow.setAttribute("aria-hidden", "true");
      button.append(arrow);
      button.addEventListener("click", () => this.sort(table, column, head));
      head.append(button);
    });
    if (table.dataset.filter && table.tBodies[0].rows.length > 7) {
      const label = document.createElement("label");
      const field = document.createElement("input");
      const status = document.createElement("span");
      label.className = "filter";
      field.type = "search";
      field.setAttribute("aria-label", table.dataset.filter);
      status.setAttribute("role", "status");
      status.className = "quiet";
      field.addEventListener("input", () => this.filter(table, field.value, status));
      label.append("Filter ", field, " ", status);
      table.before(label);
    }
    table.classList.remove("sortable");
    table.classList.add("sorted");
  },

  all(within) {
    within.querySelectorAll("table.sortable").forEach((table) => this.prepare(table));
  },
};

musterTables.all(document);
document.addEventListener("htmx:afterSwap", (event) => musterTables.all(event.target.ownerDocument));

// <element data-events="ADDRESS" data-event="drill">: each event reaches the page as "muster:EVENT" with its data.
document.querySelectorAll("[data-events]").forEach((element) => {
  const name = element.dataset.event ?? "message";
  const source = new EventSource(element.dataset.events);
  const tell = (kind, detail) => element.dispatchEvent(new CustomEvent("muster:" + kind, { bubbles: true, detail }));
  source.addEventListener(name, (event) => {
    let news;
    try {
      news = JSON.parse(event.data);
    } catch (garbled) {
      return;
    }
    tell(name, news);
    if (news.verdict) {
      source.close();
      tell("ended", news);
    }
  });
  source.addEventListener("open", () => { element.dataset.connected = "yes"; tell("connected", {}); });
  source.addEventListener("error", () => { element.dataset.connected = "no"; tell("silent", {}); });
  addEventListener("pagehide", () => source.close());
});

(function pressedTwice() {
  const pause = 2000;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // Not for ever: a download leaves the page where it is.
    setTimeout(() => delete form.dataset.sent, pause);
  });
})();
