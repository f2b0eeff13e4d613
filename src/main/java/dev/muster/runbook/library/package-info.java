/** Keeps the runbooks of a folder as they change. */
package dev.muster.runbook.library;
