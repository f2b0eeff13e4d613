/** Reads runbook and settings files, and reports every problem in them with file, line and column. */
package dev.muster.runbook;
