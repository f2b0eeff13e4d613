/** Conducts a drill from plan to conclusion, and answers what the commands ask about drills. */
package dev.muster.orchestrator;
