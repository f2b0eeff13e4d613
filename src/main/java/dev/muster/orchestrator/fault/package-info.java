/** The faults that a drill's checks are put to the proof with, and how each is made in what was fetched or restored. */
package dev.muster.orchestrator.fault;
