/** Makes the catalog anew from the evidence that drills have left. */
package dev.muster.orchestrator.rebuild;
