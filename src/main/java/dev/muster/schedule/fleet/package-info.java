/** Chooses which tenants of a fleet a slot drills, so that anybody can make the same choice again. */
package dev.muster.schedule.fleet;
