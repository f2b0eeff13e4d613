/** Calls up the tenants of a fleet, wherever their names are kept. */
package dev.muster.orchestrator.fleet;
