/** Drills and what goes with them as documents: what {@code --json} prints and the API answers. */
package dev.muster.orchestrator.document;
