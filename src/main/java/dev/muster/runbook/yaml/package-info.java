/** Reads YAML strictly against a published schema, and says of everything in it where it stands. */
package dev.muster.runbook.yaml;
