/** What the catalog is told of a drill, and how it is told again when only the evidence is left. */
package dev.muster.orchestrator.rebuild;
