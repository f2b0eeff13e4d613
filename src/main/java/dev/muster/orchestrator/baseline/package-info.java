/** Makes baselines, which are the only thing that Muster ever puts into a vault, and finds them again for a drill. */
package dev.muster.orchestrator.baseline;
