/** Lets the work of a drill be done by a worker in a scratch on another machine, over a conversation that may break off. */
package dev.muster.orchestrator.remote;
